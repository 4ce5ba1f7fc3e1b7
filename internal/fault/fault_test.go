package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"sluice/internal/fault"
)

func TestOfFindsTheErrorInAChain(t *testing.T) {
	inner := fault.Errorf(fault.NotFound, "alias", "no alias %q", "live")
	got := fault.Of(fmt.Errorf("resolve: %w", inner))
	if got != inner {
		t.Errorf("Of = %#v, want the inner error", got)
	}
}

func TestOfTreatsUnknownErrorsAsInternal(t *testing.T) {
	if got := fault.Of(io.EOF); got.Kind != fault.Internal || !errors.Is(got, io.EOF) {
		t.Errorf("Of(io.EOF) = %#v", got)
	}
}

func TestErrorfKeepsTheCause(t *testing.T) {
	err := fault.Errorf(fault.Invalid, "package", "read it: %w", io.ErrUnexpectedEOF)
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v does not wrap its cause", err)
	}
}

func TestIs(t *testing.T) {
	err := fmt.Errorf("x: %w", fault.Errorf(fault.Conflict, "alias", "taken"))
	for _, tt := range []struct {
		kind fault.Kind
		noun string
		want bool
	}{
		{fault.Conflict, "alias", true},
		{fault.Conflict, "", true},
		{fault.Conflict, "function", false},
		{fault.NotFound, "alias", false},
	} {
		if got := fault.Is(err, tt.kind, tt.noun); got != tt.want {
			t.Errorf("Is(%v, %q) = %v, want %v", tt.kind, tt.noun, got, tt.want)
		}
	}
}

func ExampleErrorf() {
	err := fault.Errorf(fault.NotFound, "alias", "function %q has no alias %q", "calculator", "LIVE")
	fmt.Println(err.Kind, "/", err.Noun, "/", err)
	// Output: not found / alias / function "calculator" has no alias "LIVE"
}
