package metric

import (
	"slices"
	"sync"
	"time"

	"sluice/internal/fault"
)

// MaxMetrics is how many metrics a Service keeps. One with long names and dimensions counts as several: one for each 512
// bytes of them.
//
// If there are more, those go that have been silent longest, an hour at least. If that is not enough, new metrics are
// refused: nothing is forgotten that was measured lately. What the Meter measured is always taken.
const MaxMetrics = 100_000

const (
	spaceBytes = 512       // names and dimensions of a metric that counts as one
	silence    = time.Hour // how long a metric must have been silent to be forgotten for another
	spareShare = 20        // one in so many is forgotten at once, so that this is not to be done for each new metric
)

// space is what a metric counts as.
func space(key string) int64 { return 1 + int64(len(key))/spaceBytes }

// room makes room for new metrics.
type room struct {
	mu    sync.Mutex
	until int64 // guarded by mu: before this nothing can be forgotten
}

// makeRoom sees that there is room for the metrics of data that are new.
func (s *Service) makeRoom(data []Datum, now time.Time) error {
	most := int64(s.config.Most)
	if s.shelves.space.Load()+atMost(data) <= most { // without looking them up
		return nil
	}
	s.room.mu.Lock()
	defer s.room.mu.Unlock()
	needed := s.newSpace(data)
	if needed == 0 || s.shelves.space.Load()+needed <= most {
		return nil
	}
	if now.UnixNano() >= s.room.until {
		s.room.until = s.forget(needed, now.Add(-silence)) + int64(silence)
	}
	if s.shelves.space.Load()+needed > most {
		return fault.Errorf(fault.Throttled, "metric", "There are %d metrics, which is as many as can be kept: new ones are "+
			"refused until others have been silent for an hour", s.shelves.count.Load())
	}
	return nil
}

// atMost is what data need if all their metrics are new.
func atMost(data []Datum) (n int64) {
	for i := range data {
		bytes := 64 + len(data[i].Namespace) + len(data[i].Name)
		for _, d := range data[i].Dimensions {
			bytes += 2 + len(d.Name) + len(d.Value)
		}
		n += 1 + int64(bytes)/spaceBytes
	}
	return n
}

// newSpace is what those metrics of data need that are new.
func (s *Service) newSpace(data []Datum) (n int64) {
	fresh := map[string]bool{}
	for i := range data {
		if key := data[i].Key(); !fresh[key] && s.shelves.find(&data[i].ID) == nil {
			fresh[key] = true
			n += space(key)
		}
	}
	return n
}

// forget drops metrics that have been silent since a time, the most silent first, until there is room for as much as is
// needed and some to spare. It returns since when the most silent is silent of those that are left.
func (s *Service) forget(needed int64, since time.Time) (oldest int64) {
	type silent struct {
		*series
		heard int64
	}
	var all []silent
	s.shelves.all(func(each *series) { all = append(all, silent{each, each.lastHeard()}) })
	slices.SortFunc(all, func(a, b silent) int { return int(min(max(a.heard-b.heard, -1), 1)) })
	excess := s.shelves.space.Load() + needed - int64(s.config.Most) + int64(s.config.Most)/spareShare
	n, gone := 0, map[*series]int64{}
	for ; n < len(all) && excess > 0 && all[n].heard <= since.UnixNano(); n++ {
		excess -= space(all[n].key)
		gone[all[n].series] = all[n].heard
	}
	s.shelves.sweep(func(each *series) bool {
		heard, goes := gone[each]
		return goes && each.lastHeard() == heard // and not heard of meanwhile
	})
	if n < len(all) {
		return all[n].heard
	}
	return since.UnixNano()
}

func (s *series) lastHeard() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.heard
}

// replay counts data of the journal. It may have metrics that were forgotten: then those go that came first.
func (s *Service) replay(data []Datum) {
	s.apply(data)
	if s.shelves.space.Load() > int64(s.config.Most) {
		s.forget(0, time.Now())
	}
}
