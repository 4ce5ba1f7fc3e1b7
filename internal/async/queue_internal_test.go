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
	q := &queue{fresh: []int64{1, 2}, later: 2}
	q.recall(3, noon)
	q.recall(4, noon)
	var order []int64
	for q.length() > 0 {
		order = append(order, q.next())
	}
	if !slices.Equal(order, []int64{3, 4, 1, 2}) || q.later != 0 {
		t.Errorf("the order is %v", order)
	}
}

func TestARefusalAllowsWhatRuns(t *testing.T) {
	q := &queue{allowed: 16, running: 5}
	q.learn(progress{refused: inTime}, 16, noon)
	if q.allowed != 4 || q.paused() {
		t.Errorf("%d are allowed, paused: %v", q.allowed, q.paused())
	}
}

func TestARefusalOfTheOnlyTryPauses(t *testing.T) {
	q := &queue{allowed: 16, running: 1, later: 2}
	q.learn(progress{refused: inTime}, 16, noon)
	if q.allowed != 1 || !q.paused() {
		t.Fatalf("%d are allowed, paused: %v", q.allowed, q.paused())
	}
	q.recall(1, inTime.Add(-time.Nanosecond)) // another event
	if !q.paused() {
		t.Error("the pause ended early")
	}
	q.recall(2, inTime)
	if q.paused() {
		t.Error("the pause goes on")
	}
}

func TestAPauseThatIsOverIsNone(t *testing.T) {
	q := &queue{allowed: 1, running: 1}
	q.learn(progress{refused: inTime}, 16, inTime)
	if q.paused() {
		t.Error("nothing would end it")
	}
}

func TestMoreAreAllowedAfterAProbation(t *testing.T) {
	q := &queue{allowed: 1}
	var allowed []int
	for range 4 + 8 + 12 {
		q.running++
		q.learn(progress{ran: true}, 3, noon)
		allowed = append(allowed, q.allowed)
	}
	if allowed[2] != 1 || allowed[3] != 2 || allowed[10] != 2 || allowed[11] != 3 || allowed[23] != 3 {
		t.Errorf("allowed were %v", allowed)
	}
}

func TestWhatNeitherRanNorWasRefusedTeachesNothing(t *testing.T) {
	q := &queue{allowed: 2, running: 1, streak: 3}
	q.learn(progress{}, 16, noon)
	if q.allowed != 2 || q.streak != 3 || q.paused() {
		t.Errorf("%+v", q)
	}
}
