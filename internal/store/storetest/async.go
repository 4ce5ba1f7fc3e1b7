package storetest

import (
	"io"
	"testing"
	"time"

	"sluice/internal/async"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// EventStore is an async.Store that can be closed, and that keeps the functions which events belong to. Close waits for
// what runs.
type EventStore interface {
	async.Store
	function.Store
	io.Closer
}

// NewEvent returns an event with every field set.
func NewEvent(id function.ID, number int64) *async.Event {
	return &async.Event{
		Invocation: async.Invocation{
			Function: id, Qualifier: "live", RequestID: "request", TraceID: "Root=1-2-3", Payload: []byte(`{"grüße": "7"}`),
		},
		Number: number, Received: when, Runs: 1, Refusals: 2, Passed: map[string]int{id.ARN() + "-before": 5},
		Age: 3 * time.Second, Since: when.Add(time.Minute), Wait: 4 * time.Second,
	}
}

// NewEventConfig returns a configuration with every field set.
func NewEventConfig(id function.ID, qualifier string) *async.Config {
	return &async.Config{
		Function: id, Qualifier: qualifier, Retries: new(1), MaxAgeSeconds: new(60), OnSuccess: id.ARN() + "-done",
		OnFailure: id.ARN() + "-failed:live", Modified: when,
	}
}

// Events runs the suite of async.Store. prepare makes an empty place for records, as for Functions.
func Events(t *testing.T, prepare func(t *testing.T) (open func() EventStore)) {
	for group, tests := range map[string]map[string]func(*testing.T, *eventPlace){"events": eventTests, "configurations": eventConfigTests} {
		t.Run(group, func(t *testing.T) {
			for name, test := range tests {
				t.Run(name, func(t *testing.T) {
					open := prepare(t)
					p := &eventPlace{open(), open}
					p.prepare(t)
					test(t, p)
				})
			}
		})
	}
}

// eventPlace holds the records of one test, and the store that is open on them. There are the functions f, whose version 1
// is named by the alias live, and g.
type eventPlace struct {
	EventStore
	open func() EventStore
}

var (
	ofF = function.ID{Scope: scope, Name: "f"}
	ofG = function.ID{Scope: scope, Name: "g"}
)

func (p *eventPlace) prepare(t *testing.T) {
	t.Helper()
	p.functions(t, func(tx function.Tx) error {
		return put(tx, NewFunction("f"), NewVersion(ofF, 1), NewAlias(ofF, "live"), NewFunction("g"))
	})
}

func (p *eventPlace) functions(t *testing.T, closure func(tx function.Tx) error) {
	t.Helper()
	if err := p.WriteFunctions(t.Context(), closure); err != nil {
		t.Fatal(err)
	}
}

func (p *eventPlace) write(t *testing.T, closure func(tx async.Tx) error) {
	t.Helper()
	if err := p.WriteEvents(t.Context(), closure); err != nil {
		t.Fatal(err)
	}
}

func (p *eventPlace) add(t *testing.T, events ...*async.Event) {
	t.Helper()
	p.write(t, func(tx async.Tx) error {
		for _, e := range events {
			if err := tx.AddEvent(e); err != nil {
				return err
			}
		}
		return nil
	})
}

// reopen closes the store and opens it again, which forgets all that is not on disk.
func (p *eventPlace) reopen(t *testing.T) {
	t.Helper()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	p.EventStore = p.open()
}

func (p *eventPlace) event(t *testing.T, number int64) (e *async.Event, err error) {
	t.Helper()
	err = p.ReadEvents(t.Context(), func(r async.Reader) (err error) {
		e, err = r.Event(number)
		return err
	})
	return e, err
}

func (p *eventPlace) pending(t *testing.T, after int64, limit int) (found []async.Pending) {
	t.Helper()
	err := p.ReadEvents(t.Context(), func(r async.Reader) (err error) {
		found, err = r.PendingEvents(after, limit)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func (p *eventPlace) numbers(t *testing.T, after int64, limit int) (numbers []int64) {
	t.Helper()
	for _, each := range p.pending(t, after, limit) {
		numbers = append(numbers, each.Number)
	}
	return numbers
}

var eventTests = map[string]func(*testing.T, *eventPlace){
	"every field is kept, on disk": func(t *testing.T, p *eventPlace) {
		p.add(t, NewEvent(ofF, 1))
		p.reopen(t)
		e, err := p.event(t, 1)
		if err != nil {
			t.Fatal(err)
		}
		wantSame(t, "the event", e, NewEvent(ofF, 1))
		wantSame(t, "what is pending", p.pending(t, 0, 0), []async.Pending{{Number: 1, Function: ofF, Since: e.Since, Wait: e.Wait}})
	},
	"an update changes all but the payload, which never does": func(t *testing.T, p *eventPlace) {
		e := NewEvent(ofF, 1)
		p.add(t, e)
		e.Runs, e.Refusals, e.Age, e.Wait, e.Since = 2, 0, time.Hour, 0, when.Add(time.Hour)
		p.write(t, func(tx async.Tx) error { return tx.UpdateEvent(e) })
		found, err := p.event(t, 1)
		if err != nil {
			t.Fatal(err)
		}
		wantSame(t, "the event", found, e)
	},
	"events are listed by number, over all scopes, in pages": func(t *testing.T, p *eventPlace) {
		other := NewFunction("f")
		other.ID.Region = "us-east-1"
		p.functions(t, func(tx function.Tx) error { return tx.PutFunction(other) })
		p.add(t, NewEvent(ofG, 30), NewEvent(other.ID, 5), NewEvent(ofF, 100))
		wantSame(t, "all", p.numbers(t, 0, 0), []int64{5, 30, 100})
		wantSame(t, "the first two", p.numbers(t, 0, 2), []int64{5, 30})
		wantSame(t, "those behind 5", p.numbers(t, 5, 2), []int64{30, 100})
	},
	"a deleted one is gone, and can't be changed or deleted again": func(t *testing.T, p *eventPlace) {
		p.add(t, NewEvent(ofF, 1))
		p.write(t, func(tx async.Tx) error { return tx.DeleteEvent(1) })
		for _, change := range []func(async.Tx) error{
			func(tx async.Tx) error { return tx.UpdateEvent(NewEvent(ofF, 1)) },
			func(tx async.Tx) error { return tx.DeleteEvent(1) },
		} {
			wantFault(t, p.WriteEvents(t.Context(), change), fault.NotFound, "event")
		}
		_, err := p.event(t, 1)
		wantFault(t, err, fault.NotFound, "event")
	},
	"an event that went with its function does not come back for another of the name": func(t *testing.T, p *eventPlace) {
		p.add(t, NewEvent(ofF, 1))
		p.functions(t, func(tx function.Tx) error { return tx.DeleteFunction(ofF) })
		p.functions(t, func(tx function.Tx) error { return tx.PutFunction(NewFunction("f")) })
		err := p.WriteEvents(t.Context(), func(tx async.Tx) error { return tx.UpdateEvent(NewEvent(ofF, 1)) })
		wantFault(t, err, fault.NotFound, "event")
		wantSame(t, "what is pending", p.numbers(t, 0, 0), []int64(nil))
	},
	"a function takes its events with it": func(t *testing.T, p *eventPlace) {
		p.add(t, NewEvent(ofF, 1), NewEvent(ofG, 2))
		p.functions(t, func(tx function.Tx) error { return tx.DeleteFunction(ofF) })
		wantSame(t, "what is left", p.numbers(t, 0, 0), []int64{2})
	},
	"there is no event without a function": func(t *testing.T, p *eventPlace) {
		none := function.ID{Scope: scope, Name: "none"}
		err := p.WriteEvents(t.Context(), func(tx async.Tx) error { return tx.AddEvent(NewEvent(none, 1)) })
		wantFault(t, err, fault.NotFound, "function")
	},
}
