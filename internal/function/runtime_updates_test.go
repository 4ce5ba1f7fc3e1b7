package function_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

func TestRuntimeUpdatesAreSetForEachVersion(t *testing.T) {
	b := newBench(t)
	b.release(t, "code")
	manual := function.RuntimeUpdates{Qualifier: "1", Mode: "Manual", ARN: "arn:aws:lambda:us-east-1::runtime:x"}
	if err := b.SetRuntimeUpdates(t.Context(), b.id, manual); err != nil {
		t.Fatal(err)
	}
	if err := b.SetRuntimeUpdates(t.Context(), b.id, function.RuntimeUpdates{Qualifier: "$LATEST", Mode: "FunctionUpdate"}); err != nil {
		t.Fatal(err)
	}
	for qualifier, want := range map[string]function.RuntimeUpdates{"1": manual, "": {Mode: "FunctionUpdate"}, "$LATEST": {Mode: "FunctionUpdate"}} {
		got, err := b.RuntimeUpdates(t.Context(), b.id, qualifier)
		if err != nil || *got != want {
			t.Errorf("%q has %+v, %v; want %+v", qualifier, got, err, want)
		}
	}
}

func TestRuntimeUpdatesAreAutomaticUntilTheyAreSet(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	got, err := b.RuntimeUpdates(t.Context(), b.id, "")
	if err != nil || got.Mode != "Auto" || got.ARN != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestRuntimeUpdatesThatAreRefused(t *testing.T) {
	b := newBench(t)
	b.alias(t, "live")
	for name, tt := range map[string]struct {
		updates function.RuntimeUpdates
		kind    fault.Kind
		noun    string
	}{
		"manual without a build":   {function.RuntimeUpdates{Mode: "Manual"}, fault.Invalid, "runtime"},
		"automatic with a build":   {function.RuntimeUpdates{Mode: "Auto", ARN: "x"}, fault.Invalid, "runtime"},
		"an alias":                 {function.RuntimeUpdates{Mode: "Auto", Qualifier: "live"}, fault.Invalid, "runtime"},
		"a version that is absent": {function.RuntimeUpdates{Mode: "Auto", Qualifier: "9"}, fault.NotFound, "function"},
	} {
		t.Run(name, func(t *testing.T) { wantFault(t, b.SetRuntimeUpdates(t.Context(), b.id, tt.updates), tt.kind, tt.noun) })
	}
}

func TestRecursionIsTerminatedUntilItIsAllowed(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	if got, err := b.Recursion(t.Context(), b.id); got != "Terminate" || err != nil {
		t.Errorf("at first %q, %v", got, err)
	}
	if err := b.SetRecursion(t.Context(), b.id, "Allow"); err != nil {
		t.Fatal(err)
	}
	if got, err := b.Recursion(t.Context(), b.id); got != "Allow" || err != nil {
		t.Errorf("then %q, %v", got, err)
	}
}

func TestRuntimesThatAreRefused(t *testing.T) {
	for runtime, want := range map[string]string{
		"java8": "The runtime parameter of java8 is no longer supported", "python1.0": "Value python1.0 at 'runtime' failed to satisfy constraint",
	} {
		b := newBench(t)
		c := config()
		c.Runtime = runtime
		_, err := b.Create(t.Context(), function.Creation{ID: b.id, Config: c})
		if !fault.Is(err, fault.Invalid, "configuration") || err.Error()[:len(want)] != want {
			t.Errorf("%s: %v", runtime, err)
		}
	}
}
