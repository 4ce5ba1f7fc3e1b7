package comparison_test

import (
	"testing"
	"time"

	"sluice/internal/comparison"
)

// BenchmarkObserve is a look at traffic of which a tenth goes to the target: after each call, and after many.
func BenchmarkObserve(b *testing.B) {
	for name, calls := range map[string]int{"1 call": 1, "100 calls": 100, "10000 calls": 10_000} {
		b.Run(name, func(b *testing.B) {
			var current, target comparison.Counts
			for i := range calls {
				took := time.Duration(50+i%100) * time.Millisecond
				if i%10 == 9 {
					target.Add(took, i%100 == 99)
				} else {
					current.Add(took, i%10 == 5)
				}
			}
			test := observe(comparison.New(comparison.Options{}, slow(100, 80*time.Millisecond)), 20, current, target)
			b.ReportAllocs()
			for b.Loop() {
				test.Observe(current, target)
			}
		})
	}
}
