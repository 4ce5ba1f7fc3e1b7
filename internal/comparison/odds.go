package comparison

import "math"

// block is a number of calls of both versions, and what happened to some of them: they failed, or were slow.
type block struct {
	Current, Target             int64 // calls
	CurrentEvents, TargetEvents int64 // of them
}

func (b block) plus(c block) block {
	return block{b.Current + c.Current, b.Target + c.Target, b.CurrentEvents + c.CurrentEvents, b.TargetEvents + c.TargetEvents}
}

// complete says that both versions had calls, so that there is something to compare. It looks at calls alone: a block
// that ended because of an event would not be a fair draw.
func (b block) complete() bool { return b.Current > 0 && b.Target > 0 }

// telling says that the events could have fallen to the versions in more than one way.
func (b block) telling() bool {
	events := b.CurrentEvents + b.TargetEvents
	return events > 0 && events < b.Current+b.Target && b.complete()
}

// weight is how many events the block had.
func (b block) weight() float64 { return float64(b.CurrentEvents + b.TargetEvents) }

// ratios weighs how the block's events fell to the versions, given how many there were: for each multiple of the
// tolerated ratio of the versions' odds against the tolerated ratio itself. Whatever the odds are, and if they change
// from block to block, Fisher's noncentral hypergeometric distribution depends on their ratio alone; and a larger ratio
// makes more events of the target likelier, so that the bet is fair or worse for each smaller ratio than the tolerated.
func (b block) ratios(tolerated float64) logRatios {
	var ratios logRatios
	null := b.logTotal(tolerated)
	for i, multiple := range multiples {
		ratios[i] = float64(b.TargetEvents)*math.Log(multiple) + null - b.logTotal(tolerated*multiple)
	}
	return ratios
}

// logTotal returns the logarithm of Σₖ C(target, k)·C(current, events-k)·oddsᵏ, but for a term that does not depend
// on the odds.
func (b block) logTotal(odds float64) float64 {
	events := b.weight()
	if events == 1 {
		return math.Log(float64(b.Current) + float64(b.Target)*odds)
	}
	d := draw{target: float64(b.Target), spare: float64(b.Current) - events, events: events, odds: odds}
	mode := d.mode()
	return mode*math.Log(odds) - d.logFactorials(mode) + math.Log(d.sum(mode))
}

// draw says how events fall to the target: k of them with a chance in proportion to
// C(target, k)·C(current, events-k)·oddsᵏ.
type draw struct {
	target, events float64
	spare          float64 // the current version's calls less all events: may be negative
	odds           float64
}

// rise returns how much likelier k+1 events of the target are than k. It falls with k.
func (d draw) rise(k float64) float64 {
	return d.odds * (d.target - k) * (d.events - k) / ((k + 1) * (d.spare + k + 1))
}

// mode returns the likeliest number of the target's events.
func (d draw) mode() float64 {
	low, high := max(0, -d.spare), min(d.target, d.events)
	for low < high {
		middle := math.Floor((low + high) / 2)
		if d.rise(middle) >= 1 {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// sum adds the chances of all numbers of events in units of the mode's, outwards until the rest is too small to matter.
func (d draw) sum(mode float64) float64 {
	const negligible = 1e-13
	total, term := 1.0, 1.0
	for k := mode; k < min(d.target, d.events) && term > negligible; k++ {
		term *= d.rise(k)
		total += term
	}
	term = 1
	for k := mode; k > max(0, -d.spare) && term > negligible; k-- {
		term /= d.rise(k - 1)
		total += term
	}
	return total
}

// logFactorials is the logarithm of the binomial coefficients' denominators that depend on k.
func (d draw) logFactorials(k float64) float64 {
	return logFactorial(k) + logFactorial(d.target-k) + logFactorial(d.events-k) + logFactorial(d.spare+k)
}

func logFactorial(n float64) float64 {
	value, _ := math.Lgamma(n + 1)
	return value
}

// solo is a number of one version's calls and how many of them had an event.
type solo struct{ calls, events int64 }

// ratios weighs the events: for each multiple of the given odds against the odds themselves. The bet is fair or worse
// for each version whose odds are not above them.
func (s solo) ratios(odds float64) logRatios {
	var ratios logRatios
	for i, multiple := range multiples {
		ratios[i] = float64(s.events)*math.Log(multiple) - float64(s.calls)*(math.Log1p(odds*multiple)-math.Log1p(odds))
	}
	return ratios
}

// weight is how many events the given odds let expect.
func (s solo) weight(odds float64) float64 { return float64(s.calls) * odds / (1 + odds) }
