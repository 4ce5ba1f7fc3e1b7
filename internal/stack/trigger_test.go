package stack_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

// bell is one alarm.
type bell struct{ ringing, missing atomic.Bool }

func (b *bell) Ringing(context.Context, string) (bool, error) {
	if b.missing.Load() {
		return false, fault.Errorf(fault.NotFound, "alarm", "no alarm")
	}
	return b.ringing.Load(), nil
}

const alarm = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:errors"

func guarded(minutes int) func(*stack.Request) {
	return func(r *stack.Request) {
		r.Rollback = &stack.Rollback{Minutes: minutes, Triggers: []stack.Trigger{{ARN: alarm, Type: "AWS::CloudWatch::Alarm"}}}
	}
}

// slow lets each update take some time.
func slow(d time.Duration) func(context.Context, string, *stack.Order) error {
	return func(ctx context.Context, verb string, o *stack.Order) error {
		if verb == "delete" || o.Undo {
			return nil
		}
		select {
		case <-time.After(d):
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func TestAlarmRollsBack(t *testing.T) {
	for name, tt := range map[string]struct {
		ring   time.Duration // after the update began
		status stack.Status
		took   time.Duration
	}{
		"during the update":             {30 * time.Second, stack.UpdateRollbackComplete, 30 * time.Second},
		"while it is watched afterward": {2 * time.Minute, stack.UpdateRollbackComplete, 2 * time.Minute},
		"not after that":                {10 * time.Minute, stack.UpdateComplete, 6 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				alarms := &bell{}
				b := newBench(t, func(c *stack.Config) { c.Alarms = alarms })
				b.create(things("A=1"))
				b.cloud.before = slow(time.Minute)
				began := time.Now()
				ring := time.AfterFunc(tt.ring+time.Second, func() { alarms.ringing.Store(true) })
				defer ring.Stop()
				s := b.update(things("A=2"), guarded(5))
				wantStatus(t, s, tt.status, "")
				if took := time.Since(began); took < tt.took || took > tt.took+12*time.Second {
					t.Errorf("it took %v, want %v", took, tt.took)
				}
			})
		})
	}
}

func TestAlarmThatIsMissingFailsTheOperation(t *testing.T) {
	alarms := &bell{}
	alarms.missing.Store(true)
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, func(c *stack.Config) { c.Alarms = alarms })
		b.cloud.before = slow(time.Second)
		b.create(things("A=1"), guarded(0))
		want := "shop ROLLBACK_IN_PROGRESS Rollback trigger " + alarm + " does not exist. Rollback requested by user."
		if told := b.story("shop"); !slices.Contains(told, want) {
			t.Errorf("no %q in %q", want, told)
		}
	})
}

func TestCreationThatTakesTooLongIsRolledBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, func(c *stack.Config) { c.Scale = 60 })
		b.cloud.before = slow(time.Hour)
		began := time.Now()
		b.create(things("A=1"), func(r *stack.Request) { r.TimeoutMinutes = 5 })
		if took := time.Since(began); took < 5*time.Second || took > 6*time.Second {
			t.Errorf("it took %v of the server's time, want 5 minutes at scale 60", took)
		}
		told := strings.Join(b.story("shop"), "\n")
		for _, want := range []string{
			"A CREATE_FAILED Resource creation cancelled",
			"shop ROLLBACK_IN_PROGRESS Stack creation time exceeded the specified timeout. Rollback requested by user.",
		} {
			if !strings.Contains(told, want) {
				t.Errorf("no %q in\n%s", want, told)
			}
		}
	})
}

func TestTriggersAreBounded(t *testing.T) {
	b := newBench(t, func(c *stack.Config) { c.Alarms = &bell{} })
	_, err := b.Create(t.Context(), request(things("A=1"), guarded(181)))
	wantFault(t, err, fault.Invalid, "rollback trigger", "MonitoringTimeInMinutes has to be from 0 to 180.")
	_, err = b.Create(t.Context(), request(things("A=1"), func(r *stack.Request) {
		r.Rollback = &stack.Rollback{Triggers: make([]stack.Trigger, 6)}
	}))
	wantFault(t, err, fault.Limit, "rollback trigger", "At most 5 rollback triggers are allowed.")
}
