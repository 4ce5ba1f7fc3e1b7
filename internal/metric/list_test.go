package metric_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"sluice/internal/function"
	"sluice/internal/metric"
)

// names lists metric names, two a page.
func names(t *testing.T, s *metric.Service, f metric.Filter) (all []string) {
	t.Helper()
	f.Scope, f.Limit = scope, 2
	for {
		ids, next, err := s.List(t.Context(), f)
		if err != nil || len(ids) > 2 {
			t.Fatalf("List = %v, %v", ids, err)
		}
		for _, id := range ids {
			all = append(all, fmt.Sprint(id.Namespace, "/", id.Name, len(id.Dimensions)))
		}
		if next == "" {
			return all
		}
		f.After = next
	}
}

func TestList(t *testing.T) {
	s := metric.NewService(metric.Config{})
	old, now := time.Now().Add(-4*time.Hour), time.Now()
	one, two := metric.Dimension{Name: "host", Value: "one"}, metric.Dimension{Name: "host", Value: "two"}
	disk := metric.Dimension{Name: "disk", Value: "a"}
	put(t, s, value(name("cpu"), now, 1), value(name("mem", one), now, 1), value(name("io", two, disk), old, 1), value(name("io", two), now, 1))
	other, elsewhere := value(name("cpu"), now, 1), value(name("cpu"), now, 1)
	other.Namespace, elsewhere.Scope = "zoo", function.Scope{Account: "1", Region: "us-east-1"}
	put(t, s, other, elsewhere)
	for _, tt := range []struct {
		what   string
		filter metric.Filter
		want   []string
	}{
		{"all of a scope", metric.Filter{}, []string{"app/cpu0", "app/io2", "app/io1", "app/mem1", "zoo/cpu0"}},
		{"a namespace", metric.Filter{Namespace: "zoo"}, []string{"zoo/cpu0"}},
		{"a name", metric.Filter{Name: "cpu"}, []string{"app/cpu0", "zoo/cpu0"}},
		{"a dimension", metric.Filter{Dimensions: []metric.DimensionFilter{{Name: "host", Any: true}}}, []string{"app/io2", "app/io1", "app/mem1"}},
		{"a dimension's value", metric.Filter{Dimensions: []metric.DimensionFilter{{Name: "host", Value: "two"}}}, []string{"app/io2", "app/io1"}},
		{"two dimensions", metric.Filter{Dimensions: []metric.DimensionFilter{{Name: "host", Value: "two"}, {Name: "disk", Any: true}}}, []string{"app/io2"}},
		{"an empty value", metric.Filter{Dimensions: []metric.DimensionFilter{{Name: "host"}}}, nil},
		{"what is active", metric.Filter{Active: 3 * time.Hour, Name: "io"}, []string{"app/io1"}},
		{"nothing", metric.Filter{Namespace: "none"}, nil},
	} {
		if got := names(t, s, tt.filter); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.what, got, tt.want)
		}
	}
}

func TestDimensionsAreListedInTheOrderInWhichTheyCame(t *testing.T) {
	s := metric.NewService(metric.Config{})
	came := []metric.Dimension{{Name: "z", Value: "1"}, {Name: "a", Value: "2"}}
	put(t, s, value(name("m", came...), time.Now(), 1))
	put(t, s, value(name("m", came[1], came[0]), time.Now(), 1))
	ids, _, err := s.List(t.Context(), metric.Filter{Scope: scope})
	if err != nil || len(ids) != 1 || !slices.Equal(ids[0].Dimensions, came) {
		t.Errorf("List = %v, %v", ids, err)
	}
}
