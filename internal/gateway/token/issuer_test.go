package token

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// authority issues tokens.
type authority struct {
	*httptest.Server
	key   *rsa.PrivateKey
	asked int // how often for its keys
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	a := &authority{key: key}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]any{"issuer": a.URL, "jwks_uri": a.URL + "/keys"})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		a.asked++
		_ = json.NewEncoder(w).Encode(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
	})
	a.Server = httptest.NewServer(mux)
	t.Cleanup(a.Close)
	return a
}

// issue signs claims. Those that every token has may be given otherwise.
func (a *authority) issue(t *testing.T, key any, algorithm jose.SignatureAlgorithm, claims map[string]any) string {
	t.Helper()
	all := map[string]any{"iss": a.URL, "exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix(), "aud": "app"}
	for name, value := range claims {
		all[name] = value
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: key}, (&jose.SignerOptions{}).WithHeader("kid", "k"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := signer.Sign(text)
	if err != nil {
		t.Fatal(err)
	}
	token, err := signed.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestClaimsAreThoseOfTheToken(t *testing.T) {
	a, issuers := newAuthority(t), NewIssuers()
	for range 3 {
		claims, err := issuers.Claims(t.Context(), a.URL, a.issue(t, a.key, jose.RS256, map[string]any{"sub": "ann", "scope": "read write"}))
		if err != nil || claims["sub"] != "ann" || claims["scope"] != "read write" {
			t.Fatalf("%v, %v", claims, err)
		}
	}
	if a.asked != 1 {
		t.Errorf("the issuer was asked for its keys %d times", a.asked)
	}
}

func TestTokensThatProveNothing(t *testing.T) {
	a, stranger, issuers := newAuthority(t), newAuthority(t), NewIssuers()
	hour := time.Now().Add(time.Hour).Unix()
	for name, tt := range map[string]struct{ token, want string }{
		"of another issuer":       {a.issue(t, a.key, jose.RS256, map[string]any{"iss": stranger.URL}), "issued by a different provider"},
		"signed by somebody else": {a.issue(t, stranger.key, jose.RS256, nil), "failed to verify signature"},
		"with another algorithm":  {a.issue(t, []byte(strings.Repeat("k", 32)), jose.HS256, nil), "algorithm"},
		"that has ended":          {a.issue(t, a.key, jose.RS256, map[string]any{"exp": time.Now().Add(-time.Hour).Unix()}), "expired"},
		"that has not begun":      {a.issue(t, a.key, jose.RS256, map[string]any{"nbf": hour}), "nbf"},
		"that is none":            {"abc", "malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			if claims, err := issuers.Claims(t.Context(), a.URL, tt.token); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, %v; want %s", claims, err, tt.want)
			}
		})
	}
	t.Run("of an issuer that is not there", func(t *testing.T) {
		a.Close()
		if _, err := NewIssuers().Claims(t.Context(), a.URL, "x"); err == nil || !strings.Contains(err.Error(), "ask "+a.URL) {
			t.Errorf("%v", err)
		}
	})
}

func TestIssuersThatTalkTooMuch(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for range 2 * longest / 1024 {
			_, _ = w.Write([]byte(strings.Repeat(" ", 1024)))
		}
		_, _ = w.Write([]byte(`{"issuer":"x"}`))
	}))
	t.Cleanup(s.Close)
	if _, err := NewIssuers().Claims(t.Context(), s.URL, "x"); err == nil || !strings.Contains(err.Error(), "unexpected end of JSON input") {
		t.Errorf("%v", err)
	}
}
