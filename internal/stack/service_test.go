package stack_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

// waitingFor is a bench with a stack whose creation has begun and goes on when the channel is closed.
func waitingFor(t *testing.T) (b *bench, s *stack.Stack, goOn chan struct{}) {
	b = newBench(t)
	began := make(chan struct{})
	goOn = make(chan struct{})
	b.cloud.before = func(ctx context.Context, _ string, o *stack.Order) error {
		if !o.Repeated {
			close(began)
		}
		select {
		case <-goOn:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	s, err := b.Create(t.Context(), request(things("A=1")))
	if err != nil {
		t.Fatal(err)
	}
	<-began
	return b, s, goOn
}

func TestWaitReturnsAtTheOperationsEnd(t *testing.T) {
	b, s, goOn := waitingFor(t)
	impatient, leave := context.WithCancel(t.Context())
	leave()
	if _, err := b.Wait(impatient, s.ID); !errors.Is(err, context.Canceled) {
		t.Errorf("who does not wait gets %v", err)
	}
	close(goOn)
	wantStatus(t, b.rest(s.ID), stack.CreateComplete, "")
	wantStatus(t, b.rest(s.ID), stack.CreateComplete, "") // at once, when nothing is under way
	_, err := b.Wait(t.Context(), "arn:aws:cloudformation:eu-central-1:123456789012:stack/none/5a7f")
	if !fault.Is(err, fault.NotFound, "stack") {
		t.Errorf("for none it gets %v", err)
	}
}

// Who waits while the server stops hears so, and whatever begins then waits for the next server.
func TestClosedServiceBeginsNothing(t *testing.T) {
	b, s, goOn := waitingFor(t)
	defer close(goOn)
	waited := make(chan error, 1)
	go func() {
		_, err := b.Wait(t.Context(), s.ID)
		waited <- err
	}()
	b.Close()
	if err := <-waited; !errors.Is(err, stack.ErrClosing) {
		t.Errorf("who waited got %v", err)
	}
	b.Close() // a second time is none
	b.cloud.reset()
	late, err := b.Create(t.Context(), request(things("B=1"), as("late")))
	if err != nil {
		t.Fatal(err)
	}
	wantLines(t, "the orders of a closed service", b.cloud.told(), nil)
	b.cloud.before = nil
	b.restart()
	wantStatus(t, b.rest(late.ID), stack.CreateComplete, "")
	wantStatus(t, b.rest(s.ID), stack.CreateComplete, "")
	told := b.cloud.told()
	slices.Sort(told)
	wantLines(t, "the orders of the next", told, []string{"create A repeated", "create B"})
}

// A service that was never started on the records of another leaves its operations alone.
func TestUnstartedServiceKnowsThatAnotherHasToGoOn(t *testing.T) {
	b, s, goOn := waitingFor(t)
	defer close(goOn)
	b.Close()
	b.Service = stack.New(b.cfg)
	if _, err := b.Wait(t.Context(), s.ID); !fault.Is(err, fault.Unavailable, "stack") {
		t.Errorf("got %v", err)
	}
}

// A plan looks at what other stacks export now.
func TestChangeSetsSeeTheExportsOfOthers(t *testing.T) {
	b := newBench(t)
	b.create(exporting("url", "1"))
	b.create(importing, as("user"))
	_, err := b.Update(t.Context(), request(importing, as("user")))
	wantFault(t, err, fault.Invalid, "changes", "No updates are to be performed.")
	b.create(exporting("other", "2"), as("second"))
	for name, tt := range map[string]struct{ export, evaluation string }{"another": {"other", "Static"}, "missing": {"none", "Dynamic"}} {
		t.Run(name, func(t *testing.T) {
			set := b.changeSet(name, stack.UpdateSet, replace(importing, "url", tt.export), as("user"))
			if len(set.Changes) != 1 || set.Changes[0].Details[0].Evaluation != tt.evaluation {
				t.Errorf("the changes are %+v", set.Changes)
			}
		})
	}
	t.Run("but fail when they are executed", func(t *testing.T) {
		wantStatus(t, b.update(replace(importing, "url", "none"), as("user")), stack.UpdateRollbackComplete, "")
		if want, told := "A UPDATE_FAILED No export named none found.", b.story("user"); !slices.Contains(told, want) {
			t.Errorf("no %q in %q", want, told)
		}
	})
}
