package comparison

import "math"

// errorRate judges how often the target fails. It is worse if both hold: its odds of failing are above the tolerated ratio
// to the current version's, and it fails more than a negligible share of its calls. Each has its own evidence; that both
// have to be large enough makes no false alarm likelier.
type errorRate struct {
	Open      block    // calls since the last complete block
	Ratio     evidence // that the target fails more often than the current version
	Share     evidence // that it fails more often than negligible
	AloneOdds float64  // tolerated while the target is alone. 0: it was not alone yet. Negative: nothing to compare with
}

func newErrorRate() errorRate { return errorRate{Ratio: newEvidence(), Share: newEvidence()} }

func (e *errorRate) compare(s *state, current, target Counts) {
	e.weighShare(s, target)
	e.Open = e.Open.plus(block{current.Calls, target.Calls, current.Errors, target.Errors})
	if !e.Open.complete() {
		return
	}
	e.Ratio.betOn(e.Open, s.Options.Odds)
	e.Open = block{}
}

func (e *errorRate) judgeAlone(s *state, target Counts) {
	e.weighShare(s, target)
	if e.AloneOdds == 0 {
		known := s.Before.Plus(s.Current)
		e.AloneOdds = aloneOdds(s.Options, known.Errors, known.Calls)
	}
	if e.AloneOdds > 0 && target.Calls > 0 {
		e.Ratio.betAlone(solo{target.Calls, target.Errors}, e.AloneOdds)
	}
}

func (e *errorRate) weighShare(s *state, target Counts) {
	if target.Calls > 0 && s.Options.Negligible > 0 {
		e.Share.betAlone(solo{target.Calls, target.Errors}, odds(s.Options.Negligible))
	}
}

// value is the evidence that the target fails more often, in ratio and in share.
func (e *errorRate) value(o Options) float64 {
	if o.Negligible <= 0 {
		return e.Ratio.value()
	}
	return min(e.Ratio.value(), e.Share.value())
}

// aloneOdds returns the odds that a target is allowed if it can only be compared with what is known of the current
// version, or -1 if too little is known.
func aloneOdds(o Options, events, calls int64) float64 {
	bound := o.Odds * upperOdds(events, calls, o.missAlone())
	if math.IsInf(bound, 1) {
		return -1
	}
	return bound
}

func odds(share float64) float64 { return share / (1 - share) }
