package async

import (
	"github.com/google/uuid"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// delivery makes the event that tells a destination of another's end; nil if nobody is to be told. An error says that the
// destination can't be told.
func (s *Service) delivery(r function.Reader, c *Completion, config *Config) (*Event, error) {
	destination := config.OnFailure
	if c.Condition == Success {
		destination = config.OnSuccess
	}
	if destination == "" {
		return nil, nil
	}
	id, qualifier, ok := parseFunction(destination)
	if !ok || id.Scope != c.Function.Scope || !exists(r, id, qualifier) {
		return nil, fault.Errorf(fault.NotFound, "destination", "there is no function %s in the event's account and region", destination)
	}
	passed := c.passed()
	if stopped(r, id, passed) {
		return nil, &loop{Invocation{Function: id, Qualifier: qualifier}}
	}
	payload, err := s.cfg.Record(c)
	if err != nil {
		return nil, err
	}
	if len(payload) > MaxPayload {
		return nil, tooLarge(len(payload))
	}
	record := s.event(Invocation{
		Function: id, Qualifier: qualifier, RequestID: uuid.NewString(), TraceID: c.TraceID, Payload: payload,
	})
	record.Passed = passed
	return record, nil
}

// deadLetter returns the dead-letter target of the function of an event that was given up; empty if there is none.
// internal/api/lambda refuses requests that name one, but a function may have one since an earlier Sluice, which kept it
// without effect: its metric and log must not claim that all is well.
func deadLetter(r function.Reader, c *Completion) string {
	version, err := found(r, c.Function, c.Qualifier)
	if err != nil {
		return ""
	}
	return version.Config.DeadLetter
}
