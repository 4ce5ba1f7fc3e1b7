package function_test

import (
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

const tooLarge = "Function code combined with layers exceeds the maximum allowed size of 262144000 bytes. The actual size is 262144001 bytes."

// The fake packages are as large unzipped as they are.
func TestCodeAndLayersHaveToFitTogether(t *testing.T) {
	for name, tt := range map[string]struct {
		layers  []function.Layer
		refused bool
	}{
		"just":            {layers(262143000, 996), false},
		"a byte too much": {layers(262143000, 997), true},
		"no layers":       {nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			c := config()
			c.Layers = tt.layers
			_, err := b.Create(t.Context(), function.Creation{ID: b.id, Config: c, Package: strings.NewReader("four")})
			wantTooLarge(t, err, tt.refused)
		})
	}
}

func TestUpdatesHaveToFitLayers(t *testing.T) {
	full := function.ConfigChange{Apply: func(c *function.Config) { c.Layers = layers(function.MaxUnzipped - 4) }}
	more := function.ConfigChange{Apply: func(c *function.Config) { c.Layers = layers(function.MaxUnzipped - 3) }}
	b := newBench(t)
	b.release(t, "four")
	_, err := b.UpdateConfig(t.Context(), b.id, more)
	wantTooLarge(t, err, true)
	_, err = b.UpdateConfig(t.Context(), b.id, full)
	wantTooLarge(t, err, false)
	if _, err = b.Publish(t.Context(), b.id, function.Publication{}); err != nil { // settles
		t.Fatal(err)
	}
	_, err = b.UpdateCode(t.Context(), b.id, function.CodeChange{Package: strings.NewReader("fives")})
	wantTooLarge(t, err, true)
}

func wantTooLarge(t *testing.T, err error, refused bool) {
	t.Helper()
	if !refused && err != nil || refused && (!fault.Is(err, fault.Invalid, "package") || err.Error() != tooLarge) {
		t.Errorf("error %v, want too large: %v", err, refused)
	}
}

// layers are layer versions with so many bytes each.
func layers(sizes ...int64) (list []function.Layer) {
	for _, size := range sizes {
		list = append(list, function.Layer{Code: function.Code{Unzipped: size}})
	}
	return list
}
