package metric

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluice/internal/clock"
)

func TestBucketsAtScaleOneAreAlignedToTheClock(t *testing.T) {
	at := time.Date(2026, 3, 4, 5, 6, 7, 890, time.UTC)
	for l, want := range map[level]time.Duration{
		seconds: time.Second, minutes: time.Minute, fives: 5 * time.Minute, hours: time.Hour,
	} {
		g := newGrid(1)
		if got := time.Unix(0, g.start(l, g.slot(l, at.UnixNano()))).UTC(); !got.Equal(at.Truncate(want)) {
			t.Errorf("%v begins at %v, want %v", want, got, at.Truncate(want))
		}
	}
}

// TestBucketsNest wants each time to lie in its bucket, and each bucket in one of the next level, at any scale.
func TestBucketsNest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scale := clock.Scale(rapid.SampledFrom([]float64{0.001, 0.3, 1, 7, 60, 61.7, 3000, 100_000}).Draw(t, "scale"))
		at := rapid.Int64Range(0, 2e18).Draw(t, "time")
		g := newGrid(scale)
		for l := range levels {
			slot := g.slot(l, at)
			if start, end := g.start(l, slot), g.start(l, slot+1); at < start || at >= end {
				t.Fatalf("level %d: %d is not in [%d, %d)", l, at, start, end)
			}
			if g.slot(l, g.start(l, slot)) != slot {
				t.Fatalf("level %d: the start of %d is in another bucket", l, slot)
			}
			if l < hours && slot/within[l] != g.slot(l+1, at) {
				t.Fatalf("level %d: bucket %d is not within %d of the next", l, slot, g.slot(l+1, at))
			}
			if slot >= 1<<slotBits {
				t.Fatalf("level %d: slot %d needs more than %d bits", l, slot, slotBits)
			}
		}
	})
}

func TestASecondOfTheCloud(t *testing.T) {
	for scale, want := range map[clock.Scale]int64{1: 1e9, 60: 16_666_667, 3000: 333_334} {
		g := newGrid(scale)
		slot := g.slot(seconds, 1_800_000_000*1e9)
		if got := g.start(seconds, slot+1) - g.start(seconds, slot); got != want {
			t.Errorf("at scale %v a second takes %d ns, want %d", scale, got, want)
		}
	}
}
