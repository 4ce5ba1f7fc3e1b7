package signal_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/api/resource/signal"
)

func TestNextWaitsForItsNumber(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := signal.New(server, "secret", kept{})
		got := make(chan string, 1)
		go func() {
			second, err := a.Next(t.Context(), token, 1)
			got <- string(second) + text(err)
		}()
		send(a, http.MethodPut, a.URL(token), "first")
		synctest.Wait()
		if len(got) > 0 {
			t.Error("the first was taken for the second")
		}
		send(a, http.MethodPut, a.URL(token), "second")
		if second := <-got; second != "second" {
			t.Errorf("got %q", second)
		}
	})
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestNextEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		late := errors.New("nothing came")
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Minute, late)
		defer cancel()
		if _, err := signal.New(server, "secret", kept{}).Next(ctx, token, 0); !errors.Is(err, late) {
			t.Errorf("it ends with %v", err)
		}
	})
}

func TestSignalsOutliveAddresses(t *testing.T) {
	disk := kept{}
	before := signal.New(server, "secret", disk)
	send(before, http.MethodPut, before.URL(token), "kept")
	after := signal.New(server, "secret", disk)
	if !after.Answered(token) || after.Answered("other") {
		t.Error("it is not known what was answered")
	}
	if got, err := after.Next(t.Context(), token, 0); err != nil || string(got) != "kept" {
		t.Errorf("got %q, %v", got, err)
	}
	if err := after.Forget(token); err != nil || len(disk) > 0 || after.Answered(token) {
		t.Errorf("%v: what is left is %q", err, disk)
	}
}

// Who waits at an address that is forgotten meanwhile gets what comes after.
func TestForgettingLeavesWaitersWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := signal.New(server, "secret", kept{})
		got := make(chan string, 1)
		go func() {
			next, err := a.Next(t.Context(), token, 0)
			got <- string(next) + text(err)
		}()
		synctest.Wait()
		if err := a.Forget(token); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		send(a, http.MethodPut, a.URL(token), "after")
		if next := <-got; next != "after" {
			t.Errorf("got %q", next)
		}
	})
}

func TestWhatTheDiskRefuses(t *testing.T) {
	a := signal.New(server, "secret", kept{})
	if _, err := a.Next(t.Context(), "lost", 0); !errors.Is(err, errDisk) {
		t.Errorf("reading: %v", err)
	}
	if a.Answered("lost") {
		t.Error("what can't be read counts as an answer")
	}
	if err := a.Forget("stuck"); !errors.Is(err, errDisk) {
		t.Errorf("forgetting: %v", err)
	}
}

// slow holds what is kept of one token up until it is let go.
type slow struct {
	kept
	begun, free chan struct{}
}

func (s slow) Read(token string) ([][]byte, error) {
	if token == "slow" {
		close(s.begun)
		<-s.free
	}
	return nil, nil
}

func TestNoAddressWaitsForAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		disk := slow{kept{}, make(chan struct{}), make(chan struct{})}
		a := signal.New(server, "secret", disk)
		done := make(chan bool)
		go func() { done <- a.Answered("slow") }()
		<-disk.begun
		if status := send(a, http.MethodPut, a.URL(token), "{}").StatusCode; status != http.StatusOK {
			t.Errorf("the answer is %d", status)
		}
		close(disk.free)
		<-done
	})
}
