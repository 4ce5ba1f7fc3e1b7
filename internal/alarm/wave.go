package alarm

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
)

// waves has composite alarms reconsidered after what they depend on has changed.
//
// One wave goes at a time. It goes through the composite alarms that depend on what changed, each after all that it
// depends on and once, and what changes meanwhile waits for the next. Rules see the states of their alarms as waves found
// them (entry.seen), not as they are in that moment. So a composite alarm comes only into states that its rule says for
// some states of the metric alarms: "ALARM(x) AND NOT ALARM(b)" never rings if b is "ALARM(x)", however x changes.
type waves struct {
	mu      sync.Mutex
	changed []*entry // guarded by mu: no wave has gone out from these changes yet
	again   []*entry // guarded by mu: composite alarms to be reconsidered themselves

	going sync.Mutex // held while a wave goes; taken after structure, and before any busy
}

func (w *waves) addChanged(e *entry) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.changed = append(w.changed, e)
}

func (w *waves) addAgain(e *entry) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.again = append(w.again, e)
}

func (w *waves) take() (changed, again []*entry) {
	w.mu.Lock()
	defer w.mu.Unlock()
	changed, again = w.changed, w.again
	w.changed, w.again = nil, nil
	return changed, again
}

// wave is the composite alarms that are still to be reconsidered.
type wave struct {
	book *book
	due  map[*entry]*cause
}

// cause is why a composite alarm is reconsidered.
type cause struct {
	rule    bool   // its rule is to be evaluated; if not, its suppressor alone has changed
	trigger *entry // the first of the rule's alarms that changed; nil if the rule itself did
}

// follow reconsiders the composite alarms that look at an alarm which changed, and those that look at them. No busy is
// held. It returns when a wave that went out from the change has gone through.
func (s *Service) follow(ctx context.Context, changed *entry) {
	s.waves.addChanged(changed)
	s.roll(ctx)
}

// roll sends out a wave from all that waits for one. An alarm that can't be stored is tried again with the next
// evaluations; those that look at it already see what it is to become.
func (s *Service) roll(ctx context.Context) {
	s.structure.RLock()
	defer s.structure.RUnlock()
	s.waves.going.Lock()
	defer s.waves.going.Unlock()
	w := &wave{book: s.book, due: map[*entry]*cause{}}
	changed, again := s.waves.take()
	for _, e := range again {
		w.due[e] = &cause{rule: true}
	}
	for _, e := range changed {
		if r := e.current.Load(); r != nil {
			w.goOn(e, r.Status.State)
		}
	}
	for len(w.due) > 0 {
		s.reconsider(ctx, w)
	}
}

// goOn notes the state that an alarm has come into, and who has to be reconsidered for it.
func (w *wave) goOn(e *entry, state State) {
	e.seen = state
	for _, parent := range w.book.parentsOf(e.key) {
		c := w.due[parent]
		if c == nil {
			c = &cause{}
			w.due[parent] = c
		}
		if !c.rule && slices.Contains(parent.current.Load().childNames(), e.name) {
			c.rule, c.trigger = true, e
		}
	}
}

// next lists the alarms of the lowest rank, which don't depend on each other, by name.
func (w *wave) next() (list []*entry) {
	for e := range w.due {
		if len(list) > 0 {
			switch order := e.rank.compare(list[0].rank); {
			case order > 0:
				continue
			case order < 0:
				list = list[:0]
			}
		}
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b *entry) int { return strings.Compare(a.name, b.name) })
	return list
}

// reconsideredAtOnce bounds how many composite alarms are reconsidered, and stored, in the same moment.
const reconsideredAtOnce = 64

// reconsider evaluates the alarms that are next in a wave, and lets it go on from those that changed.
func (s *Service) reconsider(ctx context.Context, w *wave) {
	for list := range slices.Chunk(w.next(), reconsideredAtOnce) {
		states := make([]State, len(list))
		var group sync.WaitGroup
		for i, e := range list {
			group.Go(func() { states[i] = s.evaluateRule(ctx, e, w.due[e]) })
		}
		group.Wait()
		for i, e := range list {
			delete(w.due, e)
			if states[i] != "" && states[i] != e.sight() {
				w.goOn(e, states[i])
			}
		}
	}
}

// sight is the state that rules see.
func (e *entry) sight() State { return cmp.Or(e.seen, InsufficientData) }
