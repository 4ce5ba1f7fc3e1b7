package lambda

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/internal/account"
	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/client"
	"sluice/internal/fault"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Each row of the error table, as a whole reply. The golden file is what clients see.
func TestErrorReplies(t *testing.T) {
	var got bytes.Buffer
	for _, e := range names.Errors() {
		fmt.Fprintf(&got, "== %s %q\n%s\n", e.Kind, e.Noun, reply(t, e))
	}
	golden := filepath.Join("testdata", "errors.golden")
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || !bytes.Equal(want, got.Bytes()) {
		t.Errorf("%v; the replies are\n%s", err, got.String())
	}
}

func TestAnUnknownNounIsItsKind(t *testing.T) {
	if e := translate(fault.Errorf(fault.Conflict, "whatever", "x")); e.Code != "ResourceConflictException" {
		t.Errorf("error %+v", e)
	}
}

func TestInternalErrorsAreNotTold(t *testing.T) {
	if e := translate(fmt.Errorf("secret")); strings.Contains(e.Message, "secret") || e.Status != 500 || e.Cause == nil {
		t.Errorf("error %+v", e)
	}
}

// reply returns what a client gets if a handler fails: status, the headers that tell of the error, body.
func reply(t *testing.T, failure error) string {
	t.Helper()
	s := wire.NewService(&shape.Model)
	s.Errors = translate
	wire.Handle(s, "DeleteAlias", func(context.Context, *wire.Request, *shape.DeleteAliasRequest) (*apishape.Nothing, error) {
		return nil, failure
	})
	server := wire.NewServer(wire.Config{Logger: slog.New(slog.DiscardHandler), Keys: nobody{}, Anyone: &sigv4.Identity{Account: "000000000000"}}, s)
	c := client.Client{URL: "http://sluice", Key: account.NewKey()}
	r, err := c.Request(t.Context(), "lambda", "DELETE", "/2015-03-31/functions/f/aliases/a", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	return fmt.Sprintf("%d\nX-Amzn-Errortype: %s\nContent-Type: %s\n%s", w.Code, w.Header().Get("X-Amzn-Errortype"), w.Header().Get("Content-Type"), w.Body)
}

type nobody struct{}

func (nobody) Secret(string, string) (sigv4.Identity, bool) { return sigv4.Identity{}, false }
