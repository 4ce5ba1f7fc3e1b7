package comparison

import "time"

// quantiles are where a call begins to be slow: longer than half, 9 of 10 and 99 of 100 of the current version's calls.
// The first sees that everything became slower, the last that a few calls hang.
var quantiles = [...]float64{0.5, 0.9, 0.99}

// enoughDurations is how many durations of the current version have to be known before one can call others slow.
const enoughDurations = 50

// slowness judges how long the target's calls take. Its evidence is the mean over the quantiles: a mean of fair bets is
// a fair bet.
type slowness struct {
	Warmed int64 // durations of the target that were passed over
	Seen   int64 // durations of the current version so far
	Known  int64 // those of them that the marks were drawn from. 0: there are no marks yet
	Marks  [len(quantiles)]mark
	// Alone says that the marks stay where they are, because the target was alone once; AloneOdds is then as in errorRate.
	Alone bool
}

// mark is what one quantile says.
type mark struct {
	Current   int // the current version's calls in later bins are slow
	Target    int // the target's calls in later bins are slow: later by what is tolerated
	Open      block
	Evidence  evidence
	AloneOdds float64
}

func newSlowness(before *Durations) slowness {
	w := slowness{Seen: before.Total()}
	for i := range w.Marks {
		w.Marks[i].Evidence = newEvidence()
	}
	return w
}

// compare weighs durations of both versions. Marks are drawn from calls that ended before those they are used for, and
// never within a block: otherwise the bet would not be fair.
func (w *slowness) compare(s *state, current, target Counts) {
	nCurrent, nTarget := current.Durations.Total(), target.Durations.Total()
	w.Seen += nCurrent
	if warm := w.warm(s, target, nTarget); !warm || w.Known == 0 {
		w.draw(s)
		return
	}
	for i := range w.Marks {
		m := &w.Marks[i]
		m.Open = m.Open.plus(block{nCurrent, nTarget, current.Durations.above(m.Current), target.Durations.above(m.Target)})
	}
	if w.Marks[0].Open.complete() {
		w.settle(s.Options.Odds)
		w.draw(s)
	}
}

// settle closes the block that is open, the same calls for each mark.
func (w *slowness) settle(tolerated float64) {
	for i := range w.Marks {
		m := &w.Marks[i]
		m.Evidence.betOn(m.Open, tolerated)
		m.Open = block{}
	}
}

func (w *slowness) judgeAlone(s *state, target Counts) {
	if !w.Alone {
		w.alone(s)
	}
	n := target.Durations.Total()
	if !w.warm(s, target, n) || n == 0 {
		return
	}
	for i := range w.Marks {
		if m := &w.Marks[i]; m.AloneOdds > 0 {
			m.Evidence.betAlone(solo{n, target.Durations.above(m.Target)}, m.AloneOdds)
		}
	}
}

// alone fixes what a target that is alone is compared with.
func (w *slowness) alone(s *state) {
	w.draw(s)
	w.Alone = true
	known := s.known()
	for i := range w.Marks {
		m := &w.Marks[i]
		m.AloneOdds = aloneOdds(s.Options, known.above(m.Current), w.Seen)
	}
}

// warm reports whether the target's warm-up was over before these calls, which else belong to it, all of them. Only what
// comes later is kept as the target's durations.
func (w *slowness) warm(s *state, target Counts, durations int64) bool {
	if w.Warmed < s.Options.WarmUp {
		w.Warmed += durations
		return false
	}
	s.Target.Durations.merge(&target.Durations)
	return true
}

// draw draws the marks anew once a quarter more is known of the current version than when they were drawn last.
func (w *slowness) draw(s *state) {
	if w.Alone || w.Seen < enoughDurations || w.Seen < w.Known+w.Known/4 {
		return
	}
	w.Known = w.Seen
	known := s.known()
	for i := range w.Marks {
		m := &w.Marks[i]
		m.Current = known.quantile(quantiles[i])
		m.Target = Bin(tolerable(edge(m.Current), s.Options))
	}
}

// tolerable returns the duration that a call of the target may have in place of one of the current version.
func tolerable(current time.Duration, o Options) time.Duration {
	return max(time.Duration(float64(current)*o.Slower), current+max(o.Slack, 0))
}

// value is the evidence that the target is slower.
func (w *slowness) value() float64 {
	var total float64
	for i := range w.Marks {
		total += w.Marks[i].Evidence.value()
	}
	return total / float64(len(w.Marks))
}

// strongest returns the index of the quantile with the largest evidence.
func (w *slowness) strongest() int {
	best := 0
	for i := range w.Marks {
		if w.Marks[i].Evidence.value() > w.Marks[best].Evidence.value() {
			best = i
		}
	}
	return best
}
