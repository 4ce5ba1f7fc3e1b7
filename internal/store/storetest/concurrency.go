package storetest

import (
	"fmt"
	"sync"
	"testing"

	"sluice/internal/function"
)

var concurrencyTests = map[string]func(*testing.T, *place){
	"no increment is lost":                  losesNoIncrement,
	"reads never see half a change":         readsWholeChanges,
	"one of many creators wins":             createsOnce,
	"failures do not harm their neighbours": spareNeighbours,
}

const (
	writers = 16
	rounds  = 20
)

func losesNoIncrement(t *testing.T, p *place) {
	f := NewFunction("counter")
	f.Published = 0
	p.put(t, f)
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for range rounds {
				if err := p.WriteFunctions(t.Context(), increment(f.ID)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if n := getFunction(t, p, f.ID).Published; n != writers*rounds {
		t.Errorf("the counter is at %d after %d increments", n, writers*rounds)
	}
}

// increment counts in two records, so that a reader can tell half a change from a whole one.
func increment(id function.ID) func(tx function.Tx) error {
	return func(tx function.Tx) error {
		f, err := tx.Function(id)
		if err != nil {
			return err
		}
		f.Published++
		return put(tx, f, &function.Alias{Function: id, Name: "LIVE", Version: f.Published})
	}
}

func readsWholeChanges(t *testing.T, p *place) {
	f := NewFunction("pair")
	f.Published = 0
	p.put(t, f, &function.Alias{Function: f.ID, Name: "LIVE"})
	written := make(chan struct{})
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { watchPair(t, p, f.ID, written) })
	}
	for range 100 {
		p.write(t, increment(f.ID))
	}
	close(written)
	all.Wait()
}

// watchPair reads both records of an increment, again and again until the writer is done. They only grow.
func watchPair(t *testing.T, p *place, id function.ID, written <-chan struct{}) {
	var last function.Number
	for {
		err := p.ReadFunctions(t.Context(), func(r function.Reader) error {
			f, err := r.Function(id)
			if err != nil {
				return err
			}
			a, err := r.Alias(id, "LIVE")
			if err != nil {
				return err
			}
			if f.Published != a.Version || f.Published < last {
				t.Errorf("read %d and %d after %d", f.Published, a.Version, last)
			}
			last = f.Published
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		select {
		case <-written:
			return
		default:
		}
	}
}

func createsOnce(t *testing.T, p *place) {
	id := NewFunction("contested").ID
	created := make(chan string, writers)
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() {
			f := NewFunction(id.Name)
			f.Latest.RevisionID = fmt.Sprint(i)
			err := p.WriteFunctions(t.Context(), func(tx function.Tx) error {
				if _, err := tx.Function(id); err == nil {
					return errOnPurpose
				}
				return tx.PutFunction(f)
			})
			if err == nil {
				created <- f.Latest.RevisionID
			}
		})
	}
	all.Wait()
	if len(created) != 1 {
		t.Fatalf("%d writers created it, want one", len(created))
	}
	wantSame(t, "the winner", getFunction(t, p, id).Latest.RevisionID, <-created)
}

func spareNeighbours(t *testing.T, p *place) {
	var all sync.WaitGroup
	for i := range writers * 4 {
		all.Go(func() {
			f := NewFunction(fmt.Sprint("f", i))
			var wrong error
			if i%2 == 0 {
				wrong = errOnPurpose
			}
			err := p.WriteFunctions(t.Context(), func(tx function.Tx) error {
				if err := put(tx, f, NewAlias(f.ID, "LIVE")); err != nil {
					return err
				}
				return wrong
			})
			if err != wrong {
				t.Errorf("%s: error %v, want %v", f.ID.Name, err, wrong)
			}
		})
	}
	all.Wait()
	for i := range writers * 4 {
		id := NewFunction(fmt.Sprint("f", i)).ID
		if i%2 == 0 {
			wantMissing(t, p, id)
		} else {
			wantSame(t, id.Name, getAlias(t, p, id, "LIVE"), NewAlias(id, "LIVE"))
		}
	}
}
