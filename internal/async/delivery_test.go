package async_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"sluice/internal/async"
	"sluice/internal/function"
	"sluice/internal/metric"
)

func TestEachEndHasItsDestination(t *testing.T) {
	for name, tt := range map[string]struct {
		destinations async.Destinations
		play         play
		delivered    string
	}{
		"success, delivered":   {async.Destinations{OnSuccess: toSink().OnSuccess}, succeed, `0s sink(Success after 1 with "done")`},
		"success, undelivered": {async.Destinations{OnFailure: toSink().OnFailure}, succeed, ""},
		"failure, delivered":   {async.Destinations{OnFailure: toSink().OnFailure}, fail, `0s sink(RetriesExhausted after 1 with "failed")`},
		"failure, undelivered": {async.Destinations{OnSuccess: toSink().OnSuccess}, fail, ""},
	} {
		t.Run(name, func(t *testing.T) {
			onStage(t, nil, func(t *testing.T, s *stage) {
				s.functions.set("f", tt.play)
				s.configure(async.ConfigChange{Retries: new(0), Destinations: &tt.destinations})
				s.submit("1")
				if tt.delivered == "" {
					s.want("0s f(1)")
				} else {
					s.want("0s f(1)", tt.delivered)
				}
			})
		})
	}
}

func TestAQualifierHasDestinationsOfItsOwn(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		sink := &async.Destination{ARN: new(id("sink").Qualified("live"))}
		_, err := s.PutConfig(t.Context(), id("f"), "live", async.ConfigChange{Destinations: &async.Destinations{OnSuccess: sink}})
		if err != nil {
			t.Fatal(err)
		}
		s.submit("1")
		s.submitTo("live", "2")
		s.want("0s f(1)", "0s f:live(2)", `0s sink:live(Success after 1 with "done")`)
	})
}

// What a destination is told is an event like others: it is on disk, and is tried again if the destination fails.
func TestADestinationThatFailsIsToldAgain(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.functions.set("sink", inTurn(fail, hang, succeed))
		s.configure(async.ConfigChange{Destinations: toSink()})
		s.submit("1")
		pass(time.Minute)
		s.restart(0, 1)
		const record = ` sink(Success after 1 with "done")`
		s.want("0s f(1)", "0s"+record, "1m0s"+record, "1m1s"+record)
	})
}

func TestADestinationThatCannotBeToldIsCounted(t *testing.T) {
	for name, spoil := range map[string]func(*stage){
		"it is gone": func(s *stage) {
			s.write(func(tx function.Tx) error { return tx.DeleteFunction(id("sink")) })
		},
		"the record is too long": func(s *stage) {
			s.functions.set("f", func(context.Context) (function.Answer, error) {
				payload := []byte(strings.Repeat("x", async.MaxPayload))
				return function.Answer{Outcome: &function.Outcome{Payload: payload}}, nil
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			onStage(t, nil, func(t *testing.T, s *stage) {
				s.configure(async.ConfigChange{Destinations: toSink()})
				spoil(s)
				s.submit("1")
				s.want("0s f(1)")
				if s.left() != 0 {
					t.Error("the event is there still")
				}
				s.wantMeasured(metric.DeliveryFailure, 1)
				s.wantMeasured(metric.EventDropped) // it succeeded
			})
		})
	}
}

// The target is put past the API, which refuses one: a function has it that an earlier Sluice kept.
func TestADeadLetterThatCannotBeSentIsCounted(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.write(func(tx function.Tx) error {
			f, err := tx.Function(id("f"))
			if err != nil {
				return err
			}
			f.Latest.Config.DeadLetter = "arn:aws:sqs:us-east-1:000000000000:dead"
			return tx.PutFunction(f)
		})
		s.functions.set("f", inTurn(succeed, fail))
		s.configure(async.ConfigChange{Retries: new(0)})
		s.submit("1")
		s.wantMeasured(metric.DeadLetterError)
		s.submit("2")
		s.wantMeasured(metric.DeadLetterError, 1)
		if !strings.Contains(s.log.String(), "target=arn:aws:sqs:us-east-1:000000000000:dead") {
			t.Errorf("logged: %s", s.log.String())
		}
	})
}
