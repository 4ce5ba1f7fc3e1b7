package demo

import (
	"maps"
	"testing"
	"time"
)

func TestTallyCountsByVersionAndWeight(t *testing.T) {
	tally := newTally()
	tally.follow("2")
	for i := range 20 {
		version := "1"
		if i%10 == 0 {
			version = "2"
		}
		tally.add(answer{version: version, weight: 0.1, took: time.Duration(i) * time.Millisecond})
	}
	tally.add(answer{failed: true})
	tally.add(answer{version: "2"}) // after the end: no split
	l := tally.look()
	if l.requests != 22 || l.failed() != 1 || l.wronged() != 1 || l.versions["1"] != 18 || l.versions["2"] != 3 {
		t.Errorf("look %+v", l)
	}
	if len(l.shares) != 1 || l.shares[0] != (share{0.1, 20, 2}) || l.worst() != 0 {
		t.Errorf("shares %+v, off by %v; want 2 of 20 at 0.1, off by 0", l.shares, l.worst())
	}
}

func TestTallyBeginsAnewForEachRelease(t *testing.T) {
	tally := newTally()
	tally.add(answer{version: "1", weight: 0.1}) // nothing is followed yet
	tally.follow("2")
	tally.add(answer{version: "2", weight: 0.1})
	tally.follow("3")
	tally.add(answer{version: "2", weight: 0.1})
	tally.add(answer{version: "3", weight: 0.1, failed: true})
	l := tally.look()
	if len(l.shares) != 1 || l.shares[0] != (share{0.1, 2, 1}) {
		t.Errorf("shares %+v, want 1 of 2", l.shares)
	}
	if want := map[string]int{"1": 1, "2": 2, "3": 1}; !maps.Equal(l.versions, want) || l.requests != 4 {
		t.Errorf("%d requests, by version %v; want 4, %v", l.requests, l.versions, want)
	}
}

// Who fails because it met the broken version fails as it should; everybody else does not.
func TestFailuresAreCountedByVersion(t *testing.T) {
	tally := newTally()
	for _, version := range []string{"", "2", "3", "3", "3"} {
		tally.add(answer{version: version, failed: true})
	}
	tally.add(answer{version: "3"})
	if l := tally.look(); l.failed() != 5 || l.wronged() != 2 || l.versions["3"] != 4 {
		t.Errorf("%d failed, %d of them wrongly, %d answers of version 3; want 5, 2, 4", l.failed(), l.wronged(), l.versions["3"])
	}
}

func TestTallyKeepsWhatTheBrokenVersionsClosingIsReadFrom(t *testing.T) {
	tally := newTally()
	answers := func() {
		now := time.Now()
		tally.add(answer{version: "3", weight: 0.1, failed: true, sent: now, took: time.Millisecond})
		tally.add(answer{version: "2", sent: now.Add(time.Millisecond), took: 2 * time.Millisecond})
		tally.add(answer{failed: true, sent: now.Add(time.Millisecond)}) // nobody answered, so it saw nothing
	}
	tally.follow("2")
	answers()
	if c := tally.closing(); c != (closing{}) {
		t.Errorf("closing %+v of a version that is not broken", c)
	}
	began := tally.follow("3")
	answers()
	if c := tally.closing(); c.met != 1 || c.of != 2 || c.at.Sub(began) < 3*time.Millisecond {
		t.Errorf("closing %+v, release began at %v", c, began)
	}
}

func TestLatencyIsOfTheSuccessesSinceTheLastLook(t *testing.T) {
	tally := newTally()
	tally.add(answer{version: "1", took: time.Second})
	tally.look()
	tally.add(answer{version: "3", took: time.Hour, failed: true})
	if l := tally.look(); l.p99 != 0 {
		t.Errorf("p99 %v, want none", l.p99)
	}
}

func TestWorstFindsTheLargestError(t *testing.T) {
	l := look{shares: []share{{0.1, 100, 10}, {0.5, 100, 47}, {0.9, 100, 91}}}
	if got := l.worst(); got != 3 {
		t.Errorf("off by %v, want 3", got)
	}
}
