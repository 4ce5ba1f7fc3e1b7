package codedeploy

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/wire"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/fault"
)

// Each row of the error table, as a whole reply. The golden file is what clients see.
func TestErrorReplies(t *testing.T) {
	var got bytes.Buffer
	for _, e := range fault.Table[string](names).Errors() {
		fmt.Fprintf(&got, "== %s %q\n%s\n", e.Kind, e.Noun, reply(t, e))
	}
	compareGolden(t, "errors", got.Bytes())
}

func TestAnUnknownNounIsItsKind(t *testing.T) {
	if e := names.Error(fault.Errorf(fault.Invalid, "whatever", "x")); e == nil || e.Code != "InvalidInputException" || e.Status != 400 {
		t.Errorf("error %+v", e)
	}
}

func TestInternalErrorsAreNotTold(t *testing.T) {
	for _, err := range []error{errors.New("secret"), fault.Errorf(fault.NotFound, "driver", "secret")} {
		if text := reply(t, err); strings.Contains(text, "secret") || !strings.HasPrefix(text, "500\n") {
			t.Errorf("the reply is %s", text)
		}
	}
}

// reply returns what a client gets if a handler fails.
func reply(t *testing.T, failure error) string {
	t.Helper()
	s := wire.NewService(&shape.Model)
	s.Errors = names.Error
	wire.Handle(s, "DeleteApplication", func(context.Context, *wire.Request, *shape.DeleteApplicationInput) (*apishape.Nothing, error) {
		return nil, failure
	})
	server := wire.NewServer(wire.Config{Logger: slog.New(slog.DiscardHandler), Keys: nobody{}, Anyone: &sigv4.Identity{Account: here.Account}}, s)
	status, body := serve(t, server, "DeleteApplication", []byte(`{"applicationName":"a"}`))
	return fmt.Sprintf("%d\n%s", status, body)
}
