package metric

import "math"

// bucket is what was measured in one slot of a level. Most have one sample, or equal ones; they cost 24 bytes.
type bucket struct {
	stamp uint64  // the slot, and below it how many samples there are if more is nil
	value float64 // of each sample, if more is nil
	more  *aggregate
}

const (
	slotBits  = 48 // enough at the greatest scale until 2059
	countBits = 64 - slotBits
	maxEqual  = 1<<countBits - 1
)

// aggregate is what a bucket with unlike samples knows, in 48 bytes besides the spread.
type aggregate struct {
	Summary
	// spread is nil if all samples are Min, and also if nobody knows how they are distributed (Min differs from Max).
	spread *spread
}

func newBucket(slot int64) bucket { return bucket{stamp: uint64(slot) << countBits} }

func (b *bucket) slot() int64 { return int64(b.stamp >> countBits) }

// summary returns what the samples add up to.
func (b *bucket) summary() Summary {
	if b.more != nil {
		return b.more.Summary
	}
	count := float64(b.stamp & maxEqual)
	return Summary{count, count * b.value, b.value, b.value}
}

// add counts a value as often as count says.
func (b *bucket) add(value, count float64) {
	if b.more == nil {
		equal := b.stamp & maxEqual
		if (equal == 0 || value == b.value) && count == math.Trunc(count) && count <= float64(maxEqual-equal) {
			b.stamp += uint64(count)
			b.value = value
			return
		}
		b.spill()
	}
	b.more.add(value, count)
}

// merge counts samples of which the summary is known and, unless there are no values, how they are distributed.
func (b *bucket) merge(s Summary, values []weighted) {
	if s.Count == 0 {
		return
	}
	if s.Min == s.Max && s.Sum == s.Min*s.Count {
		b.add(s.Min, s.Count)
		return
	}
	if b.more == nil {
		b.spill()
	}
	b.more.merge(s, values)
}

// spill makes room for unlike samples.
func (b *bucket) spill() {
	b.more = &aggregate{Summary: b.summary()}
	b.stamp &^= maxEqual
	b.value = 0
}

func (a *aggregate) add(value, count float64) {
	if a.known() && (a.spread != nil || a.Count > 0 && a.Min != value) {
		a.spreading().add(value, count)
	}
	a.Summary.add(Summary{count, value * count, value, value})
}

func (a *aggregate) merge(s Summary, values []weighted) {
	switch {
	case len(values) == 0 && s.Min != s.Max:
		a.spread = nil
	case a.known():
		spread := a.spreading()
		for _, v := range values {
			spread.add(v.value, v.count)
		}
		if len(values) == 0 { // equal samples whose sum was rounded
			spread.add(s.Min, s.Count)
		}
	}
	a.Summary.add(s)
}

// known reports whether the distribution of the samples is.
func (a *aggregate) known() bool { return a.spread != nil || a.Count == 0 || a.Min == a.Max }

// spreading returns the spread, which begins with the equal samples that there were until now.
func (a *aggregate) spreading() *spread {
	if a.spread == nil {
		a.spread = &spread{}
		if a.Count > 0 {
			a.spread.add(a.Min, a.Count)
		}
	}
	return a.spread
}

// add makes s the summary of both.
func (s *Summary) add(other Summary) {
	if other.Count == 0 {
		return
	}
	if s.Count == 0 {
		*s = other
		return
	}
	s.Count += other.Count
	s.Sum += other.Sum
	s.Min, s.Max = min(s.Min, other.Min), max(s.Max, other.Max)
}

// collect appends how the samples are distributed. ok says whether that is known; if it is not, nothing is appended.
func (b *bucket) collect(to []weighted) (values []weighted, ok bool) {
	switch {
	case b.more == nil:
		return append(to, weighted{b.value, float64(b.stamp & maxEqual)}), true
	case b.more.spread != nil:
		return b.more.spread.collect(to, b.more.Summary), true
	case b.more.known():
		return append(to, weighted{b.more.Min, b.more.Count}), true
	}
	return to, false
}

// absorb counts all samples of other buckets; how they are distributed is forgotten if spread is false.
func (b *bucket) absorb(others []bucket, spread bool) {
	var all Summary
	var values []weighted
	for i := range others {
		s := others[i].summary()
		if !spread {
			all.add(s)
			continue
		}
		values, _ = others[i].collect(values[:0])
		b.merge(s, values)
	}
	b.merge(all, nil)
}

// seal saves memory when the bucket is not likely to get more samples.
func (b *bucket) seal() {
	if b.more != nil && b.more.spread != nil {
		b.more.spread.seal()
	}
}
