package alarm

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/function"
)

const maxDeleted = 100 // of one request (DeleteAlarms)

// Delete deletes alarms: those of the names that exist, even if others don't (DeleteAlarms). Their history stays; actions
// that have not run are lost.
// Errors: fault.NotFound "alarm" naming those that don't, when the others are deleted; fault.Limit "alarms" for over 100
// names or more than one composite alarm, and fault.Conflict "alarm parents" if a composite alarm that stays depends on
// one of them: then none is deleted.
func (s *Service) Delete(ctx context.Context, scope function.Scope, names []string) error {
	if len(names) > maxDeleted {
		return fault.Errorf(fault.Limit, "alarms", "At most %d alarms can be deleted at once", maxDeleted)
	}
	s.structure.Lock()
	defer s.structure.Unlock()
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	found, missing, err := s.deletable(scope, names)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		if err := s.delete(ctx, scope, found); err != nil {
			return err
		}
	}
	if len(missing) > 0 {
		return errMissing(missing)
	}
	return nil
}

// deletable tells the names of alarms that exist from the others, and checks that the former may be deleted. structure
// is held, so nothing comes or goes that depends on them.
func (s *Service) deletable(scope function.Scope, names []string) (found, missing []string, err error) {
	composites := 0
	for _, name := range names {
		r := s.book.find(key{scope, name})
		if r == nil {
			missing = append(missing, name)
			continue
		}
		found = append(found, name)
		if r.Composite != nil {
			composites++
		}
		for _, parent := range s.book.parentsOf(r.key()) {
			if !slices.Contains(names, parent.name) || r.Composite != nil {
				return nil, nil, fault.Errorf(fault.Conflict, "alarm parents",
					"Cannot delete %s as there are composite alarm(s) depending on it.", name)
			}
		}
	}
	if composites > 1 {
		return nil, nil, fault.Errorf(fault.Limit, "alarms", "At most one composite alarm can be deleted at once")
	}
	return found, missing, nil
}

// delete deletes alarms that exist, in one transaction. Their places are locked in the order of their names, and nobody
// else locks two.
func (s *Service) delete(ctx context.Context, scope function.Scope, names []string) error {
	var places []*entry
	defer func() {
		for _, e := range places {
			s.book.unlock(e)
		}
	}()
	var items []*HistoryItem
	at := now()
	for _, name := range names {
		e := s.book.lock(key{scope, name})
		places = append(places, e)
		a := e.current.Load().Alarm
		item := a.note(at, ConfigurationUpdate, fmt.Sprintf("Alarm %q deleted", a.Name))
		item.Configuration = &Configuration{Before: a.definition()}
		items = append(items, item)
	}
	err := s.cfg.Store.WriteAlarms(ctx, func(tx Tx) error {
		for _, item := range items {
			if err := tx.DeleteAlarm(scope, item.Alarm); err != nil {
				return err
			}
			if err := tx.AddAlarmHistory(item, keep); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	var gone []*Alarm
	for _, e := range places {
		gone = append(gone, e.current.Load().Alarm)
		s.book.set(e, nil)
		s.schedule.drop(e)
	}
	s.book.arrange(scope)
	if s.cfg.Changed != nil {
		for _, a := range gone {
			s.cfg.Changed(Change{Alarm: a, Before: a.Status, Deleted: true})
		}
	}
	return nil
}

func errMissing(names []string) error {
	return fault.Errorf(fault.NotFound, "alarm", "There is no alarm %s", strings.Join(names, ", "))
}
