package alarm_test

import (
	"testing"
	"time"

	"sluice/internal/alarm"
)

// suppressed returns a composite alarm over a that a suppressor s holds back, with an action for each of its states.
func suppressed(wait, extension time.Duration) alarm.Alarm {
	c := composite("c", "ALARM(a)")
	c.Composite.Suppressor, c.Composite.Wait, c.Composite.Extension = "s", wait, extension
	c.Actions.Alarm, c.Actions.OK = []string{"arn:ring"}, []string{"arn:fine"}
	return c
}

func TestSuppression(t *testing.T) {
	const wait, extension = 60 * time.Second, 120 * time.Second
	type step struct {
		after time.Duration
		alarm string // the one that changes; none if empty
		to    alarm.State
		by    alarm.Suppressor // afterwards
		ran   []string
	}
	ring, fine := []string{"arn:ring c OK ALARM"}, []string{"arn:fine c ALARM OK"}
	for name, steps := range map[string][]step{
		"actions wait for the suppressor, and run if it stays silent": {
			{0, "a", alarm.Ringing, alarm.SuppressedByWait, nil},
			{59 * time.Second, "", "", alarm.SuppressedByWait, nil},
			{time.Second, "", "", "", ring},
		},
		"the suppressor rings in time, and actions run after the extension": {
			{0, "a", alarm.Ringing, alarm.SuppressedByWait, nil},
			{30 * time.Second, "s", alarm.Ringing, alarm.SuppressedByAlarm, nil},
			{time.Hour, "s", alarm.OK, alarm.SuppressedByAfter, nil},
			{119 * time.Second, "", "", alarm.SuppressedByAfter, nil},
			{time.Second, "", "", "", ring},
		},
		"a state that came and went while it was suppressed is no change": {
			{0, "s", alarm.Ringing, alarm.SuppressedByAlarm, nil},
			{time.Second, "a", alarm.Ringing, alarm.SuppressedByAlarm, nil},
			{time.Second, "a", alarm.OK, alarm.SuppressedByAlarm, nil},
			{time.Second, "s", alarm.OK, alarm.SuppressedByAfter, nil},
			{time.Hour, "", "", "", nil},
		},
		"a change during a wait starts no other": {
			{0, "a", alarm.Ringing, alarm.SuppressedByWait, nil},
			{40 * time.Second, "a", alarm.OK, alarm.SuppressedByWait, nil},
			{10 * time.Second, "a", alarm.Ringing, alarm.SuppressedByWait, nil},
			{10 * time.Second, "", "", "", ring},
		},
		"the suppressor rings again during the extension": {
			{0, "s", alarm.Ringing, alarm.SuppressedByAlarm, nil},
			{time.Second, "a", alarm.Ringing, alarm.SuppressedByAlarm, nil},
			{time.Second, "s", alarm.OK, alarm.SuppressedByAfter, nil},
			{time.Second, "s", alarm.Ringing, alarm.SuppressedByAlarm, nil},
			{time.Hour, "", "", alarm.SuppressedByAlarm, nil},
		},
		"after it, changes wait again": {
			{0, "a", alarm.Ringing, alarm.SuppressedByWait, nil},
			{time.Hour, "a", alarm.OK, alarm.SuppressedByWait, ring},
			{time.Hour, "", "", "", fine},
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, nil, func(t *testing.T, b *bench) {
				child, suppressor := over("a", 5), over("s", 5)
				child.Watch.Missing, suppressor.Watch.Missing = alarm.MissingIsIgnored, alarm.MissingIsIgnored
				b.put(t, child, suppressor, suppressed(wait, extension))
				b.set(t, "a", alarm.OK)
				after(10 * time.Minute) // the first changes are over
				b.runner.ran = nil
				for i, s := range steps {
					after(s.after)
					if s.alarm != "" {
						b.set(t, s.alarm, s.to)
					}
					after(0)
					c := b.get(t, "c").Status
					if c.Suppressed.By != s.by || (c.Suppressed.Reason == "") != (s.by == "") {
						t.Errorf("step %d: %+v", i, c.Suppressed)
					}
					b.runner.wantRan(t, s.ran...)
				}
			})
		})
	}
}

func TestSuppressionIsScaledAndSurvivesARestart(t *testing.T) {
	bubble(t, func(c *alarm.ServiceConfig) { c.Scale = 60 }, func(t *testing.T, b *bench) {
		b.put(t, over("a", 5), over("s", 5), suppressed(10*time.Minute, 0))
		b.set(t, "c", alarm.OK)
		after(20 * time.Second)
		b.runner.ran = nil
		b.set(t, "c", alarm.Ringing)
		after(4 * time.Second)
		b.Close()
		b.start(t)
		after(5 * time.Second)
		b.runner.wantRan(t)
		after(time.Second)
		b.runner.wantRan(t, "arn:ring c OK ALARM")
	})
}

func TestWithoutWaitsSuppressionFollowsTheSuppressor(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, over("a", 5), over("s", 5), suppressed(0, 0))
		b.set(t, "s", alarm.Ringing)
		b.set(t, "c", alarm.Ringing)
		after(0)
		b.runner.wantRan(t)
		b.set(t, "s", alarm.OK)
		after(0)
		b.runner.wantRan(t, "arn:ring c INSUFFICIENT_DATA ALARM")
		wantNoDelete(t, b, "s")
	})
}
