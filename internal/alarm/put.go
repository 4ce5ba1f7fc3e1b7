package alarm

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sluice/internal/fault"
)

// Put creates or replaces a metric alarm. A new one begins as InsufficientData; one that is replaced keeps its state
// and its tags (a.Status, a.Tags and a.Pending are then not looked at). The next evaluation comes within ten seconds
// of the cloud.
// Errors: fault.Invalid "alarm" for what is not allowed; fault.Conflict "alarm" if a composite alarm has the name;
// fault.Limit or fault.Invalid "tags".
func (s *Service) Put(ctx context.Context, a Alarm) error {
	if a.Watch == nil || a.Composite != nil {
		return errAlarm("A metric alarm needs a metric to look at")
	}
	if err := a.validate(); err != nil {
		return err
	}
	r, err := s.prepare(&a)
	if err != nil {
		return err
	}
	s.structure.RLock()
	defer s.structure.RUnlock()
	return s.put(ctx, r)
}

// PutComposite does the same for a composite alarm. INSUFFICIENT_DATA is its state until its first evaluation alone.
// A cycle is let in, as on AWS: alarms that depend on themselves are not evaluated.
// Errors: those of Put; fault.Invalid "alarm rule"; fault.Invalid "alarm children" if alarms of its rule, or its
// suppressor, don't exist; fault.Limit "alarm rule" if the rule is too long, or one of its alarms is in too many rules.
func (s *Service) PutComposite(ctx context.Context, a Alarm) error {
	if a.Composite == nil || a.Watch != nil {
		return errAlarm("A composite alarm needs a rule")
	}
	if err := a.validate(); err != nil {
		return err
	}
	if err := a.checkSuppressor(); err != nil {
		return err
	}
	r, err := s.prepare(&a)
	if err != nil {
		return err
	}
	s.structure.Lock()
	defer s.structure.Unlock()
	if err := s.checkChildren(r); err != nil {
		return err
	}
	if err := s.put(ctx, r); err != nil {
		return err
	}
	s.book.arrange(a.Scope)
	return nil
}

// put stores a checked alarm. structure is held.
func (s *Service) put(ctx context.Context, r *record) error {
	a := r.Alarm
	e := s.book.lock(key{a.Scope, a.Name})
	defer s.book.unlock(e)
	a.Configured, a.Pending = now(), nil
	existing := e.current.Load()
	verb := "created"
	configuration := &Configuration{}
	switch {
	case existing == nil:
		a.Status = Status{State: InsufficientData, Reason: createdReason, Updated: a.Configured, Transitioned: a.Configured}
	case existing.Type() != a.Type():
		return fault.Errorf(fault.Conflict, "alarm", "There is a %s of the name %s already", existing.Type(), a.Name)
	default:
		a.Status, a.Tags, a.Pending = existing.Status, existing.Tags, existing.Pending
		configuration.Before, verb = existing.definition(), "updated"
	}
	configuration.After = a.definition()
	item := a.note(a.Configured, ConfigurationUpdate, fmt.Sprintf("Alarm %q %s", a.Name, verb))
	item.Configuration = configuration
	if err := s.publish(ctx, e, r, item); err != nil {
		return err
	}
	e.rests = time.Time{}
	if a.Watch != nil {
		s.schedule.put(e, a.Watch.cadence())
	}
	s.schedule.soon(e)
	return nil
}

// checkChildren checks that what a composite alarm depends on exists and is in few enough rules. structure is held.
func (s *Service) checkChildren(r *record) error {
	var missing []string
	for _, child := range append(r.rule.Children(), r.Composite.Suppressor) {
		name, ok := nameOf(r.Scope, child)
		if child != "" && name != r.Name && (!ok || s.book.find(key{r.Scope, name}) == nil) {
			missing = append(missing, child)
		}
	}
	if len(missing) > 0 {
		return fault.Errorf(fault.Invalid, "alarm children",
			"Could not save the composite alarm as alarms [%s] in the alarm rule do not exist", strings.Join(missing, ", "))
	}
	for _, k := range r.dependsOn() {
		parents := slices.DeleteFunc(s.book.parentsOf(k), func(e *entry) bool { return e.name == r.Name })
		if len(parents) >= maxParents {
			return fault.Errorf(fault.Limit, "alarm rule", "The alarm %s is in the rules of %d composite alarms already", k.name, maxParents)
		}
	}
	return nil
}

func (a *Alarm) checkSuppressor() error {
	c := a.Composite
	name, ok := nameOf(a.Scope, c.Suppressor)
	switch {
	case ok && name == a.Name:
		return errAlarm("A composite alarm can't be its own actions suppressor")
	case c.Suppressor == "" && (c.Wait != 0 || c.Extension != 0):
		return errAlarm("A wait or an extension period is for composite alarms with an actions suppressor alone")
	case utf8.RuneCountInString(c.Suppressor) > maxARN:
		return errAlarm("An actions suppressor has at most %d characters", maxARN)
	case c.Wait < 0 || c.Extension < 0:
		return errAlarm("A wait or an extension period can't be negative")
	}
	return nil
}
