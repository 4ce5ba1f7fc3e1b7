package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

var closingTests = map[string]func(*testing.T, *place){
	"all that was written is there afterwards": keepsOnDisk,
	"a deletion lasts":                         keepsDeletion,
	"a closed store is unavailable":            refusesClosed,
	"closing twice is no error":                closesTwice,
	"closing waits for a write":                waitsForWrite,
	"closing waits for a read":                 waitsForRead,
	"each write is kept or refused":            keepsOrRefuses,
}

func keepsOnDisk(t *testing.T, p *place) {
	f := NewFunction("lasting")
	p.put(t, f, NewVersion(f.ID, 1), NewAlias(f.ID, "LIVE"))
	p.reopen(t)
	wantSame(t, "the function", getFunction(t, p, f.ID), f)
	wantSame(t, "the version", getVersion(t, p, f.ID, 1), NewVersion(f.ID, 1))
	wantSame(t, "the alias", getAlias(t, p, f.ID, "LIVE"), NewAlias(f.ID, "LIVE"))
}

func keepsDeletion(t *testing.T, p *place) {
	f := NewFunction("gone")
	p.put(t, f, NewVersion(f.ID, 1), NewAlias(f.ID, "LIVE"))
	p.write(t, func(tx function.Tx) error { return tx.DeleteFunction(f.ID) })
	p.reopen(t)
	wantMissing(t, p, f.ID)
}

func refusesClosed(t *testing.T, p *place) {
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	err := p.WriteFunctions(t.Context(), func(function.Tx) error { return errOnPurpose })
	wantFault(t, err, fault.Unavailable, "store")
	err = p.ReadFunctions(t.Context(), func(function.Reader) error { return errOnPurpose })
	wantFault(t, err, fault.Unavailable, "store")
}

func closesTwice(t *testing.T, p *place) {
	for range 2 {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}
}

func waitsForWrite(t *testing.T, p *place) {
	f := NewFunction("last")
	closeDuring(t, p, func(begun func()) error {
		return p.WriteFunctions(t.Context(), func(tx function.Tx) error {
			begun()
			return tx.PutFunction(f)
		})
	})
	p.reopen(t)
	wantSame(t, "the function", getFunction(t, p, f.ID), f)
}

func waitsForRead(t *testing.T, p *place) {
	f := NewFunction("last")
	p.put(t, f)
	closeDuring(t, p, func(begun func()) error {
		return p.ReadFunctions(t.Context(), func(r function.Reader) error {
			begun()
			_, err := r.Function(f.ID)
			return err
		})
	})
}

// closeDuring closes the store while work is between its begun and its end.
func closeDuring(t *testing.T, p *place, work func(begun func()) error) {
	t.Helper()
	begun, goOn := make(chan struct{}), make(chan struct{})
	worked, closed := make(chan error, 1), make(chan error, 1)
	go func() {
		worked <- work(func() {
			close(begun)
			<-goOn
		})
	}()
	<-begun
	go func() { closed <- p.Close() }()
	awaitClosing(t, p)
	if len(closed) > 0 {
		t.Error("the store was closed during the work")
	}
	close(goOn)
	if err := errors.Join(<-worked, <-closed); err != nil {
		t.Error(err)
	}
}

// awaitClosing tries to write until the store refuses it.
func awaitClosing(t *testing.T, p *place) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for time.Now().Before(deadline) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		err := p.WriteFunctions(ctx, func(function.Tx) error { return errOnPurpose })
		cancel()
		if fault.Is(err, fault.Unavailable, "store") {
			return
		}
	}
	t.Error("the store takes writes long after it began to close")
}

// keepsOrRefuses closes the store under the hands of many writers, and compares what they were told with what is there.
func keepsOrRefuses(t *testing.T, p *place) {
	var all sync.WaitGroup
	started := make(chan struct{}, writers)
	last := make([]*function.Function, writers) // that were acknowledged
	for i := range writers {
		all.Go(func() {
			for n := 0; ; n++ {
				f := NewFunction(fmt.Sprint("f", i))
				f.Published = function.Number(n)
				if err := p.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.PutFunction(f) }); err != nil {
					wantFault(t, err, fault.Unavailable, "store")
					return
				}
				last[i] = f
				if n == 0 {
					started <- struct{}{}
				}
			}
		})
	}
	for range writers {
		<-started
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	all.Wait()
	p.reopen(t)
	for _, f := range last {
		wantSame(t, f.ID.Name, getFunction(t, p, f.ID), f)
	}
}
