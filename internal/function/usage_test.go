package function_test

import (
	"testing"

	"sluice/internal/function"
)

func (b *bench) wantUsage(t *testing.T, want function.Usage) {
	t.Helper()
	if got, err := b.Usage(t.Context(), b.id.Scope); err != nil || got != want {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
}

func TestUsageOfAScopeWithoutFunctions(t *testing.T) {
	newBench(t).wantUsage(t, function.Usage{Unreserved: function.AccountConcurrency})
}

// Each version's package counts, and $LATEST's.
func TestUsageCountsFunctionsAndTheirCode(t *testing.T) {
	b := newBench(t)
	b.release(t, "12345")
	b.release(t, "123")
	b.other(t, "other")
	b.wantUsage(t, function.Usage{Functions: 2, CodeSize: 5 + 3 + 3, Unreserved: 1000})
	if err := b.DeleteVersion(t.Context(), b.id, 1); err != nil {
		t.Fatal(err)
	}
	b.wantUsage(t, function.Usage{Functions: 2, CodeSize: 3 + 3, Unreserved: 1000})
}

func TestUsageIsThatOfOneScope(t *testing.T) {
	b := newBench(t)
	b.release(t, "code")
	b.reserve(t, 10)
	b.id.Region = "eu-central-1"
	b.wantUsage(t, function.Usage{Unreserved: 1000})
}

func TestUsageLeavesOutWhatIsClaimed(t *testing.T) {
	b := newBench(t)
	b.release(t, "1")
	other := b.other(t, "other")
	b.provision(t, "1", 20)
	b.wantUsage(t, function.Usage{Functions: 2, CodeSize: 2, Unreserved: 980})
	b.reserve(t, 30) // of which 20 are provisioned
	b.wantUsage(t, function.Usage{Functions: 2, CodeSize: 2, Unreserved: 970})
	if err := b.Reserve(t.Context(), other, 5); err != nil {
		t.Fatal(err)
	}
	b.wantUsage(t, function.Usage{Functions: 2, CodeSize: 2, Unreserved: 965})
	if err := b.Delete(t.Context(), b.id); err != nil {
		t.Fatal(err)
	}
	b.wantUsage(t, function.Usage{Functions: 1, Unreserved: 995})
}
