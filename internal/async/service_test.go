package async_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/async"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/metric"
)

func TestAnEventRunsAtOnceAndEnds(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.submit("1")
		s.submitTo("live", "2")
		s.want("0s f(1)", "0s f:live(2)")
		if n := s.left(); n != 0 {
			t.Errorf("%d events are left", n)
		}
	})
}

func TestAnEventIsTriedAgainAfterOneAndTwoMinutes(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.functions.set("f", fail)
		s.configure(async.ConfigChange{Destinations: toSink()})
		s.submit("1")
		pass(time.Hour)
		s.want("0s f(1)", "1m0s f(1)", "3m0s f(1)", `3m0s sink(RetriesExhausted after 3 with "failed")`)
		if n := s.left(); n != 0 {
			t.Errorf("%d events are left", n)
		}
	})
}

func TestWaitsAreDividedByTheTimeScale(t *testing.T) {
	scaled := func(cfg *async.ServiceConfig) { cfg.Scale = 60 }
	onStage(t, scaled, func(t *testing.T, s *stage) {
		s.functions.set("f", inTurn(fail, fail, succeed))
		s.submit("1")
		pass(time.Minute)
		s.want("0s f(1)", "1s f(1)", "3s f(1)")
	})
}

func TestADestinationIsToldOfSuccess(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.functions.set("f", inTurn(fail, succeed))
		s.configure(async.ConfigChange{Destinations: toSink()})
		s.submit("1")
		pass(time.Hour)
		s.want("0s f(1)", "1m0s f(1)", `1m0s sink(Success after 2 with "done")`)
	})
}

func TestARefusedEventIsTriedEverMoreSeldom(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.functions.set("f", inTurn(throttle, throttle, throttle, throttle, fail, throttle, succeed))
		s.configure(async.ConfigChange{Retries: new(1), Destinations: toSink()})
		s.submit("1")
		pass(time.Hour)
		s.want("0s f(1)", "1s f(1)", "3s f(1)", "7s f(1)", "15s f(1)", "1m15s f(1)", "1m16s f(1)",
			`1m16s sink(Success after 2 with "done")`)
	})
}

func TestAnEventIsGivenUpWhenItsNextTryWouldComeTooLate(t *testing.T) {
	for _, tt := range []struct {
		seconds int
		want    string
	}{
		{60, `1s sink(EventAgeExceeded after 1 with "failed")`},
		{90, `1m2s sink(EventAgeExceeded after 2 with "failed")`},
	} {
		onStage(t, nil, func(t *testing.T, s *stage) {
			s.functions.set("f", after(time.Second, fail))
			s.configure(async.ConfigChange{MaxAgeSeconds: &tt.seconds, Destinations: toSink()})
			s.submit("1")
			pass(time.Hour)
			if last := s.functions.calls[len(s.functions.calls)-1]; last != tt.want {
				t.Errorf("%d s: the last call was %s, want %s", tt.seconds, last, tt.want)
			}
		})
	}
}

func TestAFunctionsTimeIsNotScaledInAnEventsAge(t *testing.T) {
	scaled := func(cfg *async.ServiceConfig) { cfg.Scale = 60 }
	onStage(t, scaled, func(t *testing.T, s *stage) {
		s.functions.set("f", inTurn(after(2*time.Second, fail), succeed)) // two minutes, if it were scaled
		s.configure(async.ConfigChange{MaxAgeSeconds: new(90)})
		s.submit("1")
		pass(time.Hour)
		s.want("0s f(1)", "3s f(1)")
	})
}

func TestAnEventThatWaitedTooLongIsGivenUpUntried(t *testing.T) {
	one := func(cfg *async.ServiceConfig) { cfg.EachAtOnce = 1 }
	onStage(t, one, func(t *testing.T, s *stage) {
		s.functions.set("f", after(2*time.Minute, succeed))
		s.configure(async.ConfigChange{MaxAgeSeconds: new(60), Destinations: &async.Destinations{OnFailure: toSink().OnFailure}})
		s.submit("1")
		s.submit("2")
		pass(time.Hour)
		s.want("0s f(1)", "2m0s sink(EventAgeExceeded after 0)")
	})
}

func TestWithoutConcurrencyAnEventIsGivenUpAtOnce(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.write(func(tx function.Tx) error { return tx.PutReservation(&function.Reservation{Function: id("f")}) })
		s.configure(async.ConfigChange{Destinations: toSink()})
		s.submit("1")
		s.want("0s sink(ZeroReservedConcurrency after 0)")
	})
}

func TestAFunctionTakesItsEventsWithIt(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.functions.set("f", fail)
		s.submit("1")
		s.write(func(tx function.Tx) error { return tx.DeleteFunction(id("f")) })
		s.create("f") // another one of the same name
		pass(time.Hour)
		s.want("0s f(1)")
	})
}

func TestAFunctionMayGoWhileItRuns(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.functions.set("f", after(time.Minute, fail))
		s.submit("1")
		s.write(func(tx function.Tx) error { return tx.DeleteFunction(id("f")) })
		pass(time.Hour)
		s.want("0s f(1)")
		if text := s.log.String(); text != "" {
			t.Errorf("logged: %s", text)
		}
	})
}

// An event does not outlive its function: another one of the same name has nothing to do with it.
func TestAnEventThatRunsEndsWithItsFunction(t *testing.T) {
	for name, p := range map[string]play{"tried again": fail, "told to a destination": succeed} {
		t.Run(name, func(t *testing.T) {
			onStage(t, nil, func(t *testing.T, s *stage) {
				s.functions.set("f", after(time.Minute, p))
				s.configure(async.ConfigChange{Destinations: toSink()})
				s.submit("1")
				s.write(func(tx function.Tx) error { return tx.DeleteFunction(id("f")) })
				s.create("f")
				pass(time.Hour)
				s.want("0s f(1)")
				if n := s.left(); n != 0 || s.log.Len() > 0 {
					t.Errorf("%d events are left; logged: %s", n, s.log.String())
				}
			})
		})
	}
}

func TestAnEventOfAnAliasThatHasGoneIsDropped(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		gone := func(context.Context) (function.Answer, error) {
			return function.Answer{}, function.NotFound(id("f"), "live")
		}
		s.functions.set("f", gone)
		s.submitTo("live", "1")
		pass(time.Hour)
		s.want("0s f:live(1)")
		s.wantMeasuredOf("f", "live", metric.EventDropped, 1)
	})
}

func TestSubmitRefuses(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		for _, tt := range []struct {
			name    string
			payload string
			kind    fault.Kind
			noun    string
		}{
			{"f", strings.Repeat("1", async.MaxPayload+1), fault.TooLarge, "event"},
			{"none", "1", fault.NotFound, "function"},
		} {
			err := s.Submit(t.Context(), async.Invocation{Function: id(tt.name), Payload: []byte(tt.payload)})
			if !fault.Is(err, tt.kind, tt.noun) {
				t.Errorf("%s: error %v", tt.name, err)
			}
		}
		s.want()
	})
}

func TestTheLongestPayloadIsAccepted(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.submit(strings.Repeat("1", async.MaxPayload))
		if len(s.functions.calls) != 1 {
			t.Errorf("%d calls", len(s.functions.calls))
		}
	})
}

func TestSubmitSaysIfTheFunctionWentMeanwhile(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.Close()
		s.cfg.Functions = deaf{s.functions}
		s.rise()
		err := s.Submit(t.Context(), async.Invocation{Function: id("none"), Qualifier: "live"})
		if !fault.Is(err, fault.NotFound, "function") || !strings.HasSuffix(err.Error(), "function:none:live") {
			t.Errorf("error %v", err)
		}
	})
}

// deaf believes that each function is there.
type deaf struct{ *functions }

func (deaf) Invocable(context.Context, function.ID, string) error { return nil }

func TestManyEventsOfOneFunctionShareItsSlots(t *testing.T) {
	three := func(cfg *async.ServiceConfig) { cfg.EachAtOnce = 3 }
	onStage(t, three, func(t *testing.T, s *stage) {
		s.functions.set("f", after(time.Second, succeed))
		for range 9 {
			s.submit("1")
		}
		synctest.Wait()
		s.want("0s f(1)", "0s f(1)", "0s f(1)")
		pass(3 * time.Second)
		if n := len(s.functions.calls); n != 9 || s.left() != 0 {
			t.Errorf("%d calls, %d events left", n, s.left())
		}
	})
}
