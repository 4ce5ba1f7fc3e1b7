package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"sluice/internal/function"
	"sluice/internal/race"
	"sluice/internal/store"
	"sluice/internal/store/storetest"
)

// numbered is a function that can be told by its number, in the order of the numbers.
func numbered(n int) *function.Function {
	f := storetest.NewFunction(fmt.Sprintf("f%08d", n))
	f.Published = function.Number(n)
	return f
}

// writeNumbered writes functions with an alias each, from the first free number on, by several writers at once. It
// writes a number to stdout as soon as its write has returned.
func writeNumbered(folder string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Config{Folder: folder})
	if err != nil {
		return err
	}
	all, err := list(ctx, s)
	if err != nil {
		return err
	}
	var last atomic.Int64
	last.Store(int64(len(all)) + 1000) // a gap, so that no number is used again after a crash
	var writers errgroup.Group
	for range 4 {
		writers.Go(func() error {
			for {
				n := int(last.Add(1))
				if err := s.WriteFunctions(ctx, putNumbered(n)); err != nil {
					return err
				}
				fmt.Fprintln(os.Stdout, n)
			}
		})
	}
	return writers.Wait()
}

func putNumbered(n int) func(tx function.Tx) error {
	return func(tx function.Tx) error {
		f := numbered(n)
		alias := &function.Alias{Function: f.ID, Name: "LIVE", Version: f.Published}
		if err := tx.PutAlias(alias); err != nil { // first, so that half a change would be an alias alone
			return err
		}
		return tx.PutFunction(f)
	}
}

func list(ctx context.Context, s function.Store) (all []*function.Function, err error) {
	err = s.ReadFunctions(ctx, func(r function.Reader) error {
		all, err = r.Functions(storetest.NewFunction("any").ID.Scope, "", 0)
		return err
	})
	return all, err
}

func TestNothingAcknowledgedIsLostInACrash(t *testing.T) {
	folder := t.TempDir()
	acknowledged := map[int]bool{}
	most := 400 // writes before a kill
	if race.Enabled {
		most = 100
	}
	for range 20 {
		writer := start(t, "writer", folder)
		var lines []string
		for range 1 + rand.IntN(most) {
			lines = append(lines, writer.line(t))
		}
		lines = append(lines, writer.kill(t)...)
		for _, line := range lines {
			n, err := strconv.Atoi(line)
			if err != nil {
				t.Fatal(err)
			}
			acknowledged[n] = true
		}
		wantAll(t, folder, acknowledged)
	}
	t.Logf("%d writes were acknowledged", len(acknowledged))
}

// wantAll checks that the numbers are there, and that all that is there is whole.
func wantAll(t *testing.T, folder string, numbers map[int]bool) {
	t.Helper()
	s := openStore(t, folder)
	defer s.Close()
	all, err := list(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	there := map[int]bool{}
	err = s.ReadFunctions(t.Context(), func(r function.Reader) error {
		for _, f := range all {
			there[int(f.Published)] = true
			if a, err := r.Alias(f.ID, "LIVE"); err != nil || a.Version != f.Published {
				t.Errorf("function %d has the alias %+v, %v", f.Published, a, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for n := range numbers {
		if !there[n] {
			t.Errorf("write %d was acknowledged and is lost", n)
		}
	}
}

// dieOpening opens a store, and kills its own process with SIGKILL within the time that takes.
func dieOpening(folder string) error {
	time.AfterFunc(rand.N(10*time.Millisecond), func() { _ = syscall.Kill(os.Getpid(), syscall.SIGKILL) })
	if err := holdFolder(folder); err != nil {
		return err
	}
	select {}
}

func TestACrashWhileOpeningDoesNoHarm(t *testing.T) {
	for range 20 {
		folder := t.TempDir()
		start(t, "opener", folder).await(t)
		s := openStore(t, folder)
		if err := s.WriteFunctions(t.Context(), putNumbered(1)); err != nil {
			t.Error(err)
		}
	}
}
