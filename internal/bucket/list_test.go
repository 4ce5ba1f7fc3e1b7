package bucket_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sluice/internal/bucket"
)

// shown is a page's keys and common prefixes, in their order.
func shown(page bucket.Page[*bucket.Object]) (list []string) {
	for _, o := range page.Entries {
		list = append(list, o.Key)
	}
	list = append(list, page.Prefixes...)
	slices.Sort(list)
	return list
}

// all turns the pages of a list.
func (b *bench) all(t rapid.TB, l bucket.Listing) (list []string, pages int) {
	for {
		page, err := b.List(b.t.Context(), home, l)
		if err != nil {
			t.Fatal(err)
		}
		pages++
		if len(page.Entries)+len(page.Prefixes) > l.Max {
			t.Errorf("a page of %d has %v", l.Max, shown(page))
		}
		list = append(list, shown(page)...)
		if !page.Truncated {
			return list, pages
		}
		if page.Next <= l.After {
			t.Fatalf("the page after %q begins after %q", l.After, page.Next)
		}
		l.After = page.Next
	}
}

// listed is what a list has to show.
func listed(keys []string, l bucket.Listing) (list []string) {
	for _, key := range keys {
		if !strings.HasPrefix(key, l.Prefix) {
			continue
		}
		if i := strings.Index(key[len(l.Prefix):], l.Delimiter); l.Delimiter != "" && i >= 0 {
			key = key[:len(l.Prefix)+i+len(l.Delimiter)]
		}
		list = append(list, key)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func TestListsShowEachKeyOnceOnPagesOfAnySize(t *testing.T) {
	b := newBench(t)
	letters := rapid.StringOfN(rapid.SampledFrom([]rune("ab/-é")), 1, 6, -1)
	var keys []string
	rapid.Check(t, func(t *rapid.T) {
		if key := letters.Draw(t, "key"); !slices.Contains(keys, key) && len(keys) < 60 {
			keys = append(keys, key)
			b.put(key, "x")
		}
		l := bucket.Listing{
			Prefix:    rapid.SampledFrom([]string{"", "a", "a/", "b-", "é"}).Draw(t, "prefix"),
			Delimiter: rapid.SampledFrom([]string{"", "/", "-", "b/", "é"}).Draw(t, "delimiter"),
			Max:       rapid.IntRange(1, 7).Draw(t, "max"),
		}
		got, pages := b.all(t, l)
		want := listed(keys, l)
		if !slices.Equal(got, want) {
			t.Fatalf("%+v of %q shows %q, want %q", l, keys, got, want)
		}
		if most := max(1, (len(want)+l.Max-1)/l.Max); pages != most {
			t.Fatalf("%d entries are on %d pages of %d, want %d", len(want), pages, l.Max, most)
		}
	})
}

func TestAListBeginsAfterAKey(t *testing.T) {
	b := newBench(t)
	for _, key := range []string{"a", "b/1", "b/2", "c"} {
		b.put(key, "x")
	}
	for _, tt := range []struct {
		l    bucket.Listing
		want string
	}{
		{bucket.Listing{After: "a", Max: 9}, "[b/1 b/2 c]"},
		{bucket.Listing{After: "aa", Max: 9}, "[b/1 b/2 c]"},
		{bucket.Listing{After: "b/1", Delimiter: "/", Max: 9}, "[b/ c]"},
		{bucket.Listing{After: "b/", Delimiter: "/", Max: 9}, "[c]"},
		{bucket.Listing{After: "z", Max: 9}, "[]"},
		{bucket.Listing{Max: 0}, "[]"},
	} {
		page, err := b.List(t.Context(), home, tt.l)
		if got := fmt.Sprint(shown(page)); err != nil || got != tt.want {
			t.Errorf("%+v shows %s, %v; want %s", tt.l, got, err, tt.want)
		}
	}
}

func TestListsOfManyObjects(t *testing.T) {
	b := newBench(t)
	for i := range 1100 { // more than are read at once
		b.put(fmt.Sprintf("dir/%04d", i), "x")
	}
	b.put("e", "x")
	if list, pages := b.all(t, bucket.Listing{Max: 1000}); len(list) != 1101 || pages != 2 {
		t.Errorf("%d keys on %d pages", len(list), pages)
	}
	if list, _ := b.all(t, bucket.Listing{Max: 1000, Delimiter: "/"}); fmt.Sprint(list) != "[dir/ e]" {
		t.Errorf("%v", list)
	}
}

func TestVersionsAreListedNewestFirst(t *testing.T) {
	b := newBench(t)
	b.put("a", "null")
	b.versioned(bucket.Enabled)
	first, second := b.put("a", "1"), b.put("a", "2")
	marker := b.delete("a", "")
	other := b.put("b", "1")
	want := []string{marker.Version + " true", second.Version + " false", first.Version + " false", "null false", other.Version + " true"}
	for size := 1; size <= 6; size++ {
		l, got := bucket.Listing{Max: size}, []string(nil)
		for {
			page, err := b.ListVersions(t.Context(), home, l)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range page.Entries {
				got = append(got, fmt.Sprint(v.Version, " ", v.Newest))
			}
			if !page.Truncated {
				break
			}
			l.After, l.Version = page.Next, page.NextVersion
		}
		if !slices.Equal(got, want) {
			t.Errorf("pages of %d show %v, want %v", size, got, want)
		}
	}
}
