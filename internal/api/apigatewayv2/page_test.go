package apigatewayv2

import (
	"fmt"
	"testing"
	"time"

	"sluice/internal/api/wire"
	"sluice/internal/httpapi"
)

func self(s string) string { return s }

// A client that deletes what each page shows gets the pages after it all the same.
func TestAPageBeginsBehindWhatIsGone(t *testing.T) {
	for after, want := range map[string]string{"a": "[c]", "b": "[c]", "z": "[]"} {
		cut, next, err := page("items", []string{"a", "c"}, self, func(s string) *string { return &s }, wire.List("items").Token(after), nil)
		if got := fmt.Sprint(cut); got != want || cut == nil || next != nil || err != nil {
			t.Errorf("after %q: %s, %v, %v; want %s", after, got, next, err, want)
		}
	}
}

func TestTokensOfOtherLists(t *testing.T) {
	for _, token := range []string{"x", "!", *wire.List("others").Token("a")} {
		if cut, _, err := page("items", []string{"a"}, self, func(s string) *string { return &s }, &token, nil); err == nil {
			t.Errorf("token %q gives %v", token, cut)
		}
	}
}

func TestNewerDeploymentsComeFirst(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	newer, older := age(&httpapi.Deployment{ID: "b", Created: at.Add(time.Microsecond)}), age(&httpapi.Deployment{ID: "a", Created: at})
	if newer >= older || older >= age(&httpapi.Deployment{ID: "c", Created: at}) {
		t.Errorf("the newer one's place is %s, the older one's %s", newer, older)
	}
}
