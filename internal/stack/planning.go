package stack

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// plan reads what a draft's plan follows from, and makes it. before is nil for a stack that is to be made.
func (s *Service) plan(ctx context.Context, stack *Stack, before *Goal, d *draft) (*changes, error) {
	given := premises{
		stack: stack, before: &Goal{}, have: map[string]*Resource{}, draft: d, types: s.cfg.Provider.Schema, known: map[question]*string{},
	}
	if before != nil {
		_, resources, err := s.Resources(ctx, stack.Scope, stack.ID)
		if err != nil {
			return nil, err
		}
		given.before = before
		given.old, _ = bind(stack, before)
		for _, r := range resources {
			given.have[r.LogicalID] = r
		}
	}
	for { // an answer may lead to another question, but not for longer than the template is deep
		found, open, err := plan(given)
		if len(open) == 0 {
			return found, err
		}
		if err := s.learn(ctx, stack.Scope, given.known, open); err != nil {
			return nil, err
		}
	}
}

// learn finds the answers to questions. Something that is not there is an answer too.
func (s *Service) learn(ctx context.Context, scope function.Scope, known map[question]*string, open []question) error {
	for _, q := range open {
		value, err := s.answer(ctx, scope, q)
		if err == nil {
			known[q] = &value
			continue
		}
		if kind := fault.Of(err).Kind; kind == fault.Internal || kind == fault.Unavailable || !q.export && s.cfg.Parameters == nil {
			return err
		}
		known[q] = nil
	}
	return nil
}
