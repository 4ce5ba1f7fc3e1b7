package tokenbucket_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"sluice/internal/tokenbucket"
)

var start = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// taken counts how many of ten requests at one moment get a token.
func taken(s *tokenbucket.Buckets[string], key string, l tokenbucket.Limit, after time.Duration) (count int) {
	for range 10 {
		if s.Take(key, l, start.Add(after)) {
			count++
		}
	}
	return count
}

func TestTake(t *testing.T) {
	none := math.Inf(1)
	for _, tt := range []struct {
		name             string
		limit            tokenbucket.Limit
		first, afterASec int // of ten requests each
	}{
		{"a full bucket", tokenbucket.Limit{Burst: 3, Rate: 2}, 3, 2},
		{"no more than a burst is gained", tokenbucket.Limit{Burst: 3, Rate: 100}, 3, 3},
		{"parts of tokens", tokenbucket.Limit{Burst: 3, Rate: 0.5}, 3, 0},
		{"no rate", tokenbucket.Limit{Burst: 3}, 3, 0},
		{"nothing", tokenbucket.Limit{}, 0, 0},
		{"without a bound", tokenbucket.Limit{Burst: none, Rate: none}, 10, 10},
		{"a rate alone", tokenbucket.Limit{Burst: none, Rate: 4}, 4, 4},
		{"a rate below one", tokenbucket.Limit{Burst: none, Rate: 0.5}, 1, 0},
		{"a burst alone", tokenbucket.Limit{Burst: 4, Rate: none}, 10, 10},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := tokenbucket.New[string]()
			first, later := taken(s, "k", tt.limit, 0), taken(s, "k", tt.limit, time.Second)
			if first != tt.first || later != tt.afterASec {
				t.Errorf("%d and a second later %d requests, want %d and %d", first, later, tt.first, tt.afterASec)
			}
		})
	}
}

func TestEachKeyHasABucket(t *testing.T) {
	s, l := tokenbucket.New[string](), tokenbucket.Limit{Burst: 2, Rate: 1}
	if a, b := taken(s, "a", l, 0), taken(s, "b", l, 0); a != 2 || b != 2 {
		t.Errorf("%d and %d requests, want 2 each", a, b)
	}
}

// A limit that changes counts from the next request on.
func TestALimitMayChange(t *testing.T) {
	s := tokenbucket.New[string]()
	taken(s, "k", tokenbucket.Limit{Burst: 5, Rate: 1}, 0)
	if got := taken(s, "k", tokenbucket.Limit{Burst: 1, Rate: 100}, time.Second); got != 1 {
		t.Errorf("%d requests under the lower limit, want 1", got)
	}
}

func ExampleBuckets_Take() {
	s, l := tokenbucket.New[string](), tokenbucket.Limit{Burst: 1, Rate: 1}
	now := time.Now()
	fmt.Println(s.Take("GET /pets", l, now), s.Take("GET /pets", l, now), s.Take("GET /pets", l, now.Add(time.Second)))
	// Output: true false true
}
