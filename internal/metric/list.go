package metric

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// listed is how long a metric is listed after its newest data (AWS: ListMetrics).
const listed = 14 * day

// List names the metrics that fit a filter, in a stable order, dimensions in the order in which they first came. next is
// the position to go on from (Filter.After); empty if there are no more. A metric is listed as soon as it has data, and
// until two weeks after its newest (AWS: ListMetrics).
func (s *Service) List(_ context.Context, f Filter) (ids []ID, next string, err error) {
	s.publish()
	oldest := time.Now().Add(-listed)
	if f.Active > 0 {
		oldest = time.Now().Add(-f.Active)
	}
	var found []*series
	s.shelves.all(func(each *series) {
		if each.key > f.After && f.fits(&each.id) && each.newestSample() >= oldest.UnixNano() {
			found = append(found, each)
		}
	})
	slices.SortFunc(found, func(a, b *series) int { return cmp.Compare(a.key, b.key) })
	if f.Limit > 0 && len(found) > f.Limit {
		found = found[:f.Limit]
		next = found[f.Limit-1].key
	}
	for _, each := range found {
		id := each.id
		id.Dimensions = slices.Clone(id.Dimensions)
		ids = append(ids, id)
	}
	return ids, next, nil
}

func (s *series) newestSample() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.newest
}

func (f *Filter) fits(id *ID) bool {
	if id.Scope != f.Scope || f.Namespace != "" && f.Namespace != id.Namespace || f.Name != "" && f.Name != id.Name {
		return false
	}
	for _, want := range f.Dimensions {
		has := func(d Dimension) bool { return d.Name == want.Name && (want.Any || d.Value == want.Value) }
		if !slices.ContainsFunc(id.Dimensions, has) {
			return false
		}
	}
	return true
}
