package host

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

func emptyPool(h *Host) *pool { return &pool{host: h, version: &function.Version{}} }

func TestRoom(t *testing.T) {
	h := &Host{cfg: Config{Limit: 8}}
	a, b, c := emptyPool(h), emptyPool(h), emptyPool(h)
	r := newRoom(2)
	h.room = r
	if !r.enter(a) || !r.enter(b) || r.enter(c) || r.enter(a) || r.enter(c) {
		t.Fatal("two places were not two")
	}
	if !r.hungry.Load() || !slices.Equal(r.starving, []*pool{c, a}) {
		t.Errorf("starving: %d pools, in another order than they came", len(r.starving))
	}
	r.leave(b)
	if r.hungry.Load() || len(r.starving) != 0 {
		t.Error("nobody waits in the starving pools, and they still starve")
	}
	if got := r.pools(); !slices.Equal(got, []*pool{a}) {
		t.Errorf("%d pools have places", len(got))
	}
	if r.isClosed() || !slices.Equal(r.close(), []*pool{a}) || !r.isClosed() || r.enter(c) {
		t.Error("a closed room let somebody in")
	}
	r.leave(a)
	select {
	case <-r.empty:
	default:
		t.Error("the room is not empty after the last left")
	}
}

// TestPoolsLeaveWhileTheRoomCloses wants those who are told that the room closes to stay the same, whoever leaves.
func TestPoolsLeaveWhileTheRoomCloses(t *testing.T) {
	h := &Host{cfg: Config{Limit: 8}}
	h.room = newRoom(1)
	owner, first, second, third := emptyPool(h), emptyPool(h), emptyPool(h), emptyPool(h)
	if !h.room.enter(owner) {
		t.Fatal("no place")
	}
	for _, p := range []*pool{first, second, third} {
		if h.room.enter(p) {
			t.Fatal("one place was two")
		}
	}
	told := h.room.close()
	var leaving sync.WaitGroup
	leaving.Go(func() { h.room.leave(owner) })
	for i, p := range told {
		if want := []*pool{first, second, third, owner}[i]; p != want {
			t.Errorf("the pool at %d is %p, want %p", i, p, want)
		}
	}
	leaving.Wait()
	if len(told) != 4 || slices.Contains(told, nil) {
		t.Errorf("%d pools were told: %v", len(told), told)
	}
	if h.room.hungry.Load() || len(h.room.starving) != 0 {
		t.Error("pools starve in a closed room")
	}
}

// TestAPoolThatIsFedWhileTheRoomCloses is one that Close no longer finds among those that starve.
func TestAPoolThatIsFedWhileTheRoomCloses(t *testing.T) {
	h := &Host{cfg: Config{Limit: 8}}
	h.room = newRoom(1)
	p, place := emptyPool(h), make(chan *environment, 1)
	p.waiters = append(p.waiters, place)
	h.room.close()
	p.refill()
	select {
	case e := <-place:
		if _, err := orStopping(e); !fault.Is(err, fault.Unavailable, "server") {
			t.Errorf("the call that waited got %v, %v", e, err)
		}
	default:
		t.Error("the call still waits")
	}
}

func TestAFreePlaceGoesToThePoolThatStarvedLongest(t *testing.T) {
	h := &Host{cfg: Config{Limit: 8}}
	h.room = newRoom(1)
	owner, first, second := emptyPool(h), emptyPool(h), emptyPool(h)
	if !h.room.enter(owner) {
		t.Fatal("no place")
	}
	places := map[*pool]chan *environment{first: make(chan *environment, 1), second: make(chan *environment, 1)}
	for _, p := range []*pool{first, second} {
		p.mu.Lock()
		if p.grow() != nil {
			t.Fatal("a pool grew beyond the room")
		}
		p.waiters = append(p.waiters, places[p])
		p.mu.Unlock()
	}
	h.room.leave(owner)
	if len(places[first]) != 1 || len(places[second]) != 0 {
		t.Errorf("the first got %d, the second %d", len(places[first]), len(places[second]))
	}
	first.size--
	h.room.leave(first)
	if len(places[second]) != 1 {
		t.Error("the second got nothing in the end")
	}
}

// TestManyVersionsShareFewPlaces lets more versions be called at once than there are places.
func TestManyVersionsShareFewPlaces(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Total = 3; c.Wait = time.Minute; c.Logs = discardLogs{} })
	var callers sync.WaitGroup
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		p := r.Pool(r.custom(t, name))
		for range 2 {
			callers.Go(func() {
				for range 4 {
					o, err := p.Invoke(context.Background(), newCall(`[1]`))
					if err != nil || o.Failed {
						t.Errorf("%+v, %v", o, err)
					}
				}
			})
		}
	}
	callers.Wait()
	r.room.mu.Lock() // those that were given up may still be leaving
	defer r.room.mu.Unlock()
	if r.room.used > 3 {
		t.Errorf("%d environments", r.room.used)
	}
}
