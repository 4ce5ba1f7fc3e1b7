package layer_test

import (
	"fmt"
	"slices"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/layer"
)

func TestVersionsAreListedNewestFirst(t *testing.T) {
	b := newBench(t)
	for range 3 {
		b.publish(t, id("l"))
	}
	if err := b.Delete(t.Context(), here, id("l"), 2); err != nil {
		t.Fatal(err)
	}
	found, next, err := b.Versions(t.Context(), here, id("l"), layer.Filter{}, function.Page{Limit: 2})
	if err != nil || next != nil {
		t.Errorf("next %v, %v", next, err)
	}
	wantNumbers(t, "versions", found, "l:3", "l:1")
	found, _, err = b.Versions(t.Context(), here, id("none"), layer.Filter{}, function.Page{})
	if err != nil || len(found) > 0 {
		t.Errorf("no layer has the versions %v, %v", found, err)
	}
	_, _, err = b.Versions(t.Context(), there, id("l"), layer.Filter{}, function.Page{})
	wantFault(t, err, fault.Denied, "layer", "")
}

// More versions than a search reads at once, of which every third is wanted.
func TestPagesOfVersionsLeaveNoneOut(t *testing.T) {
	b := newBench(t)
	var want []string
	for i := 1; i <= 130; i++ {
		runtime := "nodejs22.x"
		if i%3 == 0 {
			runtime = "python3.12"
			want = append(want, fmt.Sprintf("l:%d", i))
		}
		b.publish(t, id("l"), runtimes(runtime))
	}
	slices.Reverse(want)
	for _, limit := range []int{1, 7, 43, 44, 0} {
		var all []*layer.Version
		page := function.Page{Limit: limit}
		for {
			found, next, err := b.Versions(t.Context(), here, id("l"), layer.Filter{Runtime: "python3.12"}, page)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, found...)
			if next == nil {
				break
			}
			page.After = *next
		}
		wantNumbers(t, fmt.Sprintf("pages of %d", limit), all, want...)
	}
}

func TestFilters(t *testing.T) {
	b := newBench(t)
	b.publish(t, id("a"), runtimes("python3.12", "python3.13"))
	b.publish(t, id("a"), runtimes("python3.13"), func(p *layer.Publication) { p.Architectures = []string{"arm64"} })
	b.publish(t, id("b"), func(p *layer.Publication) { p.Architectures = []string{"x86_64", "arm64"} })
	b.publish(t, layer.ID{Scope: away, Name: "c"})
	gone := b.publish(t, id("d"))
	if err := b.Delete(t.Context(), here, gone.Layer, gone.Number); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		filter layer.Filter
		want   []string
	}{
		{layer.Filter{}, []string{"a:2", "b:1"}},
		{layer.Filter{Runtime: "python3.12"}, []string{"a:1"}},
		{layer.Filter{Runtime: "python3.13"}, []string{"a:2"}},
		{layer.Filter{Architecture: "arm64"}, []string{"a:2", "b:1"}},
		{layer.Filter{Architecture: "x86_64"}, []string{"b:1"}},
		{layer.Filter{Runtime: "python3.12", Architecture: "arm64"}, nil},
	} {
		found, next, err := b.Layers(t.Context(), here, tt.filter, function.Page{Limit: 2})
		if err != nil || next != nil {
			t.Errorf("%+v: next %v, %v", tt.filter, next, err)
		}
		wantNumbers(t, fmt.Sprintf("%+v", tt.filter), found, tt.want...)
	}
}

func TestPagesOfLayersLeaveNoneOut(t *testing.T) {
	b := newBench(t)
	var want []string
	for i := range 120 {
		name := fmt.Sprintf("l%03d", i)
		if i%4 == 0 {
			want = append(want, name+":1")
			b.publish(t, id(name), runtimes("python3.12"))
		} else {
			b.publish(t, id(name))
		}
	}
	for _, limit := range []int{1, 7, 29, 30, 0} {
		var all []*layer.Version
		page := function.Page{Limit: limit}
		for {
			found, next, err := b.Layers(t.Context(), here, layer.Filter{Runtime: "python3.12"}, page)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, found...)
			if next == nil {
				break
			}
			page.After = *next
		}
		wantNumbers(t, fmt.Sprintf("pages of %d", limit), all, want...)
	}
}
