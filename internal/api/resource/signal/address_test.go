package signal_test

import (
	"strings"
	"testing"

	"sluice/internal/api/resource/signal"
)

func TestAddresses(t *testing.T) {
	a := signal.New(server, "secret", kept{})
	url := a.URL(token)
	if !strings.HasPrefix(url, server+signal.Path) || url != a.URL(token) {
		t.Errorf("the address is %s", url)
	}
	condition := a.ConditionURL(token, handle)
	if a.Token(condition) == token || !strings.HasSuffix(a.Token(condition), token) {
		t.Errorf("the token of a condition's address is %s", a.Token(condition))
	}
	if signal.Handle(condition) != handle || signal.Handle(url) != "" {
		t.Errorf("the handles are %q and %q", signal.Handle(condition), signal.Handle(url))
	}
	for name, tt := range map[string]struct{ url, token string }{
		"its own":           {url, token},
		"its path alone":    {strings.TrimPrefix(url, server), token},
		"no address":        {"", ""},
		"another path":      {strings.Replace(url, "signals", "other", 1), ""},
		"another token":     {strings.Replace(url, token, "x", 1), ""},
		"a cut signature":   {url[:len(url)-1], ""},
		"another server's":  {signal.New("http://elsewhere", "secret", kept{}).URL(token), token},
		"of another secret": {signal.New(server, "other", kept{}).URL(token), ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := a.Token(tt.url); got != tt.token {
				t.Errorf("the token is %q, want %q", got, tt.token)
			}
		})
	}
}
