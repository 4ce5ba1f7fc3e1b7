package functionurl

import (
	"context"
	"errors"
	"strings"
	"testing"

	"sluice/internal/function"
	"sluice/internal/functionurl"
	"sluice/internal/gateway/gatewaytest"
	"sluice/internal/policy"
)

// unreadable are resource policies that can't be looked up.
type unreadable struct{}

func (unreadable) Allows(context.Context, function.ID, string, policy.Request) (bool, error) {
	return true, errors.New("no disk")
}

// Whom a URL lets in can't be guessed.
func TestAPolicyThatCanNotBeReadLetsNobodyIn(t *testing.T) {
	f := newFixture(t)
	f.front.config.Permissions = unreadable{}
	f.wantRefusal(t, f.get(t), `500 ServiceException {"Message":"Internal Server Error"}`)
}

func TestBodiesInSignedChunksAreRefused(t *testing.T) {
	f := newFixture(t)
	f.url.Auth = functionurl.AuthIAM
	r := gatewaytest.Signed(t, f.Key(host, owner, root, ""), "lambda", "POST", "/", "text")
	r.Header.Set("X-Amz-Content-Sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
	f.wantRefusal(t, f.Do(t, r), `403 InvalidSignatureException {"message":"A function URL does not take bodies in signed chunks."}`)
}

func TestASignersBodyIsBounded(t *testing.T) {
	f := newFixture(t)
	f.url.Auth = functionurl.AuthIAM
	r := gatewaytest.Signed(t, f.Key(host, owner, root, ""), "lambda", "POST", "/", strings.Repeat("x", function.MaxPayload+1))
	f.wantRefusal(t, f.Do(t, r), tooLargeText)
}

// A stranger's body is not read before he is known.
func TestAnUnknownSignersBodyIsNotWaitedFor(t *testing.T) {
	f := newFixture(t)
	f.url.Auth = functionurl.AuthIAM
	r := gatewaytest.Signed(t, f.Key(host, owner, root, ""), "lambda", "POST", "/", "")
	clear(f.Keys)
	head := "POST / HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 1000000\r\n"
	for name := range r.Header {
		head += name + ": " + r.Header.Get(name) + "\r\n"
	}
	if got := f.Raw(t, head+"\r\n"); !strings.HasPrefix(got, "403 ") || !strings.Contains(got, "security token") {
		t.Error(got)
	}
}

func TestAccountsOfARNs(t *testing.T) {
	for arn, want := range map[string]string{root: owner, "arn:aws:sts::222222222222:assumed-role/r/s:t": "222222222222", "": "", "x": "", "arn:aws:iam::1": ""} {
		if got := accountOf(arn); got != want {
			t.Errorf("%q is of account %q, want %q", arn, got, want)
		}
	}
}
