package demo

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

func TestOnlyTheEndOfTheContextIsNoError(t *testing.T) {
	ended, end := context.WithCancel(t.Context())
	end()
	broken := errors.New("the disk is full")
	for name, tt := range map[string]struct {
		ctx       context.Context
		err, want error
	}{
		"nothing":                      {t.Context(), nil, nil},
		"something broke":              {t.Context(), broken, broken},
		"something else was given up":  {t.Context(), context.Canceled, context.Canceled},
		"the context ended":            {ended, fmt.Errorf("ask: %w", context.Canceled), nil},
		"something broke after it did": {ended, broken, broken},
	} {
		if got := unlessEnded(tt.ctx, tt.err); got != tt.want { //nolint:errorlint // that very error
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}
