package host

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

func TestStartsAheadWaitForTheirTurn(t *testing.T) {
	forever := context.Background()
	for name, tt := range map[string]struct {
		do   func(leave func())
		free bool // for one more
	}{
		"all places are taken":         {func(func()) {}, false},
		"one has ended":                {func(leave func()) { leave() }, true},
		"one takes long":               {func(func()) { time.Sleep(aheadTime) }, true},
		"one took long, and has ended": {func(leave func()) { time.Sleep(aheadTime); leave() }, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := newAhead()
				var leave func()
				for range runtime.GOMAXPROCS(0) {
					var err error
					if leave, err = a.enter(forever, forever); err != nil {
						t.Fatal(err)
					}
				}
				tt.do(leave)
				ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
				defer cancel()
				if _, err := a.enter(ctx, forever); (err == nil) != tt.free {
					t.Errorf("one more: %v", err)
				}
			})
		})
	}
}

// Who leaves late, or twice, takes no place from others.
func TestLeavingGivesBackOnePlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, forever := newAhead(), context.Background()
		leave, err := a.enter(forever, forever)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(aheadTime)
		other, err := a.enter(forever, forever)
		if err != nil {
			t.Fatal(err)
		}
		defer other()
		leave()
		leave()
		synctest.Wait()
		if n := len(a.places); n != 1 {
			t.Errorf("%d places are taken, want the other's", n)
		}
	})
}

func TestNobodyWaitsForAPlaceInVain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, forever := newAhead(), context.Background()
		for range runtime.GOMAXPROCS(0) {
			leave, err := a.enter(forever, forever)
			if err != nil {
				t.Fatal(err)
			}
			defer leave()
		}
		ended, cancel := context.WithCancel(forever)
		cancel()
		if _, err := a.enter(ended, forever); !errors.Is(err, context.Canceled) {
			t.Errorf("a caller who has left: %v", err)
		}
		if _, err := a.enter(forever, ended); !errors.Is(err, context.Canceled) {
			t.Errorf("a pool that is retired: %v", err)
		}
	})
}
