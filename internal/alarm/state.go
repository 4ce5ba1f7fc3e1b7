package alarm

import (
	"context"
	"time"

	"sluice/internal/function"
)

// SetState sets an alarm's state by hand, until its next evaluation, which does not come before the time between two
// evaluations has passed; of a composite alarm, until a child changes. Its actions run if the state becomes another.
// The alarm need not wait to be evaluated for the first time.
// Errors: fault.NotFound "alarm"; fault.Invalid "alarm" for what is no state, a reason that is too long, or reason data
// that is no JSON.
func (s *Service) SetState(ctx context.Context, scope function.Scope, name string, state State, reason, data string) error {
	if err := checkState(state, reason, data); err != nil {
		return err
	}
	changed, err := s.setState(ctx, key{scope, name}, Verdict{state, reason, data})
	if err == nil && changed != nil {
		s.follow(context.WithoutCancel(ctx), changed) // what is stored is followed, whoever hangs up
	}
	return err
}

// setState returns the alarm's place if the state is another now.
func (s *Service) setState(ctx context.Context, k key, v Verdict) (changed *entry, err error) {
	e := s.book.lock(k)
	defer s.book.unlock(e)
	r := e.current.Load()
	if r == nil {
		return nil, errMissing([]string{k.name})
	}
	s.schedule.later(e)
	e.byHand = time.Now()
	if err := s.change(ctx, e, v); err != nil || v.State == r.Status.State {
		return nil, err
	}
	return e, nil
}

// Ringing returns, for those of the named alarms that ring now or began to ring at since or later, when they last began
// to. It reads memory alone.
// Errors: fault.NotFound "alarm" naming those that don't exist; the answer is right for the others.
func (s *Service) Ringing(_ context.Context, scope function.Scope, names []string, since time.Time) (map[string]time.Time, error) {
	rang := map[string]time.Time{}
	var missing []string
	for _, name := range names {
		r := s.book.find(key{scope, name})
		switch {
		case r == nil:
			missing = append(missing, name)
		case r.Status.State == Ringing:
			rang[name] = r.Status.Transitioned
		case !r.Status.Rang.IsZero() && !r.Status.Rang.Before(since):
			rang[name] = r.Status.Rang
		}
	}
	if len(missing) > 0 {
		return rang, errMissing(missing)
	}
	return rang, nil
}
