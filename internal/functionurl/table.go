package functionurl

import (
	"sync"

	"sluice/internal/function"
)

// maxGone is how many URLs that are no more are remembered. Beyond it they are like URLs that never were.
const maxGone = 10_000

// table finds configurations by the IDs of URLs. Lookups take no lock.
//
// A refresh reads all URLs of a function again instead of taking what the writer wrote: two writers may arrive here in
// another order than they committed in, and both then find the newer records.
type table struct {
	byID sync.Map // string → *Config; nil for a URL that is no more

	mu   sync.Mutex // covers what follows, and writing byID
	of   map[function.ID][]string
	gone int
}

func (t *table) find(urlID string) (c *Config, known bool) {
	found, known := t.byID.Load(urlID)
	if !known {
		return nil, false
	}
	return found.(*Config), true
}

// load fills an empty table.
func (t *table) load(read func() ([]*Config, error)) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	all, err := read()
	t.of = map[function.ID][]string{}
	for _, c := range all {
		t.put(c)
	}
	return err
}

func (t *table) put(c *Config) {
	t.byID.Store(c.ID, c)
	t.of[c.Function] = append(t.of[c.Function], c.ID)
}

// refresh replaces a function's URLs by those that are read. If they can't be, there are none.
func (t *table) refresh(id function.ID, read func() ([]*Config, error)) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.of == nil {
		t.of = map[function.ID][]string{}
	}
	before := t.of[id]
	delete(t.of, id)
	configs, err := read()
	still := map[string]bool{}
	for _, c := range configs {
		t.put(c)
		still[c.ID] = true
	}
	for _, urlID := range before {
		if !still[urlID] {
			t.bury(urlID)
		}
	}
	return err
}

// bury remembers that a URL was there: AWS denies its callers in other words than those of one that never was.
func (t *table) bury(urlID string) {
	if t.gone >= maxGone {
		t.byID.Delete(urlID)
		return
	}
	t.gone++
	t.byID.Store(urlID, (*Config)(nil))
}
