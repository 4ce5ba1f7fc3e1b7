package demo

import (
	"testing"
	"time"
)

// A release begins in the first quarter of a minute, after the lead, and not later than a minute after it.
func TestOpportune(t *testing.T) {
	for name, tt := range map[string]struct {
		start, now, minute time.Duration // since a minute began
		want               bool
	}{
		"within the lead":                  {0, lead - 1, time.Minute, false},
		"a minute has just begun":          {59 * time.Second, 61 * time.Second, time.Minute, true},
		"a minute is under way":            {0, 15 * time.Second, time.Minute, false},
		"a minute ends":                    {0, time.Minute - 1, time.Minute, false},
		"the next has come":                {0, time.Minute, time.Minute, true},
		"minutes fly by between frames":    {0, lead + 150, 100, true},
		"the first frame after a lead":     {0, lead + 50, time.Second, true},
		"a frame later in that second":     {0, lead + time.Second/2, time.Second, false},
		"a minute has passed, at any time": {time.Second / 2, 2*time.Second + time.Second/2, time.Second, true},
	} {
		at := func(d time.Duration) time.Time { return time.Unix(60_000, 0).Add(d) }
		if got := opportune(at(tt.now), at(tt.start), tt.minute); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// The screen goes on until the alarm is quiet again, but an alarm that never is does not keep it.
func TestSettled(t *testing.T) {
	for name, tt := range map[string]struct {
		alarm string
		since time.Duration
		want  bool
	}{
		"within the lead":           {"OK", lead, false},
		"after it":                  {"OK", lead + 1, true},
		"while the alarm rings":     {ringing, lead + 1, false},
		"an alarm that rings on":    {ringing, lead + 2*time.Minute, false},
		"one that rings for longer": {ringing, lead + 2*time.Minute + 1, true},
	} {
		if got := (frame{alarm: tt.alarm}).settled(tt.since, time.Minute); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
