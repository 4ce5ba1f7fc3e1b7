package executeapi_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"sluice/internal/gateway/executeapi"
)

// asking is a call of the function "judge", and what it is asked.
func asking() (*executeapi.Call, func() ([]byte, error)) {
	c := call()
	c.Target = executeapi.ParseTarget("judge", scope)
	return c, func() ([]byte, error) { return []byte(`{"type":"TOKEN"}`), nil }
}

func TestAuthorizersAreAsked(t *testing.T) {
	f := newFixture(t, "GET", "/dev", "")
	judged := f.b.Judge(func(map[string]any) string { return `{"yes":true}` })
	c, event := asking()
	answer, failed := f.Ask(c, event)
	if failed != nil || string(answer) != `{"yes":true}` || (*judged)[0]["type"] != "TOKEN" {
		t.Errorf("%s, %+v, asked %v", answer, failed, *judged)
	}
	if f.Integration != 0 {
		t.Errorf("the integration took %v before it was asked", f.Integration)
	}
}

func TestAuthorizersThatDoNotAnswer(t *testing.T) {
	for _, tt := range []struct {
		name, said string
		change     func(f *fixture, c *executeapi.Call)
		reason     executeapi.Reason
		detail     string
	}{
		{"no function", `{}`, func(_ *fixture, c *executeapi.Call) { c.Target = executeapi.Target{} }, executeapi.NoFunction, "The authorizer leads to no function."},
		{"no permission", `{}`, func(f *fixture, _ *executeapi.Call) { f.b.Denied = true }, executeapi.NotAllowed, "API Gateway may not call the authorizer's function."},
		{"an unreadable policy", `{}`, func(f *fixture, _ *executeapi.Call) { f.Permissions = unreadable{} }, executeapi.NotAllowed, "API Gateway may not call the authorizer's function."},
		{"no process", ``, func(*fixture, *executeapi.Call) {}, executeapi.Unreached, "no process"},
		{"a failure", `{"errorMessage":"boom"}`, func(*fixture, *executeapi.Call) {}, executeapi.Failed, "The authorizer failed: boom"},
		{"a failure that is a refusal", `{"errorMessage":"Unauthorized"}`, func(*fixture, *executeapi.Call) {}, executeapi.Unauthorized, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFixture(t, "GET", "/dev", "")
			f.b.Judge(func(map[string]any) string { return tt.said })
			c, event := asking()
			tt.change(f, c)
			_, failed := f.Ask(c, event)
			wantFailure(t, failed, tt.reason, tt.detail)
		})
	}
	t.Run("no event", func(t *testing.T) {
		f := newFixture(t, "GET", "/dev", "")
		c, _ := asking()
		_, failed := f.Ask(c, func() ([]byte, error) { return nil, errors.New("no JSON") })
		wantFailure(t, failed, executeapi.Unreached, "no JSON")
		if len(f.b.Called) > 0 {
			t.Error("the authorizer was asked")
		}
	})
}

// memory counts how often it asks.
type memory struct {
	executeapi.Decisions[int]
	asked int
}

func (m *memory) decide(authorizer string, sources []string, now time.Time, lifetime time.Duration) int {
	said, _ := m.Decide(authorizer, sources, now, lifetime, func() (*int, *executeapi.Failure) {
		m.asked++
		return new(m.asked), nil
	})
	return *said
}

func TestDecisionsAreRemembered(t *testing.T) {
	now := time.Unix(1000, 0)
	ann := []string{"ann"}
	for _, tt := range []struct {
		name       string
		authorizer string
		sources    []string
		at         time.Time
		lifetime   time.Duration
		known      bool // as a decision on ann by a at the time now, for a minute
	}{
		{"for the same caller", "a", ann, now, time.Minute, true},
		{"until the end of their life", "a", ann, now.Add(time.Minute - 1), time.Minute, true},
		{"not longer", "a", ann, now.Add(time.Minute), time.Minute, false},
		{"not for another caller", "a", []string{"bob"}, now, time.Minute, false},
		{"not for one who is identified by more", "a", []string{"ann", ""}, now, time.Minute, false},
		{"not of another authorizer", "b", ann, now, time.Minute, false},
		{"not if they have no life", "a", ann, now, 0, false},
		{"not if nothing identifies the caller", "a", nil, now, time.Minute, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var m memory
			m.decide("a", ann, now, time.Minute)
			if got := m.decide(tt.authorizer, tt.sources, tt.at, tt.lifetime); (got == 1) != tt.known {
				t.Errorf("decision %d", got)
			}
		})
	}
	t.Run("not if nothing ever identifies the caller", func(t *testing.T) {
		var m memory
		m.decide("a", nil, now, time.Minute)
		if got := m.decide("a", nil, now, time.Minute); got != 2 {
			t.Errorf("decision %d", got)
		}
	})
	t.Run("failures are not", func(t *testing.T) {
		var m memory
		_, failed := m.Decide("a", ann, now, time.Minute, func() (*int, *executeapi.Failure) { return nil, &executeapi.Failure{Reason: executeapi.Failed} })
		wantFailure(t, failed, executeapi.Failed, "")
		if got := m.decide("a", ann, now, time.Minute); got != 1 {
			t.Errorf("decision %d", got)
		}
	})
}

// Strangers choose what identifies them: what is remembered of them has a bound.
func TestDecisionsAreForgottenWhenThereAreTooMany(t *testing.T) {
	var m memory
	now := time.Unix(1000, 0)
	for i := range 1001 {
		m.decide("a", []string{fmt.Sprint(i)}, now, time.Hour)
	}
	if got := m.decide("a", []string{"1000"}, now, time.Hour); got != 1001 {
		t.Errorf("the last is decision %d", got)
	}
	if got := m.decide("a", []string{"0"}, now, time.Hour); got != 1002 {
		t.Errorf("the first is decision %d", got)
	}
}
