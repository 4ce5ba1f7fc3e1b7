package metric

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
	"unsafe"
)

// fill puts a sample into each second of some time before now, oldest first.
func fill(t *track, g grid, now time.Time, n int, spreads bool, sample func(i int) float64) {
	for i := range n {
		at := now.Add(time.Duration(i-n) * time.Second).UnixNano()
		t.bucket(seconds, g.slot(seconds, at)).add(sample(i), 1)
		t.fold(g, at, spreads)
	}
}

// all adds up what a track has, by level.
func all(t *track) (total Summary, sizes [levels]int) {
	for l, buckets := range t.levels {
		sizes[l] = len(buckets)
		for i := range buckets {
			total.add(buckets[i].summary())
		}
	}
	return total, sizes
}

func TestABucketWithOneSampleIsSmall(t *testing.T) {
	if size := unsafe.Sizeof(bucket{}); size != 24 {
		t.Errorf("%d bytes", size)
	}
	if size := unsafe.Sizeof(aggregate{}); size > 48 {
		t.Errorf("an aggregate has %d bytes", size)
	}
}

func TestFoldingLosesNoSample(t *testing.T) {
	var tr track
	now := time.Date(2026, 1, 2, 3, 0, 0, 0, time.UTC)
	const n = 100_000
	fill(&tr, newGrid(1), now, n, true, func(i int) float64 { return float64(i % 7) })
	total, sizes := all(&tr)
	if total.Count != n || total.Max != 6 || total.Min != 0 {
		t.Errorf("after folding: %+v", total)
	}
	if sizes[seconds] > kept[seconds] || sizes[minutes] > kept[minutes] || sizes[fives] == 0 {
		t.Errorf("levels have %v buckets", sizes)
	}
}

func TestEachLevelIsBounded(t *testing.T) {
	tr := &track{}
	g := newGrid(3000) // an hour takes 1.2 s
	now := time.Date(2026, 1, 2, 3, 0, 0, 0, time.UTC)
	fill(tr, g, now, 20_000, true, func(int) float64 { return 1 })
	_, sizes := all(tr)
	for l, size := range sizes {
		if size > kept[l] || cap(tr.levels[l]) > kept[l]+1 {
			t.Errorf("level %d has %d buckets in room for %d, want at most %d", l, size, cap(tr.levels[l]), kept[l])
		}
	}
	if sizes[hours] != kept[hours] {
		t.Errorf("the last level has %d buckets, want it full", sizes[hours])
	}
}

func TestRetention(t *testing.T) {
	g := newGrid(1)
	began := time.Date(2025, 1, 2, 3, 4, 5, 0, time.UTC)
	tr := &track{}
	tr.bucket(seconds, g.slot(seconds, began.UnixNano())).add(5, 1)
	for _, tt := range []struct {
		age  time.Duration
		want level
	}{
		{3 * time.Hour, seconds}, {3*time.Hour + time.Second, minutes}, {15 * day, minutes}, {15*day + time.Minute, fives},
		{63 * day, fives}, {63*day + 5*time.Minute, hours}, {455 * day, hours}, {455*day + time.Hour, levels},
	} {
		tr.fold(g, began.Add(tt.age).UnixNano(), true)
		for l, buckets := range tr.levels {
			if has := len(buckets) > 0; has != (level(l) == tt.want) {
				t.Errorf("after %v: level %d has it: %v, want it in %d", tt.age, l, has, tt.want)
			}
		}
		if tr.empty() != (tt.want == levels) {
			t.Errorf("after %v: empty is %v", tt.age, tr.empty())
		}
	}
}

func TestFoldedSamplesKeepTheirDistribution(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 0, 0, 0, time.UTC)
	for _, keep := range []bool{true, false} {
		tr := &track{}
		fill(tr, newGrid(1), now, 3600, keep, func(i int) float64 { return float64(1 + i%60) })
		for i := range tr.levels[minutes] {
			b := &tr.levels[minutes][i]
			values, known := b.collect(nil)
			if known != keep {
				t.Fatalf("kept: %v, known: %v", keep, known)
			}
			if !keep {
				continue
			}
			if got, _ := (cut{kind: percentile, high: 50}).of(values, b.summary()); math.Abs(got-30) > 30*Accuracy {
				t.Fatalf("p50 of a folded minute is %v, want 30", got)
			}
		}
	}
}

// TestMemoryOfADistributionIsBounded puts ever new values into one bucket.
func TestMemoryOfADistributionIsBounded(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	b := newBucket(1)
	for range 100_000 {
		b.add(math.Exp(random.NormFloat64()*100), 1) // over hundreds of decades
	}
	b.seal()
	s := b.more.spread
	if size := cap(s.sketch) + 16*cap(s.last); size > 4*maxBins {
		t.Errorf("the distribution has %d bytes", size)
	}
	if got := b.summary().Count; got != 100_000 {
		t.Errorf("%v samples", got)
	}
}

func TestUnknownSamplesStayUnknownWhenTheyAreFolded(t *testing.T) {
	minute := []bucket{newBucket(60), newBucket(61), newBucket(62)}
	minute[0].add(1, 1)
	minute[1].merge(Summary{Count: 2, Sum: 7, Min: 3, Max: 4}, nil)
	minute[2].add(9, 1)
	folded := newBucket(1)
	folded.absorb(minute, true)
	if _, known := folded.collect(nil); known {
		t.Error("the distribution is said to be known")
	}
	if want := (Summary{Count: 4, Sum: 17, Min: 1, Max: 9}); folded.summary() != want {
		t.Errorf("%+v, want %+v", folded.summary(), want)
	}
}
