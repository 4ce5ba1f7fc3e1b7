package metric

import (
	"slices"
	"sort"
	"time"
)

// kept is how many buckets a level has before its oldest are folded into the next; the last level drops them.
var kept = [levels]int{seconds: 1024, minutes: 1440, fives: 2016, hours: 2184}

// retention is how long a level keeps a bucket at most, in real time (AWS: GetMetricStatistics).
var retention = [levels]time.Duration{
	seconds: 3 * time.Hour, minutes: 15 * day, fives: 63 * day, hours: 455 * day,
}

const day = 24 * time.Hour

// track holds a metric's samples of one unit. Each sample is in one level: at first in seconds or minutes, later in what
// these are folded into.
type track struct {
	unit   string
	levels [levels][]bucket // by slot
}

// bucket returns the bucket of a slot, which it makes if there is none. It is valid until the next call.
func (t *track) bucket(l level, slot int64) *bucket {
	buckets := t.levels[l]
	if n := len(buckets); n > 0 && buckets[n-1].slot() == slot {
		return &buckets[n-1]
	}
	i := find(buckets, slot)
	if i < len(buckets) && buckets[i].slot() == slot {
		return &buckets[i]
	}
	if i > 0 && i == len(buckets) {
		buckets[i-1].seal()
	}
	t.levels[l] = slices.Insert(grown(buckets, kept[l]+1), i, newBucket(slot))
	return &t.levels[l][i]
}

// find returns where the first bucket is whose slot is not before the given one.
func find(buckets []bucket, slot int64) int {
	if n := len(buckets); n > 0 && buckets[n-1].slot() < slot {
		return n
	}
	return sort.Search(len(buckets), func(i int) bool { return buckets[i].slot() >= slot })
}

// grown returns buckets with room for one more. The room doubles, but not beyond what will ever be needed.
func grown(buckets []bucket, most int) []bucket {
	n := len(buckets)
	if n < cap(buckets) {
		return buckets
	}
	room := max(min(2*n, most), n+1, 2)
	return append(make([]bucket, 0, room), buckets...)
}

// fold moves what has no room in its level, or is too old for it, into the next, whole buckets of that at a time.
// spreads says whether the distribution of folded samples is kept.
func (t *track) fold(g grid, now int64, spreads bool) {
	for l := range levels {
		oldest := g.slot(l, now-int64(retention[l]))
		for len(t.levels[l]) > kept[l] || len(t.levels[l]) > 0 && t.levels[l][0].slot() < oldest {
			t.foldOldest(l, spreads)
		}
	}
}

func (t *track) foldOldest(l level, spreads bool) {
	buckets := t.levels[l]
	n := 1
	if l+1 < levels {
		slot := buckets[0].slot() / within[l]
		n = find(buckets, (slot+1)*within[l])
		into := t.bucket(l+1, slot)
		into.absorb(buckets[:n], spreads)
		into.seal()
	}
	t.levels[l] = slices.Delete(buckets, 0, n)
}

// empty reports whether nothing is kept any more.
func (t *track) empty() bool {
	for _, buckets := range t.levels {
		if len(buckets) > 0 {
			return false
		}
	}
	return true
}
