package permission

import (
	"errors"
	"sync"
	"testing"

	"sluice/internal/function"
	"sluice/internal/policy"
)

var tableF = function.ID{Name: "f"}

// reading counts reads, each of which finds what is there then.
type reading struct {
	count int
	there policies
	err   error
}

func (r *reading) read() (policies, error) {
	r.count++
	return r.there, r.err
}

func TestTableReadsOnceUntilItForgets(t *testing.T) {
	table := newTable()
	r := &reading{there: policies{"live": {}}}
	for _, want := range []int{1, 1, 2} {
		if want == 2 {
			table.forget(tableF)
		}
		if found, err := table.of(tableF, r.read); err != nil || len(found) != 1 || r.count != want {
			t.Errorf("%v, %v after %d reads, want %d", found, err, r.count, want)
		}
	}
}

func TestTableKeepsNothingOfAReadThatFailed(t *testing.T) {
	table := newTable()
	r := &reading{err: errors.New("broken")}
	if _, err := table.of(tableF, r.read); !errors.Is(err, r.err) {
		t.Errorf("error %v", err)
	}
	if _, held := table.held.Load(tableF); held {
		t.Error("something is held")
	}
	r.err, r.there = nil, policies{}
	if found, err := table.of(tableF, r.read); found == nil || err != nil {
		t.Errorf("%v, %v", found, err)
	}
}

// Who forgets waits for a read that began before, so that what it read is not held afterwards.
func TestTableForgetsWhatIsBeingRead(t *testing.T) {
	table := newTable()
	var both sync.WaitGroup
	forgotten := make(chan struct{})
	_, err := table.of(tableF, func() (policies, error) {
		began := make(chan struct{})
		both.Go(func() {
			close(began)
			table.forget(tableF)
			close(forgotten)
		})
		<-began
		select {
		case <-forgotten:
			t.Error("forgotten while it is read")
		default:
		}
		return policies{"": &policy.Document{}}, nil
	})
	both.Wait()
	if _, held := table.held.Load(tableF); held || err != nil {
		t.Errorf("held %t, %v", held, err)
	}
}
