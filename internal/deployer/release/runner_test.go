package release_test

import (
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

func TestConfigIsChecked(t *testing.T) {
	for name, config := range map[string]release.Config{
		"scale": {Scale: -1}, "lease": {Lease: -1}, "poll": {Poll: -1}, "delay": {Delay: -1}, "parallel": {Parallel: 65},
		"no parallel": {Parallel: -1}, "attempts": {Attempts: 21},
	} {
		if _, err := release.New(nil, nil, nil, config); !fault.Is(err, fault.Invalid, "") {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if _, err := release.New(nil, nil, nil, release.Config{}); err != nil {
		t.Errorf("the zero Config: %v", err)
	}
}

func TestCallsWithoutAnAnswerAreMadeAgainAndThenGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(1)
		w.harm = func(string) (error, error) { return errGone, nil }
		began := time.Now()
		_, err := w.runner(t, "ann").Status(t.Context(), w.env)
		if !fault.Is(err, fault.Unavailable, "") || w.calls("Alias") != 5 || time.Since(began) != 7500*time.Millisecond {
			t.Errorf("%v after %d calls in %v", err, w.calls("Alias"), time.Since(began))
		}
	})
}

func TestThrottledCallsAreMadeAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(1)
		throttled := fault.Errorf(fault.Throttled, "", "rate exceeded")
		w.harm = func(string) (error, error) { return only(len(w.asked)%3 != 0, throttled), nil }
		w.must(t, release.How{})
		w.wantStands(t, "1")
	})
}

func TestOtherErrorsAreNotTriedAgain(t *testing.T) {
	w := newWorld(1)
	w.harm = func(string) (error, error) { return errDenied, nil }
	if _, err := w.runner(t, "ann").Status(t.Context(), w.env); !fault.Is(err, fault.Denied, "") || len(w.asked) != 1 {
		t.Errorf("%v after %d calls", err, len(w.asked))
	}
}
