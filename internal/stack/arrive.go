package stack

import (
	"cmp"
	"errors"
	"strings"

	"sluice/internal/fault"
)

// arrive ends the way forward: with what was asked for, or with what is to be done about a failure. cause is why it was stopped.
func (o *operation) arrive(stack *Stack, failure string, cause error, outputs []Output) (*Stack, error) {
	var unexported *fault.Error
	decide := func(tx Tx, s *Stack) error {
		if s.Operation.Failure != "" {
			failure = s.Operation.Failure
		}
		if errors.Is(cause, errTooLate) {
			failure = tooLate
		}
		if unexported != nil {
			failure = unexported.Message
		}
		s.Status, s.Reason = after(s, failure)
		s.Setback = setback(s, failure)
		return o.land(tx, s, outputs)
	}
	landed, err := o.become(stack.Status, "", decide)
	if errors.As(err, &unexported) && unexported.Kind == fault.Invalid { // an export that can't be: nothing was written
		landed, err = o.become(stack.Status, "", decide)
	}
	return landed, err
}

// after says which status follows the way forward.
func after(s *Stack, failure string) (Status, string) {
	op := s.Operation
	switch {
	case op.Delete:
		return DeleteInProgress, userInitiated
	case op.Cancelled && op.Before != 0:
		return UpdateRollbackInProgress, userInitiated
	case op.Cancelled:
		return UpdateFailed, userInitiated
	case failure == "" && s.Status == CreateInProgress:
		return CreateComplete, ""
	case failure == "":
		return UpdateCleanupInProgress, ""
	case s.Status == UpdateInProgress && (s.DisableRollback || op.Before == 0):
		return UpdateFailed, failure
	case s.Status == UpdateInProgress:
		return UpdateRollbackInProgress, failure
	case op.OnFailure == OnFailureNothing:
		return CreateFailed, failure
	case op.OnFailure == OnFailureDelete:
		return DeleteInProgress, strings.TrimSpace(failure) + " Delete requested by user."
	}
	return RollbackInProgress, strings.TrimSpace(failure) + " Rollback requested by user."
}

// land writes what the next status brings.
func (o *operation) land(tx Tx, s *Stack, outputs []Output) error {
	switch s.Status {
	case CreateComplete, UpdateCleanupInProgress:
		if s.Held() {
			s.keepPrior()
		} else {
			s.Goal = s.Operation.Goal
		}
		s.Outputs = outputs
		if err := o.publish(tx, s, outputs); err != nil {
			return err
		}
		if s.Status == CreateComplete {
			s.Operation = nil
			return o.forget(tx)
		}
	case UpdateRollbackInProgress:
		s.Operation.Held = false // what it made is nobody else's business yet
		return s.restore(tx)
	case RollbackInProgress, DeleteInProgress:
		s.Deleted = now()
	}
	return nil
}

// setback is why what was done has to be taken back.
func setback(s *Stack, failure string) string {
	switch s.Status {
	case CreateComplete, UpdateCleanupInProgress:
		return ""
	case UpdateRollbackInProgress:
		return s.Reason
	}
	return cmp.Or(failure, s.Reason)
}

// forget ends an operation in the resources' records.
func (o *operation) forget(tx Tx) error {
	for _, r := range o.all() {
		if r.Before == nil && !r.Fresh && !r.Failed && r.Task == nil && r.Leftovers == nil {
			continue
		}
		next := *r
		next.Before, next.Task, next.Leftovers = nil, nil, nil
		next.Fresh, next.Failed, next.Ordered, next.Moved = false, false, false, false
		if err := tx.PutStackResource(&next); err != nil {
			return err
		}
	}
	return nil
}
