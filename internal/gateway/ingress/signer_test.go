package ingress_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"sluice/internal/api/wire/sigv4"
	"sluice/internal/gateway/gatewaytest"
	"sluice/internal/gateway/ingress"
)

const owner, root = gatewaytest.Owner, "arn:aws:iam::" + gatewaytest.Owner + ":root"

// signed is a request to a listener's path, as a server sees it.
func signed(t *testing.T, b *gatewaytest.Backend, body string) *http.Request {
	t.Helper()
	r := gatewaytest.Signed(t, b.Key("h", owner, root, ""), "lambda", "POST", "/a", body)
	r.RequestURI, r.Host = "/a", "h"
	return r
}

func free(*sigv4.Signature) error { return nil }

func TestSigners(t *testing.T) {
	elsewhere := errors.New("for something else")
	for _, tt := range []struct {
		name   string
		change func(b *gatewaytest.Backend, r *http.Request)
		scoped func(*sigv4.Signature) error
		reason sigv4.Reason // of the error, if other is nil
		other  error
		read   bool // whether the body was taken
	}{
		{"without a signature", func(_ *gatewaytest.Backend, r *http.Request) { r.Header.Del("Authorization") }, free, sigv4.Missing, nil, false},
		{"for something else", func(*gatewaytest.Backend, *http.Request) {}, func(*sigv4.Signature) error { return elsewhere }, 0, elsewhere, false},
		{"with an unknown key", func(b *gatewaytest.Backend, _ *http.Request) { clear(b.Keys) }, free, sigv4.UnknownKey, nil, false},
		{"with too long a body", func(_ *gatewaytest.Backend, r *http.Request) { r.Body, r.ContentLength = http.NoBody, 1<<40 }, free, 0, ingress.ErrTooLong, false},
		{"of another request", func(_ *gatewaytest.Backend, r *http.Request) { r.RequestURI = "/b"; r.URL.Path = "/b" }, free, sigv4.Mismatch, nil, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := gatewaytest.NewBackend("")
			r := signed(t, b, "body")
			tt.change(b, r)
			x := ingress.NewExchange(httptest.NewRecorder(), r, limit, 0)
			_, err := x.Signer(b.Config().Verifier, tt.scoped)
			if tt.other != nil {
				if !errors.Is(err, tt.other) {
					t.Errorf("%v, want %v", err, tt.other)
				}
			} else if failed, ok := errors.AsType[*sigv4.Error](err); !ok || failed.Reason != tt.reason {
				t.Errorf("%v, want the reason %v", err, tt.reason)
			}
			if (string(x.Body) == "body") != tt.read {
				t.Errorf("the body %q was read", x.Body)
			}
		})
	}
}

func TestASignerIsKnown(t *testing.T) {
	b := gatewaytest.NewBackend("")
	x := ingress.NewExchange(httptest.NewRecorder(), signed(t, b, "body"), limit, 0)
	who, err := x.Signer(b.Config().Verifier, func(s *sigv4.Signature) error {
		if s.Service != "lambda" || s.Region == "" {
			t.Errorf("the signature is for %s in %s", s.Service, s.Region)
		}
		return nil
	})
	if err != nil || who.ARN != root || who.Account != owner || string(x.Body) != "body" {
		t.Errorf("%v, %v, %q", who, err, x.Body)
	}
}

func TestCallersAsFunctionsSeeThem(t *testing.T) {
	for arn, id := range map[string]string{root: owner, "arn:aws:sts::" + owner + ":assumed-role/r/s": "AKIA1", "arn:aws:iam::" + owner + ":user/root": "AKIA1"} {
		got := ingress.Caller(&sigv4.Identity{AccessKeyID: "AKIA1", Account: owner, ARN: arn})
		if got.UserID != id || got.CallerID != id || got.AccessKey != "AKIA1" || got.AccountID != owner || got.UserARN != arn {
			t.Errorf("%s is shown as %+v", arn, got)
		}
	}
}

func TestNamesOfSignatureErrors(t *testing.T) {
	for reason, want := range map[sigv4.Reason]string{
		sigv4.Incomplete: "IncompleteSignatureException", sigv4.UnknownKey: "UnrecognizedClientException", sigv4.EndedToken: "ExpiredTokenException",
		sigv4.Mismatch: "InvalidSignatureException", sigv4.Skewed: "InvalidSignatureException",
	} {
		if got := ingress.SignatureError(reason); got != want {
			t.Errorf("%v is %s, want %s", reason, got, want)
		}
	}
}
