package alarm

import (
	"context"
	"fmt"

	"sluice/internal/function"
)

// Actions are what is done when an alarm comes into a state: ARNs, at most five each. They need not exist.
type Actions struct {
	Enabled                     bool
	OK, Alarm, InsufficientData []string
}

// Of returns the actions of a state.
func (a Actions) Of(s State) []string {
	switch s {
	case OK:
		return a.OK
	case Ringing:
		return a.Alarm
	}
	return a.InsufficientData
}

// EnableActions lets the actions of alarms run from the next change on. Names that no alarm has are passed over.
// Errors: those of the store; the alarms before the one that failed are changed.
func (s *Service) EnableActions(ctx context.Context, scope function.Scope, names []string) error {
	return s.switchActions(ctx, scope, names, true)
}

// DisableActions keeps the actions of alarms from running from the next change on. Names that no alarm has are passed
// over.
// Errors: as of EnableActions.
func (s *Service) DisableActions(ctx context.Context, scope function.Scope, names []string) error {
	return s.switchActions(ctx, scope, names, false)
}

func (s *Service) switchActions(ctx context.Context, scope function.Scope, names []string, enabled bool) error {
	for _, name := range names {
		err := s.amend(ctx, key{scope, name}, func(a *Alarm) *HistoryItem {
			if a.Actions.Enabled == enabled {
				return nil
			}
			before := a.definition()
			a.Actions.Enabled, a.Configured = enabled, now()
			item := a.note(a.Configured, ConfigurationUpdate, fmt.Sprintf("Alarm %q updated", a.Name))
			item.Configuration = &Configuration{Before: before, After: a.definition()}
			return item
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// amend changes an alarm that exists, and leaves it as it was if the change is nil.
func (s *Service) amend(ctx context.Context, k key, change func(a *Alarm) *HistoryItem) error {
	e := s.book.lock(k)
	defer s.book.unlock(e)
	r := e.current.Load()
	if r == nil {
		return nil
	}
	next := *r.Alarm
	item := change(&next)
	if item == nil {
		return nil
	}
	return s.save(ctx, e, &next, item)
}
