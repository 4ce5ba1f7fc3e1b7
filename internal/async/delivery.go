package async

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// End is how an event ended.
type End struct {
	*Event
	Condition Condition
	At        time.Time
	// Answer is that of the last try; nil if the function did not run in it.
	Answer *function.Answer
}

// end stores that an event has ended, along with the events that tell of it. Both are one change, so a destination
// hears of each end, and once for each time that it was stored.
func (s *Service) end(t *try, condition Condition) error {
	end := &End{Event: t.Event, Condition: condition, At: now()}
	if t.ending == Succeeded || t.ending == Failed {
		end.Answer = &t.answer
	}
	var told *Event
	var untold error
	var dead string // the dead-letter target
	err := s.cfg.Store.WriteEvents(context.WithoutCancel(s.breaking), func(tx Tx) (err error) {
		if told, untold = s.tell(tx, end, t.config); told != nil {
			if err := tx.PutEvent(told); err != nil {
				return err
			}
		}
		if condition != Success {
			dead = deadLetter(tx, end)
		}
		return tx.DeleteEvent(end.Number)
	})
	if err != nil {
		return err
	}
	if told != nil {
		s.accepted(told)
	}
	s.report(end, untold, dead)
	return nil
}

// tell makes the event that tells a destination of an end; nil if nobody is to be told. An error says that the destination
// can't be told.
func (s *Service) tell(r function.Reader, end *End, config *Config) (*Event, error) {
	destination := config.OnFailure
	if end.Condition == Success {
		destination = config.OnSuccess
	}
	if destination == "" {
		return nil, nil
	}
	id, qualifier, ok := parseFunction(destination)
	if !ok || !exists(r, id, qualifier) {
		return nil, fault.Errorf(fault.NotFound, "destination", "there is no function %s", destination)
	}
	passed := end.passed()
	if stopped(r, id, passed) {
		return nil, &loop{Invocation{Function: id, Qualifier: qualifier}}
	}
	record, err := s.cfg.Record(end)
	if err != nil {
		return nil, err
	}
	if len(record) > MaxPayload {
		return nil, tooLarge(len(record))
	}
	told := s.event(Invocation{
		Function: id, Qualifier: qualifier, RequestID: uuid.NewString(), TraceID: end.TraceID, Payload: record,
	})
	told.Passed = passed
	return told, nil
}

// deadLetter returns the dead-letter target of the function of an event that was given up; empty if there is none.
func deadLetter(r function.Reader, end *End) string {
	version, err := found(r, end.Function, end.Qualifier)
	if err != nil {
		return ""
	}
	return version.Config.DeadLetter
}

// report counts and logs an event that was given up, and whoever could not be told. Nothing here serves what a dead letter
// could be sent to.
func (s *Service) report(end *End, untold error, dead string) {
	log := s.cfg.Logger.With("function", end.Function.Name, "qualifier", end.Qualifier, "request", end.RequestID)
	if end.Condition != Success {
		s.tally.count(end.Invocation, dropped, 1)
		log.Warn("an event was given up", "condition", string(end.Condition), "runs", end.Runs)
	}
	if looped, ok := errors.AsType[*loop](untold); ok {
		s.tally.count(looped.stopped, recursive, 1)
	} else if untold != nil {
		s.tally.count(end.Invocation, undelivered, 1)
	}
	if untold != nil {
		log.Warn("a destination could not be told of an event's end", "error", untold)
	}
	if dead != "" {
		s.tally.count(end.Invocation, deadLetters, 1)
		log.Warn("a dead letter could not be sent: nothing here serves queues and topics", "target", dead)
	}
}
