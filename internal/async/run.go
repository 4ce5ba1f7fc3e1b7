package async

import (
	"context"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/metric"
)

// storeRetry is how long to wait before an event is looked at again that could not be read or written. It is no part of the
// cloud's time.
const storeRetry = time.Second

// try is one run of an event.
type try struct {
	*Event
	config   *Config
	disabled bool // the function's reserved concurrency is 0
	began    time.Time
	age      time.Duration // of the event when it began
	answer   function.Answer
	result   Result
	progress progress
}

// run tries an event, and has it tried again if it has to be.
func (s *Service) run(id function.ID, number int64) progress {
	t, err := s.load(number)
	if err == nil {
		err = s.attempt(t)
	}
	switch {
	case err == nil:
		return t.progress
	case fault.Is(err, fault.NotFound, "event"): // it has gone with its function, maybe while it ran
	case s.breaking.Err() == nil && !fault.Is(err, fault.Unavailable, "store"):
		s.cfg.Logger.Error("an event could not be read or stored; it is looked at again", "function", id.Name, "error", err)
		s.dispatcher.later(id, number, time.Now().Add(storeRetry))
	}
	return progress{}
}

// load reads an event and how it is to be treated.
func (s *Service) load(number int64) (*try, error) {
	t := &try{}
	err := s.cfg.Store.ReadEvents(s.breaking, func(r Reader) (err error) {
		if t.Event, err = r.Event(number); err != nil {
			return err
		}
		t.config, err = r.EventConfig(t.Function, settled(t.Qualifier))
		if fault.Is(err, fault.NotFound, "event config") {
			t.config, err = &Config{}, nil
		}
		t.disabled = disabled(r, t.Function)
		return err
	})
	t.began = now()
	if err == nil {
		t.age = t.ageAt(t.began, s.up, s.cfg.Scale)
	}
	return t, err
}

// disabled reports whether nobody can run a function. An error of the reader fails the transaction anyway.
func disabled(r function.Reader, id function.ID) bool {
	reservation, err := r.Reservation(id)
	return err == nil && reservation.Concurrent == 0
}

// attempt runs the function, unless the event's time is over, and stores what follows.
func (s *Service) attempt(t *try) error {
	s.count(t.Invocation, metric.EventAge, float64(t.age.Milliseconds()))
	limits := t.config.Limits()
	if limits.tooOld(t.age) {
		t.result = Refused
		return s.complete(t, AgeExceeded)
	}
	if t.invoke(s.breaking, s.cfg.Functions); s.breaking.Err() != nil {
		return nil // whether the call has ended or not: the next start runs it again
	}
	decision := limits.After(t.result, t.Runs, t.Refusals, t.Age)
	if decision.Condition != "" {
		return s.complete(t, decision.Condition)
	}
	t.Wait = decision.Wait
	return s.again(t)
}

// invoke runs the function, and notes in the event what came of it. A function runs at its own pace at any time scale:
// a second of it is a second of the event's age.
func (t *try) invoke(ctx context.Context, functions Functions) {
	var err error
	if t.disabled {
		t.result = Disabled
	} else {
		t.answer, err = functions.Invoke(ctx, &function.Invocation{
			Function: t.Function, Qualifier: t.Qualifier,
			Call: function.Call{RequestID: t.RequestID, Payload: t.Payload, TraceID: t.TraceID},
		})
		t.result = resultOf(t.answer, err)
	}
	t.Since = now()
	t.Age = t.age + t.Since.Sub(t.began)
	switch t.result {
	case Succeeded, Failed:
		t.Runs, t.Refusals, t.progress.ran = t.Runs+1, 0, true
	case Refused:
		t.Refusals++
	case Disabled, Missing:
	}
}

func resultOf(answer function.Answer, err error) Result {
	switch {
	case err == nil && answer.Failed:
		return Failed
	case err == nil:
		return Succeeded
	case fault.Is(err, fault.NotFound, ""):
		return Missing
	default:
		return Refused
	}
}

// again has an event tried again after its wait.
func (s *Service) again(t *try) error {
	err := s.cfg.Store.WriteEvents(context.WithoutCancel(s.breaking), func(tx Tx) error { return tx.UpdateEvent(t.Event) })
	if err != nil {
		return err
	}
	at := t.due(s.cfg.Scale)
	if t.result == Refused {
		t.progress.refused = at
	}
	s.dispatcher.later(t.Function, t.Number, at)
	return nil
}
