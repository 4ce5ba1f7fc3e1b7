package alarm_test

import (
	"testing"

	"sluice/internal/fault"
)

func wantFault(t testing.TB, err error, kind fault.Kind, noun string) {
	t.Helper()
	if !fault.Is(err, kind, noun) {
		t.Errorf("error %v, want %s %q", err, kind, noun)
	}
}
