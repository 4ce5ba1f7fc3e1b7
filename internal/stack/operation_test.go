package stack_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"sluice/internal/stack"
)

// Who sees that a stack rests may ask for the next operation before the one before has left the stage.
func TestOperationsFollowEachOtherAtOnce(t *testing.T) {
	b := newBench(t)
	s := b.create(things("A=0"))
	for i := 1; i <= 20; i++ {
		if _, err := b.Update(t.Context(), request(things(fmt.Sprintf("A=%d", i)))); err != nil {
			t.Fatal(err)
		}
		for s.Status = stack.UpdateInProgress; s.Status.Running(); {
			var err error
			if s, err = b.Stack(t.Context(), scope, "shop"); err != nil {
				t.Fatal(err)
			}
		}
	}
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=20"})
}

// crowd notes how many orders are being carried out at once, and lets them go on when so many are.
type crowd struct {
	mu         sync.Mutex
	now, most  int
	enough     int
	full       chan struct{}
	fill       func() // closes full, once
	announcing bool
}

func newCrowd(enough int, announcing bool) *crowd {
	c := &crowd{enough: enough, full: make(chan struct{}), announcing: announcing}
	c.fill = sync.OnceFunc(func() { close(c.full) })
	return c
}

func (c *crowd) join(ctx context.Context, verb string, o *stack.Order) error {
	if verb == "delete" {
		return nil
	}
	if c.announcing {
		o.Note("waiting")
	}
	c.mu.Lock()
	c.now++
	c.most = max(c.most, c.now)
	if c.now == c.enough {
		c.fill()
	}
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		c.now--
		c.mu.Unlock()
	}()
	select {
	case <-c.full:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func TestOrdersAtOnceAreBoundedButNotThoseThatWait(t *testing.T) {
	var specs []string
	for i := range 40 {
		specs = append(specs, fmt.Sprintf("A%d=1", i))
	}
	t.Run("bounded", func(t *testing.T) {
		b := newBench(t)
		all := newCrowd(16, false)
		b.cloud.before = all.join
		wantStatus(t, b.create(things(specs...)), stack.CreateComplete, "")
		if all.most != 16 {
			t.Errorf("%d orders were carried out at once", all.most)
		}
	})
	t.Run("waiting", func(t *testing.T) {
		b := newBench(t)
		all := newCrowd(40, true)
		b.cloud.before = all.join
		wantStatus(t, b.create(things(specs...)), stack.CreateComplete, "")
		if told := strings.Join(b.story("shop"), "\n"); !strings.Contains(told, "A7 CREATE_IN_PROGRESS waiting") {
			t.Errorf("no note in\n%s", told)
		}
	})
}

func TestRequestThatComesTwiceIsOne(t *testing.T) {
	b := newBench(t)
	token := func(name string) func(*stack.Request) { return func(r *stack.Request) { r.Token = name } }
	s := b.create(things("A=1"), token("first"))
	again, err := b.Create(t.Context(), request(things("A=1"), token("first")))
	if err != nil || again.ID != s.ID {
		t.Errorf("got %v, %v", again, err)
	}
	begun, before := halting("A")
	b.cloud.before = before
	if _, err := b.Update(t.Context(), request(things("A=2"), token("second"))); err != nil {
		t.Fatal(err)
	}
	<-begun
	if again, err := b.Update(t.Context(), request(things("A=2"), token("second"))); err != nil || again.ID != s.ID {
		t.Errorf("got %v, %v", again, err)
	}
	if err := b.Cancel(t.Context(), scope, "shop", "third"); err != nil {
		t.Fatal(err)
	}
	b.rest(s.ID)
	events, _, err := b.Events(t.Context(), scope, "shop", 0, 1)
	if err != nil || events[0].Token == "" {
		t.Errorf("the last event is %+v, %v", events[0], err)
	}
}
