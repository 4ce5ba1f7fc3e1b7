package wire_test

import (
	"io"
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

func TestOptional(t *testing.T) {
	if got := wire.Optional("said"); got == nil || *got != "said" {
		t.Errorf("a member that is there is %v", got)
	}
	if text, truth := wire.Optional(""), wire.Optional(false); text != nil || truth != nil {
		t.Errorf("members without values are %v and %v", text, truth)
	}
}

func TestSet(t *testing.T) {
	value := 1
	if wire.Set(&value, nil); value != 1 {
		t.Errorf("a member that was left out set %d", value)
	}
	if wire.Set(&value, new(0)); value != 0 {
		t.Errorf("a member that was given left %d", value)
	}
}

func TestAnswer(t *testing.T) {
	length := func(s string) *int { return new(len(s)) }
	if got, err := wire.Answer("four", nil, length); err != nil || *got != 4 {
		t.Errorf("what was found is %v, %v", got, err)
	}
	if got, err := wire.Answer("four", io.EOF, length); err != io.EOF || got != nil {
		t.Errorf("what failed is %v, %v", got, err)
	}
}
