package functionurl_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"sluice/internal/function"
	"sluice/internal/functionurl"
)

// fickle is a store whose reads fail as long as it is broken, and wait as long as there is a gate.
type fickle struct {
	functionurl.Store
	broken atomic.Bool
	gate   atomic.Pointer[gate]
}

// gate holds the first that comes to it.
type gate struct{ reached, open chan struct{} }

var errBroken = errors.New("no disk")

func (f *fickle) ReadFunctionURLs(ctx context.Context, read func(functionurl.Reader) error) error {
	if f.broken.Load() {
		return errBroken
	}
	err := f.Store.ReadFunctionURLs(ctx, read)
	if g := f.gate.Swap(nil); g != nil {
		close(g.reached)
		<-g.open
	}
	return err
}

// newFickle returns a service on a store that may fail, with a URL of the alias blue.
func newFickle(t *testing.T) (*functionurl.Service, *fickle, *functionurl.Config) {
	t.Helper()
	_, records := newService(t)
	g := function.ID{Scope: f.Scope, Name: "g"}
	write(t, records, func(tx function.Tx) error {
		return tx.PutFunction(&function.Function{ID: g, Latest: function.Version{Function: g}})
	})
	store := &fickle{Store: records}
	s := functionurl.NewService(store)
	return s, store, create(t, s, "blue")
}

func wantUnsure(t *testing.T, s *functionurl.Service, id string) {
	t.Helper()
	if c, _, err := s.Find(t.Context(), id); !errors.Is(err, errBroken) {
		t.Errorf("found %+v, %v", c, err)
	}
}

func TestAStoredChangeThatCanNotBeReadAgainIsFoundLater(t *testing.T) {
	for name, tt := range map[string]struct {
		change      func(*testing.T, *functionurl.Service)
		there, open bool
	}{
		"an update": {func(t *testing.T, s *functionurl.Service) {
			if _, err := s.Update(t.Context(), f, "blue", functionurl.Change{Auth: functionurl.AuthIAM}); err != nil {
				t.Error(err)
			}
		}, true, false},
		"a deletion": {func(t *testing.T, s *functionurl.Service) {
			if err := s.Delete(t.Context(), f, "blue"); err != nil {
				t.Error(err)
			}
		}, false, false},
		"another URL": {func(t *testing.T, s *functionurl.Service) { create(t, s, "green") }, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			s, store, c := newFickle(t)
			store.broken.Store(true)
			tt.change(t, s)
			wantUnsure(t, s, c.ID) // rather than let in whom the URL is closed to now
			store.broken.Store(false)
			wantFound(t, s, c.ID, tt.there, true)
			if found, _, _ := s.Find(t.Context(), c.ID); tt.there && (found.Auth == functionurl.AuthNone) != tt.open {
				t.Errorf("found %+v", found)
			}
		})
	}
}

func TestANewURLThatCanNotBeReadAgainIsFoundLater(t *testing.T) {
	s, store, _ := newFickle(t)
	store.broken.Store(true)
	c := create(t, s, "green")
	wantUnsure(t, s, c.ID)
	store.broken.Store(false)
	wantFound(t, s, c.ID, true, true)
	wantFound(t, s, strings.Repeat("a", functionurl.IDLength), false, false)
}

func TestWhatCanNotBeReadAgainConcernsNoOtherFunction(t *testing.T) {
	s, store, c := newFickle(t)
	other, err := s.Create(t.Context(), function.ID{Scope: f.Scope, Name: "g"}, "", functionurl.Change{Auth: functionurl.AuthNone})
	if err != nil {
		t.Fatal(err)
	}
	store.broken.Store(true)
	s.Deleted(t.Context(), f)
	wantUnsure(t, s, c.ID)
	wantFound(t, s, other.ID, true, true)
}

// A read that takes its time holds up nobody, and what it has seen does not replace what was written since.
func TestALateReadDoesNotReplaceANewerOne(t *testing.T) {
	s, store, c := newFickle(t)
	slow := &gate{make(chan struct{}), make(chan struct{})}
	store.gate.Store(slow)
	done := make(chan struct{})
	go func() { s.Deleted(t.Context(), f); close(done) }()
	<-slow.reached
	if err := s.Delete(t.Context(), f, "blue"); err != nil {
		t.Fatal(err)
	}
	wantFound(t, s, c.ID, false, true)
	close(slow.open)
	<-done
	wantFound(t, s, c.ID, false, true)
}

func TestAStartThatCanNotReadFails(t *testing.T) {
	s, store, _ := newFickle(t)
	store.broken.Store(true)
	if err := s.Start(t.Context()); !errors.Is(err, errBroken) {
		t.Errorf("start: %v", err)
	}
}
