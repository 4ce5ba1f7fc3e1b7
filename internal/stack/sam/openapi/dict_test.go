package openapi

import (
	"strings"
	"testing"
)

// TestKeysInTableOrder compares with what Python 2.7 lists. The number is that of slots.
func TestKeysInTableOrder(t *testing.T) {
	for _, c := range []struct {
		name, want string
		slots      int
		make       func() *Dict
	}{
		{"no collision", "a c b", 8, with("a b c")},
		{"words", "info paths swagger", 8, with("swagger info paths")},
		{"collisions follow the order of insertion", "i q b y a", 8, with("b i q y a")},
		{"the same home, one first", "a i", 8, with("a i")},
		{"the same home, the other first", "i a", 8, with("i a")},
		{"beyond ASCII", "ключ ünï key", 8, with("ключ key ünï")},
		{"seven keys", "head get patch put post options delete", 32, with("get post put delete options head patch")},
		{"twelve keys", "twelve seven ten nine six three two four eleven five eight one", 32,
			with("one two three four five six seven eight nine ten eleven twelve")},
		{"a deleted key leaves its slot", "y i q", 8, func() *Dict {
			d := with("a i q")()
			d.Delete("a")
			return d.Set("y", nil)
		}},
		{"a merge makes room before", "a c b e d f", 16, func() *Dict {
			d := with("a b c d e")()
			d.Merge(with("f")())
			return d
		}},
		{"a copy makes room before", "a c b e d g f", 16, func() *Dict { return with("a b c d e f g")().Copy() }},
		{"a deep copy enters keys as listed", "i a b q", 8, func() *Dict { return settled(with("i a q b")()) }},
		{"a deep copy shrinks", "e f", 8, func() *Dict {
			d := with("a b c d e f")()
			for _, key := range []string{"a", "b", "c", "d"} {
				d.Delete(key)
			}
			return settled(d)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := c.make()
			if got := strings.Join(d.Keys(), " "); got != c.want || len(d.slots) != c.slots {
				t.Errorf("keys %q in %d slots, want %q in %d", got, len(d.slots), c.want, c.slots)
			}
		})
	}
}

func with(keys string) func() *Dict {
	return func() *Dict {
		d := NewDict()
		for key := range strings.FieldsSeq(keys) {
			d.Set(key, nil)
		}
		return d
	}
}

func settled(d *Dict) *Dict {
	settle(d)
	return d
}

// TestSettleEndsWhereCopiesDo settles Dicts of many keys until nothing changes: a mark that saves the work must not show.
func TestSettleEndsWhereCopiesDo(t *testing.T) {
	d, plain := NewDict(), NewDict()
	for i := range 60 {
		key := strings.Repeat("k", i%7) + string(rune('a'+i%26)) + strings.Repeat("z", i/26)
		d.Set(key, i)
		settle(d)
		plain.Set(key, i)
		plain.rebuild(tableSize)
		if got, want := strings.Join(d.Keys(), " "), strings.Join(plain.Keys(), " "); got != want {
			t.Fatalf("after %d keys:\n%s\nwant\n%s", i+1, got, want)
		}
	}
}

func TestDictReads(t *testing.T) {
	d := NewDict().Set("a", 1).Put("b", nil)
	t.Run("what is there", func(t *testing.T) {
		if v, ok := d.Lookup("a"); v != 1 || !ok || !d.Has("b") || d.Len() != 2 {
			t.Error(v, ok, d.Has("b"), d.Len())
		}
	})
	t.Run("what is not there", func(t *testing.T) {
		if v, ok := d.Lookup("c"); v != nil || ok {
			t.Error(v, ok)
		}
	})
	t.Run("nothing", func(t *testing.T) {
		var none *Dict
		none.Delete("a")
		if none.Len() != 0 || none.Has("a") || none.Keys() != nil {
			t.Error("a nil Dict has something")
		}
	})
	t.Run("a value changes in its place", func(t *testing.T) {
		for _, d := range []*Dict{NewDict(), Listed()} {
			d.Set("a", 1).Set("b", 2).Set("a", 3)
			if d.Get("a") != 3 || d.Len() != 2 {
				t.Error(d.Get("a"), d.Len())
			}
		}
	})
	t.Run("listed keys stay as they came", func(t *testing.T) {
		d := Listed().Set("z", 1).Set("a", 2).Set("q", 3)
		d.Delete("a")
		if got := strings.Join(d.Keys(), ""); got != "zq" {
			t.Error(got)
		}
	})
}
