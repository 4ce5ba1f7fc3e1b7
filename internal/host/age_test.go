package host

import (
	"slices"
	"testing"
	"time"
)

func TestEnvironmentsOfSomeAgeAreReplaced(t *testing.T) {
	aged := func(t *testing.T, age time.Duration) *rig {
		t.Helper()
		return newRig(t, func(c *Config) { c.MaxAge, c.Limit, c.Wait = age, 1, time.Minute })
	}
	t.Run("however much they are used", func(t *testing.T) {
		r := aged(t, 100*time.Millisecond)
		p := r.Pool(r.custom(t, "h"))
		pid := pidOf(t, p)
		eventually(t, "another process answers", func() bool { return pidOf(t, p) != pid })
		eventually(t, "the old one has ended", func() bool { return gone(pid) })
	})
	t.Run("never in the middle of a call", func(t *testing.T) {
		r := aged(t, time.Millisecond)
		p := r.Pool(r.custom(t, "h"))
		release := occupy(t, r, p, 1)
		before := r.pids()
		answer := queue(t, p)
		if now := r.pids(); len(before) != 1 || !slices.Equal(now, before) {
			t.Errorf("processes %v, then %v", before, now)
		}
		release() // wants the call to end well
		answer()  // from another one
	})
	t.Run("when they are idle", func(t *testing.T) {
		r := aged(t, 100*time.Millisecond)
		p := r.Pool(r.custom(t, "h"))
		p.Hold()
		ask(t, p, `1`)
		eventually(t, "it ends", func() bool { all, _ := size(p); return all == 0 })
	})
	t.Run("by as many if they are provisioned", func(t *testing.T) {
		r := aged(t, 300*time.Millisecond)
		p := r.Pool(r.custom(t, "h"))
		provisionAndWait(t, p, 2)
		before := r.pids()
		eventually(t, "both are others", func() bool {
			now := r.pids()
			return len(now) == 2 && !slices.ContainsFunc(now, func(pid int) bool { return slices.Contains(before, pid) })
		})
		if got := p.Provisioned(); got.Failed || got.Wanted != 2 {
			t.Errorf("%+v", got)
		}
	})
	t.Run("by as many if they are provisioned and used", func(t *testing.T) {
		r := newRig(t, func(c *Config) { c.MaxAge, c.Keep = 100*time.Millisecond, time.Hour })
		p := r.Pool(r.custom(t, "h"))
		provisionAndWait(t, p, 1)
		var pid int
		eventually(t, "one that is provisioned answers, and is the same before and after", func() bool {
			before := r.pids()
			call := newCall(`1`)
			call.Provisioned = true
			o, err := p.Invoke(t.Context(), call)
			if err != nil || o.Failed {
				t.Fatalf("%+v, %v", o, err)
			}
			if len(before) != 1 || !slices.Equal(r.pids(), before) {
				return false
			}
			pid = before[0]
			return o.Provisioned
		})
		eventually(t, "another one is ready", func() bool { return gone(pid) && p.Provisioned().Ready == 1 })
	})
}

// A start that no call waits for ends when its version is retired, or with the server; its limit is far away.
func TestStartsThatNobodyWantsEnd(t *testing.T) {
	for name, end := range map[string]func(*testing.T, *rig, *pool){
		"with the version": func(_ *testing.T, _ *rig, p *pool) { p.Retire() },
		"with the server": func(t *testing.T, r *rig, _ *pool) {
			if err := r.Close(t.Context()); err != nil {
				t.Error(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, nil)
			r.startLimit = time.Hour
			p := r.Pool(r.custom(t, "hang-at-start")).(*pool)
			p.Provision(1, nil)
			warmed := make(chan error, 1)
			go func() { warmed <- p.warm(t.Context(), 2) }()
			eventually(t, "two start", func() bool { return len(r.pids()) == 2 })
			end(t, r, p)
			eventually(t, "they have ended", func() bool { return len(r.pids()) == 0 })
			if err := <-warmed; err != nil {
				t.Errorf("Warm = %v", err)
			}
		})
	}
	t.Run("but not a call's", func(t *testing.T) {
		r := newRig(t, nil)
		v := r.custom(t, "h")
		p := r.Pool(v).(*pool)
		p.Retire()
		wantOutcome(t, ask(t, p, `1`), false, `1`)
	})
}
