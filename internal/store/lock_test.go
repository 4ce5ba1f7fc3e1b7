package store_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/store"
)

// wantHeld checks that a folder can't be opened, and that the error names who holds it.
func wantHeld(t *testing.T, folder string, pid int) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{Folder: folder})
	if !fault.Is(err, fault.Conflict, "data folder") {
		t.Fatalf("opened %v, %v; want a conflict over the data folder", s, err)
	}
	for _, part := range []string{folder, "process " + strconv.Itoa(pid), "--data"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q does not say %q", err, part)
		}
	}
}

func TestAFolderIsOpenedOnce(t *testing.T) {
	folder := t.TempDir()
	s := openStore(t, folder)
	wantHeld(t, folder, os.Getpid())
	if !store.InUse(folder) {
		t.Error("the folder does not seem to be in use")
	}
	if err := s.WriteFunctions(t.Context(), putNumbered(1)); err != nil {
		t.Errorf("the first store suffered: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if store.InUse(folder) || store.InUse(t.TempDir()) {
		t.Error("a closed folder, or one without a store, seems to be in use")
	}
	openStore(t, folder)
}

func TestTwoFoldersAreOpenedAtOnce(t *testing.T) {
	openStore(t, t.TempDir())
	openStore(t, t.TempDir())
}

func TestAFolderIsFreeAfterAKill(t *testing.T) {
	folder := t.TempDir()
	holder := start(t, "holder", folder)
	holder.line(t)
	wantHeld(t, folder, holder.Process.Pid)
	holder.kill(t)
	openStore(t, folder)
}

// A function's process that outlives the server must not keep the next server out.
func TestAChildProcessDoesNotHoldTheFolder(t *testing.T) {
	folder := t.TempDir()
	s := openStore(t, folder)
	start(t, "bystander", folder).line(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	openStore(t, folder)
}

// Many open a folder at the same moment; one gets it.
func TestARaceForAFolderHasOneWinner(t *testing.T) {
	folder := t.TempDir()
	type result struct {
		*store.Store
		error
	}
	results := make(chan result)
	for range 8 {
		go func() {
			s, err := store.Open(t.Context(), store.Config{Folder: folder})
			results <- result{s, err}
		}()
	}
	var winners []*store.Store
	for range 8 {
		if r := <-results; r.error == nil {
			winners = append(winners, r.Store)
		} else if !fault.Is(r.error, fault.Conflict, "data folder") {
			t.Error(r.error)
		}
	}
	if len(winners) != 1 {
		t.Errorf("%d opened the folder, want 1", len(winners))
	}
	for _, s := range winners {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
