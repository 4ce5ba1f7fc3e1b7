package release

import (
	"context"
	"strings"
	"time"
)

// Stopped is the error of a run that ended before its release did: the person who started it ended it, the network was
// gone, or somebody else changed an alias. The aliases stay where they are. Unwrap gives the cause.
type Stopped struct {
	Release   string
	Cause     error
	Standings []Standing // of all functions of the run
	Next      string     // what a person can do
}

// Error says cause, where each alias stands that the run held, and what the next run does.
func (s *Stopped) Error() string { return told(s.Cause, s.Standings, s.Next) }

// Unwrap returns the cause.
func (s *Stopped) Unwrap() error { return s.Cause }

// interrupted says what a context's end means to a person.
type interrupted struct{ error }

func (interrupted) Error() string { return "the run was interrupted" }

func (i interrupted) Unwrap() error { return i.error }

func told(cause error, standings []Standing, next string) string {
	lines := []string{cause.Error()}
	for _, s := range standings {
		lines = append(lines, "  "+s.String())
	}
	if next != "" {
		lines = append(lines, next)
	}
	return strings.Join(lines, "\n")
}

// grace bounds what a run does after its context ended.
const grace = 20 * time.Second

// afterwards is a context for giving leases back and for sending aliases back: both happen also after Ctrl-C.
func afterwards(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), grace)
}

// stop ends the run where it is: leases are given back, and the error says where each alias stands.
func (r *run) stop(ctx context.Context, cause error) error {
	if ended := context.Cause(ctx); ended != nil {
		cause = interrupted{ended}
	}
	fresh, cancel := afterwards(ctx)
	defer cancel()
	s := &Stopped{Release: r.plan.Release, Cause: cause, Standings: r.standings()}
	_ = each(fresh, r.config.Parallel, indices(r.members), func(ctx context.Context, i int) error {
		if m := r.members[i]; m.tried != "" {
			s.Standings[i] = m.standing(r.giveBack(ctx, m) == nil) // what could not be given back runs out
		}
		return nil
	})
	s.Next = r.next(s.Standings)
	return s
}

// next says what a person can do after the run stopped.
func (r *run) next(standings []Standing) string {
	env := r.plan.Environment.Name
	unknown, going := false, false
	for i, m := range r.members {
		going = going || m.deployment != "" || standings[i].Additional != "" || m.unfinished
		unknown = unknown || !standings[i].Known
	}
	next := "run it again to go on"
	switch {
	case going:
		next = "`sluice deploy " + env + "` goes on, `sluice abort " + env + "` sends the release back"
	case !r.moved():
		next = "no alias was moved; run it again to go on"
	}
	if unknown {
		next += "; what could not be given back is free after " + r.config.Lease.String() + ", or with --take-over"
	}
	return next
}

func (r *run) moved() bool {
	for _, m := range r.members {
		if m.moved {
			return true
		}
	}
	return false
}
