package alarm

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"
)

// evaluateRule evaluates a composite alarm, and returns the state that its rule says; empty if the rule is let be: a state
// that was set by hand stays until a child changes. A wave is going.
func (s *Service) evaluateRule(ctx context.Context, e *entry, c *cause) State {
	e.busy.Lock()
	defer e.busy.Unlock()
	r := e.current.Load()
	if r == nil || r.rule == nil {
		return ""
	}
	state := State("")
	if c.rule && !e.cyclic {
		state = s.stateOf(r)
	}
	var err error
	if state != "" && state != r.Status.State {
		err = s.change(ctx, e, r.verdict(state, s.triggerOf(r, c.trigger)))
	} else {
		err = s.resettle(ctx, e)
	}
	if err != nil {
		s.held(e, err)
	}
	return state
}

// resettle looks whether a composite alarm's actions are still held back. busy is held.
func (s *Service) resettle(ctx context.Context, e *entry) error {
	next := *e.current.Load().Alarm
	before := next.Status.Suppressed
	s.settle(&next, nil, now())
	if next.Status.Suppressed == before {
		return nil
	}
	return s.save(ctx, e, &next)
}

// stateOf evaluates a rule over the states that the waves have seen. An alarm that is missing has insufficient data.
func (s *Service) stateOf(r *record) State {
	holds := r.rule.Holds(func(child string) State {
		if name, ok := nameOf(r.Scope, child); ok {
			if found := s.book.place(key{r.Scope, name}); found != nil {
				return found.sight()
			}
		}
		return InsufficientData
	})
	if holds {
		return Ringing
	}
	return OK
}

// triggerOf returns the alarm that made a composite alarm change: the trigger, or else the child that changed last.
func (s *Service) triggerOf(r *record, trigger *entry) *Alarm {
	if trigger != nil {
		if found := trigger.current.Load(); found != nil {
			return found.Alarm
		}
	}
	var children []*record
	for _, name := range r.childNames() {
		if found := s.book.find(key{r.Scope, name}); found != nil {
			children = append(children, found)
		}
	}
	if len(children) == 0 {
		return nil
	}
	return slices.MaxFunc(children, func(a, b *record) int {
		return cmp.Or(a.Status.Transitioned.Compare(b.Status.Transitioned), cmp.Compare(b.Name, a.Name))
	}).Alarm
}

// verdict says why a composite alarm comes into a state, in AWS's words (a recording of 2022; test_trigger_composite_alarm).
func (r *record) verdict(state State, trigger *Alarm) Verdict {
	if trigger == nil {
		return Verdict{state, "The alarm rule needs no alarm", `{"triggeringAlarms":[]}`}
	}
	at := trigger.Status.Transitioned.UTC()
	return Verdict{state,
		trigger.ARN() + " transitioned to " + string(trigger.Status.State) + " at " + at.Format("Monday 02 January, 2006 15:04:05 MST"),
		triggering(trigger.ARN(), trigger.Status.State, at)}
}

func triggering(arn string, state State, at time.Time) string {
	type alarmState struct {
		Value     State  `json:"value"`
		Timestamp string `json:"timestamp"`
	}
	type alarm struct {
		ARN   string     `json:"arn"`
		State alarmState `json:"state"`
	}
	text, _ := json.Marshal(map[string][]alarm{ // strings can't fail
		"triggeringAlarms": {{arn, alarmState{state, at.Format("2006-01-02T15:04:05.000-0700")}}},
	})
	return string(text)
}
