package clock_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"sluice/internal/clock"
)

func TestHere(t *testing.T) {
	for _, tt := range []struct {
		scale       clock.Scale
		cloud, want time.Duration
	}{
		{0, time.Minute, time.Minute},
		{1, time.Minute, time.Minute},
		{60, 10 * time.Minute, 10 * time.Second},
		{0.5, time.Second, 2 * time.Second},
	} {
		if got := tt.scale.Here(tt.cloud); got != tt.want {
			t.Errorf("Scale(%v).Here(%v) = %v, want %v", tt.scale, tt.cloud, got, tt.want)
		}
		if back := tt.scale.Cloud(tt.want); back != tt.cloud {
			t.Errorf("Scale(%v).Cloud(%v) = %v, want %v", tt.scale, tt.want, back, tt.cloud)
		}
	}
}

func TestValidate(t *testing.T) {
	for scale, ok := range map[clock.Scale]bool{
		0: true, 1: true, 0.001: true, 100_000: true,
		-1: false, 0.0001: false, 100_001: false, clock.Scale(math.Inf(1)): false, clock.Scale(math.NaN()): false,
	} {
		if err := scale.Validate(); (err == nil) != ok {
			t.Errorf("Scale(%v).Validate() = %v", scale, err)
		}
	}
}

func ExampleScale_Here() {
	fmt.Println(clock.Scale(60).Here(5 * time.Minute))
	// Output: 5s
}
