package metric

import (
	"slices"

	"github.com/DataDog/sketches-go/ddsketch"
	"github.com/DataDog/sketches-go/ddsketch/mapping"
	"github.com/DataDog/sketches-go/ddsketch/store"
)

// Accuracy is how far a percentile may be from the sample that it stands for, relative to it. It holds for samples
// within nine decades; of those further apart, the small ones count as one.
const Accuracy = 0.01

const (
	maxExact   = 16   // so many different values are kept as they are
	maxPending = 64   // so many wait for their way into the sketch
	maxBins    = 1024 // of a sketch, for each sign
)

// bins says which values a sketch does not tell apart. It has no state.
var bins = newBins()

func newBins() mapping.IndexMapping {
	m, err := mapping.NewLogarithmicMapping(Accuracy)
	if err != nil {
		panic(err) // Accuracy is between 0 and 1
	}
	return m
}

// weighted is a value, and how often it was measured.
type weighted struct{ value, count float64 }

// spread is how unlike samples are distributed: exactly while there are few different ones, then by an encoded sketch
// (about two bytes a bin of 2 %) beside those that came last.
type spread struct {
	last   []weighted
	sketch []byte
}

func (s *spread) add(value, count float64) {
	for i := len(s.last) - 1; i >= 0; i-- {
		if s.last[i].value == value {
			s.last[i].count += count
			return
		}
	}
	room := maxExact
	if s.sketch != nil {
		room = maxPending
	}
	if len(s.last) >= room {
		s.condense()
	}
	s.last = append(s.last, weighted{value, count})
}

// condense moves the last samples into the sketch.
func (s *spread) condense() {
	sketch := s.decode()
	for _, v := range s.last {
		_ = sketch.AddWithCount(v.value, v.count) // Check refuses what no sketch takes
	}
	s.sketch = s.sketch[:0]
	sketch.Encode(&s.sketch, true)
	s.last = s.last[:0]
}

// seal gives back memory that only more samples would need.
func (s *spread) seal() {
	if s.sketch != nil {
		if len(s.last) > 0 {
			s.condense()
		}
		s.last = nil
		s.sketch = slices.Clip(slices.Clone(s.sketch))
	} else if cap(s.last) > len(s.last) {
		s.last = slices.Clip(slices.Clone(s.last))
	}
}

func (s *spread) decode() *ddsketch.DDSketch {
	sketch := ddsketch.NewDDSketch(bins, store.NewCollapsingLowestDenseStore(maxBins), store.NewCollapsingLowestDenseStore(maxBins))
	if len(s.sketch) > 0 {
		_ = sketch.DecodeAndMergeWith(s.sketch) // it was encoded here
	}
	return sketch
}

// collect appends the samples. A bin's samples stand at its middle, but not outside of what was measured.
func (s *spread) collect(to []weighted, bounds Summary) []weighted {
	within := func(value float64) float64 { return min(max(value, bounds.Min), bounds.Max) }
	for _, v := range s.last {
		to = append(to, weighted{within(v.value), v.count})
	}
	if len(s.sketch) > 0 {
		s.decode().ForEach(func(value, count float64) (stop bool) {
			to = append(to, weighted{within(value), count})
			return false
		})
	}
	return to
}
