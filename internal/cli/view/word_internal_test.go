package view

import (
	"testing"
	"time"
)

func TestAgoIsInOneUnit(t *testing.T) {
	for past, want := range map[time.Duration]string{
		-time.Second:                   "now", // by another machine's clock
		999 * time.Millisecond:         "now",
		59*time.Second + 1:             "59 s ago",
		time.Minute:                    "1 min ago",
		2*time.Hour - time.Nanosecond:  "119 min ago",
		2 * time.Hour:                  "2 h ago",
		48*time.Hour - time.Nanosecond: "47 h ago",
		72 * time.Hour:                 "3 days ago",
	} {
		if got := ago(past); got != want {
			t.Errorf("%v: %q, want %q", past, got, want)
		}
	}
}
