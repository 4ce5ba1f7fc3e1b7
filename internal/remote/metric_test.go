package remote_test

import (
	"testing"
	"time"

	"sluice/internal/demo"
	"sluice/internal/deployer"
)

func TestErrorsOfAVersionBehindAnAliasAreCounted(t *testing.T) {
	t.Parallel()
	e := open(t)
	e.create("calculator")
	need(e.Publish(t.Context(), "calculator", "", "", ""))(t)
	need(e.UpdateSettings(t.Context(), "calculator",
		deployer.Settings{Environment: map[string]deployer.Secret{demo.RateVariable: "bad"}}, ""))(t)
	need(e.Publish(t.Context(), "calculator", "", "", ""))(t)
	need(e.CreateAlias(t.Context(), "calculator", deployer.Alias{Name: "LIVE", Version: "1", Additional: "2", Weight: 0.25}))(t)
	begin := time.Now()
	for range 8 {
		need(e.Invoke(t.Context(), "calculator", "LIVE", nil))(t)
	}
	need(e.Invoke(t.Context(), "calculator", "2", nil))(t) // not behind the alias
	for version, want := range map[string][2]int{"1": {0, 6}, "2": {2, 2}} {
		eventually(t, "the metrics of version "+version, func() bool {
			failed, invoked, err := e.Errors(t.Context(), "calculator", "LIVE", version, begin)
			if err != nil {
				t.Fatal(err)
			}
			return [2]int{failed, invoked} == want
		})
	}
	if failed, invoked, err := e.Errors(t.Context(), "calculator", "LIVE", "2", time.Now().Add(time.Minute)); failed+invoked != 0 || err != nil {
		t.Errorf("%d of %d failed, %v; want none yet", failed, invoked, err)
	}
}

func TestOldErrorsAreCountedInLongerPeriods(t *testing.T) {
	t.Parallel()
	e := open(t)
	for _, age := range []time.Duration{4 * time.Hour, 16 * 24 * time.Hour, 64 * 24 * time.Hour} {
		if _, _, err := e.Errors(t.Context(), "calculator", "LIVE", "1", time.Now().Add(-age)); err != nil {
			t.Errorf("%v ago: %v", age, err)
		}
	}
}
