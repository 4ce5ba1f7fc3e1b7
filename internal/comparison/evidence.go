package comparison

import "math"

// multiples are the alternatives that a bet is spread over: how many times the tolerated odds the target's odds may be.
// Neighbours are close enough that the better one wins nearly as fast as the best bet between them would.
var multiples = [...]float64{1.6, 2.6, 5, 12, 40, 200}

// shares is how much is staked on each of them at the beginning. More lies on large multiples, because few errors decide
// there and each lost part of the stake costs a larger part of the time.
var shares = [len(multiples)]float64{0.05, 0.1, 0.15, 0.2, 0.2, 0.15}

const (
	idle = 0.15 // what is not staked at the beginning: it can't be lost while the target is good

	// After w events, a block of x more is followed by staking half of x/(w+x+patience) of everything anew as at the
	// beginning, so that a version that breaks late is found although the early bets on it were lost. What it costs
	// grows with the logarithm of w.
	patience = 20

	// ceiling is where growth ends, far above what any rejection needs: to give money away is always fair.
	ceiling = 1e12
)

// logRatios are, for each multiple, the logarithm of how much likelier it made what was seen than the tolerated odds did.
type logRatios [len(multiples)]float64

// evidence is what a stake of 1 has become by betting that the odds are above the tolerated ones. While they are not, its
// expectation never grows: it is a test supermartingale, and reaches x with a chance of at most 1/x.
type evidence struct {
	Idle   float64
	Stakes [len(multiples)]float64
	Weight float64 // of the blocks so far, in events
}

func newEvidence() evidence { return evidence{Idle: idle, Stakes: shares} }

func (e *evidence) value() float64 {
	total := e.Idle
	for _, stake := range e.Stakes {
		total += stake
	}
	return total
}

// betOn bets on a block of both versions' calls that the ratio of their odds is above the tolerated one.
func (e *evidence) betOn(b block, tolerated float64) {
	if b.telling() {
		e.bet(b.ratios(tolerated), b.weight())
	}
}

// betAlone bets on one version's calls that its odds are above the given ones.
func (e *evidence) betAlone(s solo, odds float64) { e.bet(s.ratios(odds), s.weight(odds)) }

// bet settles the stakes on a block and stakes a part of everything anew. The weight is how many events the block had, or
// could have been expected to have.
func (e *evidence) bet(ratios logRatios, weight float64) {
	for i := range e.Stakes {
		// The bound keeps a block of thousands of errors from overflowing; the ceiling takes the rest.
		e.Stakes[i] *= math.Exp(min(ratios[i], 600))
	}
	total := e.value()
	scale := min(1, ceiling/total)
	e.Weight += weight
	moved := weight / (e.Weight + patience) / 2
	e.Idle = scale * ((1-moved)*e.Idle + moved*total*idle)
	for i := range e.Stakes {
		e.Stakes[i] = scale * ((1-moved)*e.Stakes[i] + moved*total*shares[i])
	}
}
