package comparison

import (
	"math"
	"testing"
)

func TestEvidenceStartsAtOne(t *testing.T) {
	e := newEvidence()
	if got := e.value(); math.Abs(got-1) > 1e-12 {
		t.Errorf("the shares add up to %v", got)
	}
}

func TestStakingAnewMovesMoneyAndMakesNone(t *testing.T) {
	e := newEvidence()
	ratios := logRatios{0.1, -0.2, 0.3, 1, -3, 2}
	want := e.Idle
	for i, stake := range e.Stakes {
		want += stake * math.Exp(ratios[i])
	}
	e.bet(ratios, 7)
	if got := e.value(); math.Abs(got-want) > 1e-12 {
		t.Errorf("value = %v after a bet that was worth %v", got, want)
	}
}

// Without staking anew, the stakes that a thousand good calls cost would never come back.
func TestEvidenceRecoversAfterALongTimeOfLosses(t *testing.T) {
	e := newEvidence()
	for range 1000 {
		e.betOn(block{Current: 9, Target: 1, CurrentEvents: 1}, 1.5)
	}
	if got := e.value(); got < 1e-3 {
		t.Fatalf("only %v is left after losses", got)
	}
	for range 10 {
		e.betOn(block{Current: 9, Target: 1, TargetEvents: 1}, 1.5)
	}
	if got := e.value(); got < (Options{}.withDefaults().needed()) {
		t.Errorf("value = %v after ten errors of the target in a row", got)
	}
}

func TestEvidenceStaysFinite(t *testing.T) {
	e := newEvidence()
	for range 100 {
		e.betOn(block{Current: 9000, Target: 1000, TargetEvents: 1000}, 1.5)
	}
	if got := e.value(); got > ceiling*1.001 || math.IsNaN(got) {
		t.Errorf("value = %v, above the ceiling", got)
	}
	for range 100 {
		e.betOn(block{Current: 9000, Target: 1000, CurrentEvents: 9000}, 1.5)
	}
	if got := e.value(); !(got > 0) {
		t.Errorf("value = %v: nothing is left to bet with", got)
	}
}

func TestBlocksThatTellNothingChangeNothing(t *testing.T) {
	e := newEvidence()
	before := e
	e.betOn(block{Current: 9, Target: 1}, 1.5)
	e.betOn(block{Current: 9, Target: 1, CurrentEvents: 9, TargetEvents: 1}, 1.5)
	if e != before {
		t.Errorf("evidence changed: %+v", e)
	}
}
