package expression

import (
	"context"
	"math"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// of makes a series of values at the times 1, 2, 3 and so on; those that are no numbers are missing.
func of(values ...float64) series {
	s := series{period: time.Microsecond}
	for i, v := range values {
		s.add(int64(i+1), v)
	}
	return s
}

var none = math.NaN()

func TestAddDropsWhatIsNoNumber(t *testing.T) {
	s := of(1, none, math.Inf(1), math.Inf(-1), 5)
	if want := []point{{1, 1}, {5, 5}}; !reflect.DeepEqual(s.points, want) {
		t.Errorf("points %v, want %v", s.points, want)
	}
}

func TestCursorFindsWhatIsThere(t *testing.T) {
	c := of(10, none, 30).cursor()
	for _, tt := range []struct {
		at    int64
		value float64
		found bool
	}{{0, 0, false}, {1, 10, true}, {1, 10, true}, {2, 0, false}, {3, 30, true}, {4, 0, false}} {
		if v, found := c.at(tt.at); v != tt.value || found != tt.found {
			t.Errorf("at(%d) = %v, %v, want %v, %v", tt.at, v, found, tt.value, tt.found)
		}
	}
}

func TestUnion(t *testing.T) {
	if got, want := union(of(1, none, 3), of(none, 2, 3), of()), []int64{1, 2, 3}; !reflect.DeepEqual(got, want) {
		t.Errorf("union = %v, want %v", got, want)
	}
}

func TestShorter(t *testing.T) {
	for _, tt := range [][3]time.Duration{{0, 0, 0}, {0, 2, 2}, {2, 0, 2}, {2, 3, 2}, {3, 2, 2}} {
		if got := shorter(tt[0], tt[1]); got != tt[2] {
			t.Errorf("shorter(%d, %d) = %d, want %d", tt[0], tt[1], got, tt[2])
		}
	}
}

// A tally adds up in one pass what a textbook computes in two.
func TestTallyAgreesWithTheTextbook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 1, 50).Draw(t, "values")
		var got tally
		total := 0.0
		for _, v := range values {
			got.add(v)
			total += v
		}
		mean := total / float64(len(values))
		squares := 0.0
		for _, v := range values {
			squares += (v - mean) * (v - mean)
		}
		want := math.Sqrt(squares / float64(len(values)))
		if d := deviation(got, len(values)); math.Abs(d-want) > 1e-6*(1+want) {
			t.Errorf("the deviation is %v, want %v", d, want)
		}
		if a := average(got, len(values)); math.Abs(a-mean) > 1e-9*(1+math.Abs(mean)) {
			t.Errorf("the average is %v, want %v", a, mean)
		}
	})
}

func TestGridCoversTheRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.Int64Range(-1e12, 1e12).Draw(t, "from")
		length := rapid.Int64Range(0, 1e6).Draw(t, "length")
		step := rapid.Int64Range(1, 1e5).Draw(t, "step")
		sliding := rapid.Bool().Draw(t, "sliding")
		e := newEvaluation(context.Background(), Data{From: time.UnixMicro(from), To: time.UnixMicro(from + length), Sliding: sliding})
		times := e.grid(time.Duration(step) * time.Microsecond)
		if (len(times) == 0) != (length == 0) {
			t.Fatalf("%d periods in %d", len(times), length)
		}
		for i, at := range times {
			switch {
			case i == 0 && (at > from || from-at >= step || sliding && at != from || !sliding && at%step != 0):
				t.Fatalf("the first period of %d from %d begins at %d", step, from, at)
			case i > 0 && at != times[i-1]+step:
				t.Fatalf("%d follows %d", at, times[i-1])
			case at >= from+length:
				t.Fatalf("a period begins at %d, behind the end %d", at, from+length)
			}
		}
		if n := len(times); n > 0 && times[n-1]+step < from+length {
			t.Fatalf("the last period ends at %d, before %d", times[n-1]+step, from+length)
		}
	})
}
