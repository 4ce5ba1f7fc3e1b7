package signal_test

import (
	"strings"
	"testing"

	"sluice/internal/api/resource/signal"
)

func TestReadCondition(t *testing.T) {
	got, err := signal.ReadCondition([]byte(`{"Status":"FAILURE","Reason":"no luck","UniqueId":"a","Data":"1","More":true}`))
	if want := (signal.Condition{Status: "FAILURE", Reason: "no luck", UniqueId: "a", Data: "1"}); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	for text, want := range map[string]string{
		"noise":                                 "not a JSON object",
		`[]`:                                    "not a JSON object",
		`{"Status":1,"UniqueId":"a"}`:           "not a JSON object",
		`{"Status":"success","UniqueId":"a"}`:   "must be SUCCESS or FAILURE, not 'success'",
		`{"UniqueId":"a"}`:                      "must be SUCCESS or FAILURE, not ''",
		`{"Status":"SUCCESS"}`:                  "has no UniqueId",
		strings.Repeat(" ", signal.MaxLength+1): "longer than 4096 bytes",
	} {
		if _, err := signal.ReadCondition([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s: %v, want %s", text, err, want)
		}
	}
}
