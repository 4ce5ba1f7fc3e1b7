package comparison

import (
	"fmt"
	"strconv"
	"time"
)

// What is what a version can be worse in.
type What string

// The zero What: no evidence that would do.
const (
	Nothing What = ""
	Errors  What = "errors"
	Latency What = "latency"
)

// Verdict is what a Test says at a look.
type Verdict struct {
	Worse bool
	What  What // Nothing unless Worse
	// Errors and Latency are the evidence that the target is worse in them: 1 is none, less speaks against it.
	Errors, Latency float64
	// Needed is the evidence at which the target is rejected.
	Needed float64
}

// Verdict returns what the looks so far say. Once Worse, it stays so.
func (t Test) Verdict() Verdict {
	s := &t.state
	return Verdict{
		Worse: s.Rejected != Nothing, What: s.Rejected,
		Errors: s.Errors.value(s.Options), Latency: s.Slowness.value(), Needed: s.Options.needed(),
	}
}

func (s *state) judge() {
	needed := s.Options.needed()
	switch {
	case s.Errors.value(s.Options) >= needed:
		s.Rejected = Errors
	case s.Slowness.value() >= needed:
		s.Rejected = Latency
	}
}

// Text says the verdict to people, with the versions called as given, such as "version 2" and "version 3".
func (t Test) Text(current, target string) string {
	s := &t.state
	switch s.Rejected {
	case Errors:
		return s.failures(current, target)
	case Latency:
		return s.durations(current, target)
	}
	if s.Before.Calls+s.Current.Calls == 0 {
		return fmt.Sprintf("%s had no requests: there is nothing to compare %s with", current, target)
	}
	return "no sign yet that " + target + " is worse: " + s.failures(current, target)
}

func (s *state) failures(current, target string) string {
	reference, when := s.Current, ""
	if s.Current.Calls == 0 {
		reference, when = s.Before, " before"
	}
	return fmt.Sprintf("%s failed %s, %s %s%s",
		target, outOf(s.Target.Errors, s.Target.Calls), current, outOf(reference.Errors, reference.Calls), when)
}

func outOf(events, calls int64) string {
	text := fmt.Sprintf("%d of %d requests", events, calls)
	if events > 0 {
		text += " (" + percent(float64(events)/float64(calls)) + ")"
	}
	return text
}

// percent writes a share with two digits, or those before the point.
func percent(share float64) string {
	if share >= 0.1 {
		return strconv.FormatFloat(100*share, 'f', 0, 64) + " %"
	}
	return strconv.FormatFloat(100*share, 'g', 2, 64) + " %"
}

// durations tells how many requests took longer than the target's may, where the evidence is strongest.
func (s *state) durations(current, target string) string {
	limit := s.Slowness.Marks[s.Slowness.strongest()].Target
	known := s.known()
	return fmt.Sprintf("%s took longer than %s for %s, %s for %s", target, brief(edge(limit)),
		outOf(s.Target.Durations.above(limit), s.Target.Durations.Total()), current, outOf(known.above(limit), known.Total()))
}

// brief rounds to what a bin's width leaves of a duration.
func brief(d time.Duration) time.Duration {
	unit := time.Microsecond
	for unit*100 <= d {
		unit *= 10
	}
	return d.Round(unit)
}
