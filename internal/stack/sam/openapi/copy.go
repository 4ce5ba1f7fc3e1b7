package openapi

import "slices"

// settle lists the keys as they would stand after copy.deepcopy, which enters them one by one into a small table;
// collisions may change their order.
func (d *Dict) settle() {
	if d.settled || d.slots == nil {
		return
	}
	if d.settled = d.atHome(); d.settled {
		return
	}
	if d.twin != nil {
		d.twin.slots, d.slots = d.slots, d.twin.slots
		d.twin.entries, d.entries = d.entries, d.twin.entries
		return
	}
	before := table{d.slots, d.entries}
	if len(d.slots) == tableSize {
		before.slots = slices.Clone(d.slots) // those within the Dict are about to change
	}
	d.rebuild(tableSize)
	if d.settled = before.same(d); d.settled || len(d.slots) == tableSize {
		return
	}
	if after := (Dict{slots: d.slots, entries: d.entries, used: d.used}); after.leadsTo(&before) {
		d.twin = &before
	}
}

// table is how a Dict's keys lie.
type table struct {
	slots   []int32
	entries []entry
}

// leadsTo reports whether a copy would have the given table.
func (d Dict) leadsTo(t *table) bool {
	d.rebuild(tableSize)
	return t.same(&d)
}

// same reports whether a Dict has the same keys in the same slots.
func (t *table) same(d *Dict) bool {
	if len(t.slots) != len(d.slots) {
		return false
	}
	for i, at := range t.slots {
		other := d.slots[i]
		if (at < 0) != (other < 0) || at >= 0 && t.entries[at].key != d.entries[other].key {
			return false
		}
	}
	return true
}

// atHome reports whether a copy would have the same table because no key ever had to give way to another.
func (d *Dict) atHome() bool {
	size := tableSize
	for n := 1; n <= d.used; n++ {
		if n*3 >= size*2 {
			for size = tableSize; size <= n*4; {
				size <<= 1
			}
		}
	}
	if d.fill != d.used || size != len(d.slots) {
		return false
	}
	for i, at := range d.slots {
		if at >= 0 && int(d.entries[at].hash&uint64(size-1)) != i {
			return false
		}
	}
	return true
}
