package async_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"sluice/internal/async"
	"sluice/internal/clock"
)

// restart closes the Service, lets time pass without one, and starts another at a time scale.
func (s *stage) restart(down time.Duration, scale clock.Scale) {
	s.t.Helper()
	s.Close()
	pass(down)
	s.cfg.Scale = scale
	s.rise()
	pass(0)
}

func TestAWaitGoesOnOverARestart(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.functions.set("f", fail)
		s.submit("1")
		pass(20 * time.Second)
		s.restart(10*time.Second, 1)
		pass(time.Hour)
		s.want("0s f(1)", "1m0s f(1)", "3m0s f(1)")
	})
}

func TestAWaitGoesOnAtTheNewTimeScale(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.functions.set("f", fail)
		s.submit("1")
		s.restart(0, 60)
		pass(time.Hour)
		s.want("0s f(1)", "1s f(1)", "3s f(1)")
	})
}

func TestWhatCameDueWithoutAServerRunsAtItsStart(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.functions.set("f", inTurn(fail, succeed))
		s.submit("1")
		s.restart(time.Hour, 1)
		s.want("0s f(1)", "1h0m0s f(1)")
	})
}

func TestAnEventDoesNotAgeWithoutAServer(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.functions.set("f", inTurn(fail, fail, succeed))
		s.configure(async.ConfigChange{MaxAgeSeconds: new(200)})
		s.submit("1")
		s.restart(24*time.Hour, 1)
		pass(time.Hour)
		s.want("0s f(1)", "24h0m0s f(1)", "24h2m0s f(1)")
	})
}

func TestACallThatCloseLeavesAloneRunsAgain(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.functions.set("f", inTurn(hang, succeed))
		s.submit("1")
		s.Close()
		if took := time.Since(s.start); took != time.Second {
			t.Errorf("it took %s to close", took)
		}
		if s.left() != 1 {
			t.Error("the event is gone")
		}
		s.rise()
		pass(0)
		s.want("0s f(1)", "1s f(1)")
	})
}

func TestCloseLetsAShortCallEnd(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.functions.set("f", after(time.Second/2, succeed))
		s.submit("1")
		s.Close()
		if took := time.Since(s.start); took != time.Second/2 || s.left() != 0 {
			t.Errorf("closed after %s with %d events left", took, s.left())
		}
		s.rise()
	})
}

func TestNewEventsFollowThoseOfTheLastServer(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.functions.set("f", fail)
		for range 2500 { // more than are read at once
			s.submit("1")
		}
		s.restart(0, 1)
		s.submit("2")
		if n := s.left(); n != 2501 {
			t.Errorf("%d events are kept", n)
		}
		s.functions.set("f", succeed)
		pass(time.Hour)
		if n := s.left(); n != 0 {
			t.Errorf("%d events are left", n)
		}
	})
}

func TestAnEventThatCannotBeStoredIsTriedAgain(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.functions.set("f", fail)
		s.submit("1")
		s.Close()
		s.cfg.Store = &failing{Store: s.records, failures: 2}
		s.rise()
		pass(time.Hour)
		s.want("0s f(1)", "1m0s f(1)", "1m1s f(1)", "1m2s f(1)", "3m2s f(1)")
		if n := strings.Count(s.log.String(), "disk full"); n != 2 {
			t.Errorf("%d lines of %s", n, s.log.String())
		}
	})
}

// failing can't write at first.
type failing struct {
	async.Store
	failures int
}

func (f *failing) WriteEvents(ctx context.Context, write func(async.Tx) error) error {
	if f.failures > 0 {
		f.failures--
		return errors.New("disk full")
	}
	return f.Store.WriteEvents(ctx, write)
}
