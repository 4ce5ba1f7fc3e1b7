package async

import (
	"slices"
	"testing"
	"time"
)

var (
	noon   = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	inTime = noon.Add(time.Second)
)

func TestEventsThatWereTriedGoFirst(t *testing.T) {
	l := &line{fresh: []int64{1, 2}, later: 2}
	l.recall(3, noon)
	l.recall(4, noon)
	var order []int64
	for l.length() > 0 {
		order = append(order, l.next())
	}
	if !slices.Equal(order, []int64{3, 4, 1, 2}) || l.later != 0 {
		t.Errorf("the order is %v", order)
	}
}

func TestARefusalAllowsWhatRuns(t *testing.T) {
	l := &line{allowed: 16, running: 5}
	l.learn(progress{refused: inTime}, 16, noon)
	if l.allowed != 4 || l.paused() {
		t.Errorf("%d are allowed, paused: %v", l.allowed, l.paused())
	}
}

func TestARefusalOfTheOnlyTryPauses(t *testing.T) {
	l := &line{allowed: 16, running: 1, later: 2}
	l.learn(progress{refused: inTime}, 16, noon)
	if l.allowed != 1 || !l.paused() {
		t.Fatalf("%d are allowed, paused: %v", l.allowed, l.paused())
	}
	l.recall(1, inTime.Add(-time.Nanosecond)) // another event
	if !l.paused() {
		t.Error("the pause ended early")
	}
	l.recall(2, inTime)
	if l.paused() {
		t.Error("the pause goes on")
	}
}

func TestAPauseThatIsOverIsNone(t *testing.T) {
	l := &line{allowed: 1, running: 1}
	l.learn(progress{refused: inTime}, 16, inTime)
	if l.paused() {
		t.Error("nothing would end it")
	}
}

func TestMoreAreAllowedAfterAProbation(t *testing.T) {
	l := &line{allowed: 1}
	var allowed []int
	for range 4 + 8 + 12 {
		l.running++
		l.learn(progress{ran: true}, 3, noon)
		allowed = append(allowed, l.allowed)
	}
	if allowed[2] != 1 || allowed[3] != 2 || allowed[10] != 2 || allowed[11] != 3 || allowed[23] != 3 {
		t.Errorf("allowed were %v", allowed)
	}
}

func TestWhatNeitherRanNorWasRefusedTeachesNothing(t *testing.T) {
	l := &line{allowed: 2, running: 1, streak: 3}
	l.learn(progress{}, 16, noon)
	if l.allowed != 2 || l.streak != 3 || l.paused() {
		t.Errorf("%+v", l)
	}
}
