package alarm_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/internal/alarm"
	"sluice/internal/fault"
)

// The sequence of test_trigger_composite_alarm.
func TestACompositeAlarmFollowsItsChildrenAtOnce(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, over("a", 5), over("b", 5))
		b.put(t, composite("c", fmt.Sprintf("ALARM(%q) OR ALARM(%q)", b.get(t, "a").ARN(), b.get(t, "b").ARN())))
		for _, step := range []struct {
			child string
			to    alarm.State
			want  alarm.State
			says  string // the child that the reason names
		}{
			{"a", alarm.Ringing, alarm.Ringing, "a"},
			{"a", alarm.OK, alarm.OK, "a"},
			{"b", alarm.Ringing, alarm.Ringing, "b"},
			{"b", alarm.OK, alarm.OK, "b"},
			{"a", alarm.Ringing, alarm.Ringing, "a"},
			{"b", alarm.Ringing, alarm.Ringing, "a"}, // one more changes nothing
			{"a", alarm.OK, alarm.Ringing, "a"},
		} {
			b.set(t, step.child, step.to)
			s := b.get(t, "c").Status
			if s.State != step.want || !strings.Contains(s.ReasonData, `:alarm:`+step.says+`"`) {
				t.Errorf("after %s %s: %+v", step.child, step.to, s)
			}
		}
	})
}

func TestReasonsOfCompositeAlarms(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, over("a", 5), composite("c", "ALARM(a)"), composite("always", "TRUE"))
		b.set(t, "a", alarm.Ringing)
		s := b.get(t, "c").Status
		if want := "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:a transitioned to ALARM at Saturday 01 January, 2000 00:00:00 UTC"; s.Reason != want {
			t.Errorf("%s, want\n%s", s.Reason, want)
		}
		if want := `{"triggeringAlarms":[{"arn":"arn:aws:cloudwatch:eu-central-1:123456789012:alarm:a","state":{"value":"ALARM","timestamp":"2000-01-01T00:00:00.000+0000"}}]}`; s.ReasonData != want {
			t.Errorf("%s, want\n%s", s.ReasonData, want)
		}
		after(10 * time.Second)
		if s := b.get(t, "always").Status; s.State != alarm.Ringing || s.Reason == "" || s.ReasonData != `{"triggeringAlarms":[]}` {
			t.Errorf("a rule without alarms: %+v", s)
		}
	})
}

func TestTheFirstEvaluationOfACompositeAlarm(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, over("a", 5), composite("c", "INSUFFICIENT_DATA(a) AND NOT ALARM(a)"))
		b.wantState(t, "c", alarm.InsufficientData)
		after(10 * time.Second)
		b.wantState(t, "c", alarm.Ringing)
		b.put(t, composite("c", "FALSE")) // another rule is evaluated as soon
		b.wantState(t, "c", alarm.Ringing)
		after(10 * time.Second)
		b.wantState(t, "c", alarm.OK)
	})
}

func TestACompositeAlarmSetByHandWaitsForAChild(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		a := over("a", 5)
		a.Watch.Missing = alarm.MissingIsIgnored
		b.put(t, a, composite("c", "ALARM(a)"))
		b.set(t, "c", alarm.Ringing)
		after(time.Hour)
		b.wantState(t, "c", alarm.Ringing)
		b.set(t, "a", alarm.OK)
		b.wantState(t, "c", alarm.OK)
	})
}

func TestCompositesOfComposites(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, over("a", 5), composite("b", "ALARM(a)"), composite("c", "ALARM(b)"), composite("d", "ALARM(c) AND ALARM(a)"))
		b.set(t, "a", alarm.Ringing)
		for _, name := range []string{"b", "c", "d"} {
			b.wantState(t, name, alarm.Ringing)
		}
		b.set(t, "a", alarm.OK)
		for _, name := range []string{"b", "c", "d"} {
			b.wantState(t, name, alarm.OK)
		}
	})
}

func TestCycles(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, over("m", 5), composite("a", "TRUE"), composite("b", "ALARM(a) OR ALARM(m)"), composite("c", "ALARM(b)"))
		b.put(t, composite("a", "ALARM(b) OR ALARM(m)"), composite("self", "FALSE"))
		b.put(t, composite("self", "ALARM(self) OR ALARM(m)"))
		after(10 * time.Second)
		b.changes()
		b.set(t, "m", alarm.Ringing)
		after(10 * time.Second)
		for _, name := range []string{"a", "b", "self"} {
			b.wantState(t, name, alarm.InsufficientData)
		}
		for _, name := range []string{"a", "b", "self"} {
			wantFault(t, b.Delete(t.Context(), scope, []string{name}), fault.Conflict, "alarm parents")
		}
		b.put(t, composite("a", "FALSE"))
		b.set(t, "m", alarm.OK)
		b.set(t, "m", alarm.Ringing)
		b.wantState(t, "b", alarm.Ringing) // the way out of it
		b.wantState(t, "c", alarm.Ringing)
	})
}

func TestCompositeAlarmsThatAreNone(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		ctx := context.Background()
		b.put(t, over("a", 5))
		missing := b.PutComposite(ctx, composite("c", "ALARM(a) OR ALARM(b) OR ALARM(arn:aws:cloudwatch:us-east-1:123456789012:alarm:a)"))
		wantFault(t, missing, fault.Invalid, "alarm children")
		if missing == nil || !strings.Contains(missing.Error(), "alarms [b, arn:aws:cloudwatch:us-east-1:123456789012:alarm:a] in the alarm rule do not exist") {
			t.Error(missing)
		}
		wantFault(t, b.PutComposite(ctx, composite("c", "ALARM(")), fault.Invalid, "alarm rule")
		wantFault(t, b.PutComposite(ctx, over("c", 5)), fault.Invalid, "alarm")
		wantFault(t, b.Put(ctx, composite("c", "TRUE")), fault.Invalid, "alarm")
		wantFault(t, b.PutComposite(ctx, composite("a", "TRUE")), fault.Conflict, "alarm")
		c := composite("c", "TRUE")
		c.Composite.Suppressor = "none"
		wantFault(t, b.PutComposite(ctx, c), fault.Invalid, "alarm children")
		for _, itself := range []string{"c", "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:c"} {
			c.Composite.Suppressor = itself
			wantFault(t, b.PutComposite(ctx, c), fault.Invalid, "alarm")
		}
		c.Composite.Suppressor, c.Composite.Wait = "", time.Minute
		wantFault(t, b.PutComposite(ctx, c), fault.Invalid, "alarm")
		c.Composite.Suppressor, c.Composite.Wait = "a", -time.Minute
		wantFault(t, b.PutComposite(ctx, c), fault.Invalid, "alarm")
	})
}

func TestAnAlarmIsInSoManyRules(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, over("a", 5))
		for i := range 150 {
			b.put(t, composite(fmt.Sprint("c", i), "ALARM(a)"))
		}
		wantFault(t, b.PutComposite(t.Context(), composite("more", "ALARM(a)")), fault.Limit, "alarm rule")
		b.put(t, composite("c7", "ALARM(a) OR FALSE")) // it is one of them
	})
}

// Whatever order changes come in and however many come at once, a composite alarm ends in what its children say.
func TestConcurrentChildren(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		children := []string{"x0", "x1", "x2", "x3"}
		for _, name := range children {
			b.put(t, over(name, 5))
		}
		b.put(t, composite("c", "ALARM(x0) OR ALARM(x1) OR ALARM(x2) OR ALARM(x3)"))
		done := make(chan bool)
		for _, name := range children {
			go func() {
				for i := range 10 {
					b.set(t, name, []alarm.State{alarm.Ringing, alarm.OK}[i%2])
				}
				done <- true
			}()
		}
		for range children {
			<-done
		}
		b.wantState(t, "c", alarm.OK)
		last := alarm.InsufficientData
		for _, c := range b.told {
			if c.Alarm.Name == "c" {
				if c.Before.State != last {
					t.Fatalf("told of a change from %s, and it was %s", c.Before.State, last)
				}
				last = c.Alarm.Status.State
			}
		}
		if last != alarm.OK {
			t.Errorf("the last that was told is %s", last)
		}
	})
}
