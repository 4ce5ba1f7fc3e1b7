package replica_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"sluice/internal/replica"
)

// newSet returns a Set of keys such as eu/a, which are found by what is behind the slash.
func newSet() *replica.Set[string, int] {
	return replica.New[string, int](func(key string) string { return key[strings.Index(key, "/")+1:] })
}

// reading returns a read that finds this.
func reading(v *int, err error) func(*int) (*int, error) {
	return func(*int) (*int, error) { return v, err }
}

// find looks a record up that nobody doubts.
func find(t *testing.T, s *replica.Set[string, int], name string) *int {
	t.Helper()
	v, err := s.Find(name, func(key string) error {
		t.Errorf("%s is in doubt", key)
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return v
}

func TestARefreshReplacesACopy(t *testing.T) {
	s := newSet()
	if got := find(t, s, "a"); got != nil {
		t.Errorf("an empty set has %d", *got)
	}
	one, two := 1, 2
	for _, want := range []*int{&one, &two, nil, &one} {
		if err := s.Refresh("eu/a", reading(want, nil)); err != nil || find(t, s, "a") != want {
			t.Errorf("the copy is %v, %v; want %v", find(t, s, "a"), err, want)
		}
	}
	if got := find(t, s, "b"); got != nil {
		t.Errorf("another name has %d", *got)
	}
}

func TestARefreshKnowsTheCopyBefore(t *testing.T) {
	s := newSet()
	add := func(before *int) (*int, error) {
		if before == nil {
			return new(1), nil
		}
		return new(*before + 1), nil
	}
	for range 3 {
		if err := s.Refresh("eu/a", add); err != nil {
			t.Fatal(err)
		}
	}
	if got := *find(t, s, "a"); got != 3 {
		t.Errorf("the copy is %d, want 3", got)
	}
}

// What could not be read is asked for again by the next lookup, whatever it is for, and fails only those of itself.
func TestWhatCannotBeReadIsInDoubt(t *testing.T) {
	s, broken := newSet(), errors.New("broken")
	one := 1
	for _, key := range []string{"eu/a", "eu/c"} {
		if err := s.Refresh(key, reading(&one, nil)); err != nil {
			t.Fatal(err)
		}
	}
	for _, key := range []string{"eu/a", "eu/b", "eu/a"} {
		if err := s.Refresh(key, reading(nil, broken)); !errors.Is(err, broken) {
			t.Errorf("the error is %v", err)
		}
	}
	var asked []string
	still := func(key string) error {
		asked = append(asked, key)
		return s.Refresh(key, reading(nil, broken))
	}
	for name, want := range map[string]error{"a": broken, "b": broken, "c": nil} {
		asked = nil
		if v, err := s.Find(name, still); !errors.Is(err, want) || (err == nil) != (v == &one) {
			t.Errorf("%s is %v, %v; want %v", name, v, err, want)
		}
		if slices.Contains(asked, "eu/c") || !slices.Contains(asked, "eu/"+name) && want != nil {
			t.Errorf("looking for %s read %q", name, asked)
		}
	}
	again := func(key string) error { return s.Refresh(key, reading(map[string]*int{"eu/a": &one}[key], nil)) }
	if v, err := s.Find("c", again); v != &one || err != nil {
		t.Errorf("c is %v, %v", v, err)
	}
	if a, b := find(t, s, "a"), find(t, s, "b"); a != &one || b != nil {
		t.Errorf("what could be read again is %v and %v", a, b)
	}
}

// Of refreshes at once none undoes another: each reads after the one before has ended.
func TestRefreshesRunOneAtATime(t *testing.T) {
	s := newSet()
	var running sync.WaitGroup
	stored := 0 // the detector of races finds it if two read at once
	for range 50 {
		running.Go(func() {
			_ = s.Refresh("eu/a", func(*int) (*int, error) {
				stored++
				return new(stored), nil
			})
		})
	}
	running.Wait()
	if got := *find(t, s, "a"); got != 50 {
		t.Errorf("the copy is %d, want 50", got)
	}
}
