package remote_test

import (
	"net/http"
	"strings"
	"testing"

	"sluice/internal/demo"
	"sluice/internal/deployer"
	"sluice/internal/fault"
)

func TestAnInvocationTellsWhoAnswered(t *testing.T) {
	t.Parallel()
	e := aliased(t)
	need(e.CreateAlias(t.Context(), "calculator", deployer.Alias{Name: "LIVE", Version: "2"}))(t)
	answer := need(e.Invoke(t.Context(), "calculator", "LIVE", []byte(`{}`)))(t)
	if answer.Version != "2" || string(answer.Payload) != `{"version":"2"}` || answer.Failed || !strings.Contains(answer.Log, "REPORT") {
		t.Errorf("%+v: %s", answer, answer.Payload)
	}
}

func TestAnInvocationThatFailedTellsWhy(t *testing.T) {
	t.Parallel()
	e := open(t)
	f := wanted(t, "calculator")
	f.Settings.Environment = map[string]deployer.Secret{demo.RateVariable: "seven"}
	need(e.Create(t.Context(), f))(t)
	answer := need(e.Invoke(t.Context(), "calculator", "", nil))(t)
	if !answer.Failed || !strings.Contains(string(answer.Payload), "which is no number") {
		t.Errorf("%+v: %s", answer, answer.Payload)
	}
}

func TestAnInvocationWithoutAnAnswerIsNotMadeAgain(t *testing.T) {
	t.Parallel()
	e := answering(t, func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) })
	var err error
	calls := e.meddler.since(func() { _, err = e.Invoke(t.Context(), "calculator", "LIVE", nil) })
	refused(t, err, fault.Unavailable, "function", "invoke calculator:LIVE: no answer: ")
	if len(calls) != 1 {
		t.Errorf("%d calls, want one: the function may have run", len(calls))
	}
}

func TestAnInvocationThatWasTurnedAwayIsMadeAgain(t *testing.T) {
	t.Parallel()
	calls := 0
	e := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if calls++; calls < 3 {
			reply(w, http.StatusTooManyRequests, "TooManyRequestsException", "Rate Exceeded.")
			return
		}
		w.Write([]byte(`"done"`))
	})
	answer := need(e.Invoke(t.Context(), "calculator", "LIVE", nil))(t)
	if string(answer.Payload) != `"done"` || calls != 3 {
		t.Errorf("%s after %d calls", answer.Payload, calls)
	}
}
