package comparison

import (
	"testing"
	"time"
)

// many are durations of n calls that take d.
func many(n int64, d time.Duration) Counts {
	c := Counts{Calls: n}
	c.Durations[Bin(d)] = n
	return c
}

func TestMarksFollowTheCurrentVersion(t *testing.T) {
	test := New(Options{WarmUp: -1}, many(100, 50*time.Millisecond))
	if got, want := test.state.Slowness.Marks[0].Current, Bin(50*time.Millisecond); got != want {
		t.Fatalf("at first the mark is in bin %d, want %d", got, want)
	}
	test = test.Observe(many(400, 80*time.Millisecond), many(1, 80*time.Millisecond))
	if got, want := test.state.Slowness.Marks[0].Current, Bin(80*time.Millisecond); got != want {
		t.Errorf("later the mark is in bin %d, want %d", got, want)
	}
}

// What a target alone is compared with belongs to the marks that it was drawn with.
func TestMarksStayOnceTheTargetWasAlone(t *testing.T) {
	test := New(Options{WarmUp: -1}, many(100, 50*time.Millisecond)).Alone(many(1, 50*time.Millisecond))
	marks := test.state.Slowness.Marks
	test = test.Observe(many(400, 80*time.Millisecond), many(1, 80*time.Millisecond))
	for i, m := range test.state.Slowness.Marks {
		if m.Current != marks[i].Current || m.Target != marks[i].Target {
			t.Errorf("mark %d moved from %+v to %+v", i, marks[i], m)
		}
	}
}

func TestNoMarksFromFewDurations(t *testing.T) {
	test := New(Options{WarmUp: -1}, many(enoughDurations-1, 50*time.Millisecond))
	if test.state.Slowness.Known != 0 {
		t.Error("marks were drawn from too few durations")
	}
	test = test.Observe(many(1, 50*time.Millisecond), Counts{})
	if test.state.Slowness.Known != enoughDurations {
		t.Errorf("they were drawn from %d durations", test.state.Slowness.Known)
	}
}

func TestTolerable(t *testing.T) {
	for _, tt := range []struct {
		current, want time.Duration
	}{
		{time.Millisecond, 6 * time.Millisecond},
		{25 * time.Millisecond, 30 * time.Millisecond},
		{time.Second, 1200 * time.Millisecond},
	} {
		if got := tolerable(tt.current, Options{}.withDefaults()); got != tt.want {
			t.Errorf("in place of %v: %v, want %v", tt.current, got, tt.want)
		}
	}
	if got := tolerable(time.Millisecond, Options{Slower: 1, Slack: -1}.withDefaults()); got != time.Millisecond {
		t.Errorf("without tolerance: %v", got)
	}
}

// A block has calls of both versions, and each mark judges the same ones.
func TestMarksJudgeTheSameBlocks(t *testing.T) {
	test := New(Options{WarmUp: -1}, many(100, 50*time.Millisecond))
	test = test.Observe(Counts{}, many(3, 90*time.Millisecond))
	for i, m := range test.state.Slowness.Marks {
		if m.Open != (block{Target: 3, TargetEvents: 3}) {
			t.Errorf("mark %d waits with %+v", i, m.Open)
		}
	}
	test = test.Observe(many(30, 50*time.Millisecond), Counts{})
	for i, m := range test.state.Slowness.Marks {
		if m.Open != (block{}) || m.Evidence.value() < 5 {
			t.Errorf("mark %d has %v and waits with %+v", i, m.Evidence.value(), m.Open)
		}
	}
}
