package comparison

import "encoding/json"

// Test compares a version that arrives (the target) with the version that leaves (the current one). It is a value:
// nothing changes it, methods return what follows from it. As JSON it takes some kilobytes and loses nothing. The zero
// Test never rejects.
type Test struct{ state state }

// state is a Test's content, apart so that it can be kept as JSON and not be tampered with.
type state struct {
	Options Options
	// Before is what the current version did before the first look, Current and Target what was observed since. The
	// target's durations are those after its warm-up.
	Before, Current, Target Counts

	Errors   errorRate
	Slowness slowness
	Rejected What // set at the first look that rejects; from then on nothing changes
}

// New returns a Test that nothing was observed for. Before is what the current version did shortly before the deployment,
// minutes rather than days; it may be empty. Options that Validate refuses make a Test that means nothing.
func New(options Options, before Counts) Test {
	s := state{Options: options.withDefaults(), Before: before.plausible()}
	s.Errors = newErrorRate()
	s.Slowness = newSlowness(&s.Before.Durations)
	s.Slowness.draw(&s)
	return Test{s}
}

// Observe returns the Test after a look at an interval in which the alias sent requests to both versions: what each did
// since the last look. Look soon after each change of the weight: a block that spans one, while the error rate
// changes for both, may favour one of them. After a rejection nothing changes any more.
func (t Test) Observe(current, target Counts) Test {
	if t.state.closed() {
		return t
	}
	current, target = current.plausible(), target.plausible()
	t.state.count(current, target)
	t.state.Errors.compare(&t.state, current, target)
	t.state.Slowness.compare(&t.state, current, target)
	t.state.judge()
	return t
}

// Alone returns the Test after a look at an interval in which the alias sent all requests to the target. It is compared
// with all that the current version is known to have done until the first such look. What befalls both versions then
// counts against the target: nobody can tell the difference.
func (t Test) Alone(target Counts) Test {
	if t.state.closed() {
		return t
	}
	target = target.plausible()
	t.state.count(Counts{}, target)
	t.state.Errors.judgeAlone(&t.state, target)
	t.state.Slowness.judgeAlone(&t.state, target)
	t.state.judge()
	return t
}

// closed says that nothing more is to be observed: the target was rejected, or this is no Test that New made.
func (s *state) closed() bool { return s.Rejected != Nothing || s.Options.FalseAlarms == 0 }

// count adds an interval to the totals, but for the target's durations, of which only those after its warm-up count.
func (s *state) count(current, target Counts) {
	target.Durations = Durations{}
	s.Current = s.Current.Plus(current)
	s.Target = s.Target.Plus(target)
}

// known returns the durations of the current version before the first look and since.
func (s *state) known() *Durations {
	known := s.Before.Durations
	known.merge(&s.Current.Durations)
	return &known
}

// Current returns what was observed of the current version.
func (t Test) Current() Counts { return t.state.Current }

// Target returns what was observed of the target, without the durations of its warm-up.
func (t Test) Target() Counts { return t.state.Target }

// MarshalJSON writes all that the Test knows.
func (t Test) MarshalJSON() ([]byte, error) { return json.Marshal(t.state) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (t *Test) UnmarshalJSON(text []byte) error { return json.Unmarshal(text, &t.state) }
