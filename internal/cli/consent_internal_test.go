package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestOnlyAYesIsAYes(t *testing.T) {
	for _, c := range []struct {
		answer string
		want   error
	}{
		{"y\n", nil},
		{" YES \n", nil},
		{"yes", nil},
		{"\n", errDeclined},
		{"", errDeclined},
		{"n\n", errDeclined},
		{"yesterday\n", errDeclined},
	} {
		var asked bytes.Buffer
		s := &streams{in: strings.NewReader(c.answer), out: &asked}
		if err := s.question(t.Context(), "Deploy?"); !errors.Is(err, c.want) {
			t.Errorf("%q: %v, want %v", c.answer, err, c.want)
		}
		if asked.String() != "Deploy? [y/N] " {
			t.Errorf("asked %q", asked.String())
		}
	}
}

func TestAnInterruptEndsAQuestion(t *testing.T) {
	silent, end := io.Pipe()
	defer end.Close()
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	s := &streams{in: silent, out: io.Discard}
	if err := s.question(ctx, "Deploy?"); exitCode(err) != exitInterrupted {
		t.Errorf("%v", err)
	}
}
