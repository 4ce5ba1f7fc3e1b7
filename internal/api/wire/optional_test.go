package wire_test

import (
	"testing"

	"sluice/internal/api/wire"
)

func TestValue(t *testing.T) {
	if got := wire.Value(new("said")); got != "said" {
		t.Errorf("a member that is there is %q", got)
	}
	if got := wire.Value[int64](nil); got != 0 {
		t.Errorf("a member that is left out is %d", got)
	}
}
