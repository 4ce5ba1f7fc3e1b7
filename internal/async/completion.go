package async

import (
	"context"
	"errors"
	"time"

	"sluice/internal/function"
	"sluice/internal/metric"
)

// Completion is how an event ended.
type Completion struct {
	*Event
	Condition Condition
	At        time.Time
	// Answer is that of the last try; nil if the function did not run in it.
	Answer *function.Answer
}

// complete stores that an event has ended, along with the event that tells a destination of it. Both are one change, so a
// destination hears of each end, and once for each time that it was stored. An event that has gone with its function has no
// end to tell.
func (s *Service) complete(t *try, condition Condition) error {
	c := &Completion{Event: t.Event, Condition: condition, At: now()}
	if t.result == Succeeded || t.result == Failed {
		c.Answer = &t.answer
	}
	var record *Event
	var undelivered error
	var dead string // the dead-letter target
	err := s.cfg.Store.WriteEvents(context.WithoutCancel(s.breaking), func(tx Tx) error {
		if err := tx.DeleteEvent(c.Number); err != nil {
			return err
		}
		if condition != Success {
			dead = deadLetter(tx, c)
		}
		if record, undelivered = s.delivery(tx, c, t.config); record == nil {
			return nil
		}
		return tx.AddEvent(record)
	})
	if err != nil {
		return err
	}
	if record != nil {
		s.accepted(record)
	}
	s.report(c, undelivered, dead)
	return nil
}

// report counts and logs an event that was given up, and whoever could not be told.
func (s *Service) report(c *Completion, undelivered error, dead string) {
	log := s.cfg.Logger.With("function", c.Function.Name, "qualifier", c.Qualifier, "request", c.RequestID)
	if c.Condition != Success {
		s.count(c.Invocation, metric.EventDropped, 1)
		log.Warn("an event was given up", "condition", string(c.Condition), "runs", c.Runs)
	}
	if looped, ok := errors.AsType[*loop](undelivered); ok {
		s.count(looped.stopped, metric.RecursionStopped, 1)
	} else if undelivered != nil {
		s.count(c.Invocation, metric.DeliveryFailure, 1)
	}
	if undelivered != nil {
		log.Warn("a destination could not be told of an event's end", "error", undelivered)
	}
	if dead != "" {
		s.count(c.Invocation, metric.DeadLetterError, 1)
		log.Warn("a dead letter could not be sent: nothing here serves queues and topics", "target", dead)
	}
}
