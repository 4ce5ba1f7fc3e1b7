// Package token reads JSON Web Tokens that callers of HTTP APIs show: it asks their issuer for his keys (OpenID Connect Discovery), and
// checks signature and time.
//
// What a token has to say to open a route does not belong here. Called by internal/gateway/httpapi.
package token

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

// AWS keeps an issuer's keys for two hours (its page "Control access to HTTP APIs with JWT authorizers in API Gateway"); a key that
// is not among them is asked for at once. patience is for how long an issuer is waited for.
const (
	keptFor  = 2 * time.Hour
	patience = 10 * time.Second
	most     = 1000    // issuers that are known at once
	longest  = 1 << 20 // bytes of an issuer's answer
)

// algorithms are those that AWS's page says it supports.
var algorithms = []string{oidc.RS256, oidc.RS384, oidc.RS512}

// Issuers know the keys of those who issue tokens. Their methods may be called by many goroutines at once.
type Issuers struct {
	client *http.Client

	mu    sync.Mutex
	known map[string]*issuer // by URL; guarded by mu
}

type issuer struct {
	verifier *oidc.IDTokenVerifier
	until    time.Time
}

// NewIssuers returns Issuers that know nobody yet.
func NewIssuers() *Issuers {
	return &Issuers{client: &http.Client{Timeout: patience, Transport: bounded{http.DefaultTransport}}, known: map[string]*issuer{}}
}

// Claims returns what a token says that an issuer has signed and that is valid now.
// Errors: the token is not so; the issuer can't be asked.
func (s *Issuers) Claims(ctx context.Context, url, token string) (map[string]any, error) {
	verifier, err := s.find(ctx, url)
	if err != nil {
		return nil, err
	}
	read, err := verifier.Verify(ctx, token)
	if err != nil {
		return nil, err
	}
	var claims map[string]any
	if err := read.Claims(&claims); err != nil {
		return nil, err
	}
	if claims == nil {
		return nil, errors.New("the token says nothing")
	}
	return claims, nil
}

func (s *Issuers) find(ctx context.Context, url string) (*oidc.IDTokenVerifier, error) {
	s.mu.Lock()
	found := s.known[url]
	s.mu.Unlock()
	if found != nil && time.Now().Before(found.until) {
		return found.verifier, nil
	}
	// The keys outlive the request that asked for them first.
	provider, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), s.client), url)
	if err != nil {
		return nil, fmt.Errorf("ask %s for its keys: %w", url, err)
	}
	found = &issuer{
		verifier: provider.Verifier(&oidc.Config{SkipClientIDCheck: true, SupportedSigningAlgs: algorithms}), until: time.Now().Add(keptFor),
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.known) >= most {
		s.known = map[string]*issuer{}
	}
	s.known[url] = found
	return found.verifier, nil
}

// bounded cuts answers that are too long: issuers are anybody's.
type bounded struct{ http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	answer.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(answer.Body, longest), answer.Body}
	return answer, nil
}
