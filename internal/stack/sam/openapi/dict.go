package openapi

// tableSize is the number of slots that a table begins with.
const tableSize = 8

// Marks of slots that hold no entry.
const (
	empty   = -1
	deleted = -2
)

// Dict is a map that remembers in which order Python 2.7 would have listed its keys, which depends on the order of
// insertions and deletions. Values are *Dict, []any, string (text of the template), Word (text of the transform),
// bool, json.Number and nil.
type Dict struct {
	entries []entry
	slots   []int32 // index into entries, empty or deleted; nil lists entries in order of insertion
	used    int     // keys
	fill    int     // keys and deleted slots
	settled bool    // a copy would list its keys in the same order
	calm    bool    // of a path: a copy would list the keys of everything below in the same order
	twin    *table  // what a copy would have, if a copy of that has this table again
	small   [tableSize]int32
}

type entry struct {
	key   string
	hash  uint64
	word  bool // the key is the transform's own
	gone  bool
	value any
}

// NewDict returns an empty Dict.
func NewDict() *Dict {
	d := &Dict{}
	d.clear(tableSize)
	return d
}

// Listed returns a Dict that lists its keys in the order of insertion, as dicts of Python 3 do: the reference has a few.
func Listed() *Dict {
	return &Dict{}
}

// clear makes an empty table.
func (d *Dict) clear(size int) {
	if d.slots = d.small[:]; size > tableSize {
		d.slots = make([]int32, size)
	}
	for i := range d.slots {
		d.slots[i] = empty
	}
	d.used, d.fill = 0, 0
}

// Len returns how many keys there are; 0 for nil.
func (d *Dict) Len() int {
	if d == nil {
		return 0
	}
	return d.used
}

// Get returns a key's value, and nil if there is none.
func (d *Dict) Get(key string) any {
	v, _ := d.Lookup(key)
	return v
}

// Has tells whether the key is there.
func (d *Dict) Has(key string) bool {
	_, ok := d.Lookup(key)
	return ok
}

// Lookup returns a key's value, and whether the key is there.
func (d *Dict) Lookup(key string) (any, bool) {
	if d.Len() == 0 {
		return nil, false
	}
	if e := d.find(key); e != nil {
		return e.value, true
	}
	return nil, false
}

func (d *Dict) find(key string) *entry {
	if d.slots == nil {
		for i := range d.entries {
			if e := &d.entries[i]; e.key == key && !e.gone {
				return e
			}
		}
		return nil
	}
	if at := d.slots[d.slot(key, hash(key))]; at >= 0 {
		return &d.entries[at]
	}
	return nil
}

// Set gives a key of the template its value. A key that is there keeps its place.
func (d *Dict) Set(key string, value any) *Dict { return d.set(key, value, false) }

// Put gives a key of the transform its value. A key that is there keeps its place.
func (d *Dict) Put(key string, value any) *Dict { return d.set(key, value, true) }

func (d *Dict) set(key string, value any, word bool) *Dict {
	if d.slots == nil {
		if e := d.find(key); e != nil {
			e.value = value
			return d
		}
		d.entries = append(d.entries, entry{key: key, word: word, value: value})
		d.used++
		return d
	}
	d.settled = d.add(entry{key: key, hash: hash(key), word: word, value: value}) && d.settled
	d.calm, d.twin = false, nil
	return d
}

// add enters what may be there already, and tells whether the keys stay as they were.
func (d *Dict) add(e entry) bool {
	i := d.slot(e.key, e.hash)
	at := d.slots[i]
	if at >= 0 {
		d.entries[at].value = e.value
		return true
	}
	if at == empty {
		d.fill++
	}
	d.slots[i] = int32(len(d.entries))
	if d.entries == nil {
		d.entries = make([]entry, 0, 4)
	}
	d.entries = append(d.entries, e)
	d.used++
	if d.fill*3 >= len(d.slots)*2 {
		d.resize(d.used * 4)
	}
	return false
}

// Delete removes a key, and leaves a mark in its slot.
func (d *Dict) Delete(key string) {
	if d.Len() == 0 {
		return
	}
	e := d.find(key)
	if e == nil {
		return
	}
	if d.slots != nil {
		d.slots[d.slot(key, e.hash)] = deleted
	}
	e.gone, e.value = true, nil
	d.used--
	d.settled, d.calm, d.twin = false, false, nil
}

// Merge makes room for the keys of another Dict before it takes them over, as dict.update does: the room that a table
// has decides about the order of its keys.
func (d *Dict) Merge(other *Dict) {
	if d.slots != nil && (d.fill+other.Len())*3 >= len(d.slots)*2 && other.Len() > 0 {
		d.resize((d.used + other.Len()) * 2)
	}
	for e := range other.all() {
		d.set(e.key, e.value, e.word)
	}
}

// Copy returns a Dict with the same values, as dict.copy does.
func (d *Dict) Copy() *Dict {
	c := &Dict{}
	if d.slots != nil {
		c = NewDict()
	}
	c.Merge(d)
	return c
}

// slot returns where a key is, or where it would be entered.
func (d *Dict) slot(key string, h uint64) int {
	mask := uint64(len(d.slots) - 1)
	i, walker, perturb, free := h&mask, h&mask, h, -1
	for {
		switch at := d.slots[i]; {
		case at == empty && free >= 0:
			return free
		case at == empty:
			return int(i)
		case at == deleted && free < 0:
			free = int(i)
		case at >= 0 && d.entries[at].hash == h && d.entries[at].key == key:
			return int(i)
		}
		walker = walker<<2 + walker + perturb + 1
		i = walker & mask
		perturb >>= 5
	}
}

// resize enters all keys again, in their order, into a table with more slots than asked for.
func (d *Dict) resize(request int) {
	size := tableSize
	for size <= request {
		size <<= 1
	}
	d.rebuild(size)
}

func (d *Dict) rebuild(size int) {
	entries := make([]entry, 0, d.used+1)
	for e := range d.all() {
		entries = append(entries, *e)
	}
	d.entries = make([]entry, 0, cap(entries))
	d.clear(size)
	for i := range entries {
		d.add(entries[i])
	}
}

// hash is Python 2.7's hash of a text, without a seed, on 64 bits.
func hash(s string) uint64 {
	var x, n uint64
	for _, r := range s {
		if n == 0 {
			x = uint64(r) << 7
		}
		x = 1000003*x ^ uint64(r)
		n++
	}
	return x ^ n
}
