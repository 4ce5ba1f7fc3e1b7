package comparison_test

import (
	"encoding/json"
	"testing"
	"time"

	"sluice/internal/comparison"
)

func TestBin(t *testing.T) {
	for _, tt := range []struct {
		d    time.Duration
		want int
	}{
		{-time.Second, 0},
		{0, 0},
		{100 * time.Microsecond, 0},
		{101 * time.Microsecond, 1},
		{200 * time.Microsecond, 15},
		{201 * time.Microsecond, 16},
		{100 * time.Hour, comparison.Bins - 1},
	} {
		if got := comparison.Bin(tt.d); got != tt.want {
			t.Errorf("Bin(%v) = %d, want %d", tt.d, got, tt.want)
		}
	}
}

func TestBinsAreNarrowUpToTheLongestCall(t *testing.T) {
	longest := 15 * time.Minute
	last := 0
	for d := 100 * time.Microsecond; d < longest; d += d / 20 {
		bin := comparison.Bin(d)
		if bin < last || bin == comparison.Bins-1 {
			t.Fatalf("Bin(%v) = %d after %d", d, bin, last)
		}
		var one comparison.Durations
		one.Add(d)
		if edge := one.Quantile(1); edge < d-1 || float64(edge) > 1.05*float64(d) {
			t.Fatalf("%v is in a bin that ends at %v", d, edge)
		}
		last = bin
	}
}

func TestQuantile(t *testing.T) {
	var d comparison.Durations
	if got := d.Quantile(0.5); got != 0 {
		t.Errorf("of nothing: %v", got)
	}
	for ms := 1; ms <= 100; ms++ {
		d.Add(time.Duration(ms) * time.Millisecond)
	}
	for _, tt := range []struct {
		q    float64
		want time.Duration
	}{{0.01, time.Millisecond}, {0.5, 50 * time.Millisecond}, {0.9, 90 * time.Millisecond}, {1, 100 * time.Millisecond}} {
		if got := d.Quantile(tt.q); got < tt.want || float64(got) > 1.05*float64(tt.want) {
			t.Errorf("Quantile(%v) = %v, want %v", tt.q, got, tt.want)
		}
	}
}

func TestDurationsAsJSON(t *testing.T) {
	for _, tt := range []struct {
		name string
		add  []time.Duration
		want string
	}{
		{"empty", nil, `[]`},
		{"the first bin", []time.Duration{0}, `[0,1]`},
		{"a gap", []time.Duration{200 * time.Microsecond, 200 * time.Microsecond, 215 * time.Microsecond}, `[15,2,0,1]`},
		{"the last bin", []time.Duration{time.Hour}, `[351,1]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var d, read comparison.Durations
			for _, each := range tt.add {
				d.Add(each)
			}
			text, err := json.Marshal(d)
			if err != nil || string(text) != tt.want {
				t.Fatalf("Marshal = %s, %v, want %s", text, err, tt.want)
			}
			read.Add(time.Minute) // must go
			if err := json.Unmarshal(text, &read); err != nil || read != d {
				t.Errorf("Unmarshal: %v, %v", err, read)
			}
		})
	}
}

func TestDurationsRefuseOtherJSON(t *testing.T) {
	for _, text := range []string{`{}`, `[-1,5]`, `[352,1]`, `[351,1,1]`, `["a"]`} {
		var d comparison.Durations
		if err := json.Unmarshal([]byte(text), &d); err == nil {
			t.Errorf("%s was read", text)
		}
	}
}
