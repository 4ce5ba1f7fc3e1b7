package store

import (
	"database/sql"
	"time"

	"sluice/internal/async"
)

// eventDocument is the JSON column of an event.
type eventDocument struct {
	Qualifier string `json:",omitempty"`
	RequestID string
	TraceID   string         `json:",omitempty"`
	Received  int64          // microseconds since 1970
	Runs      int            `json:",omitempty"`
	Refusals  int            `json:",omitempty"`
	Passed    map[string]int `json:",omitempty"`
	Age       int64          `json:",omitempty"` // microseconds of the cloud
}

// Event implements async.Reader.
func (t *tx) Event(number int64) (*async.Event, error) {
	e := &async.Event{Number: number}
	var since, wait int64
	var document []byte
	found, err := t.row("SELECT account, region, function, since, wait, document, payload FROM events WHERE number = ?",
		[]any{number}, &e.Function.Account, &e.Function.Region, &e.Function.Name, &since, &wait, &document, &e.Payload)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, noSuch("event", number)
	}
	e.Since, e.Wait = fromMicros(since), time.Duration(wait)*time.Microsecond
	var d eventDocument
	if err := t.fail(parse(document, &d)); err != nil {
		return nil, err
	}
	e.Qualifier, e.RequestID, e.TraceID = d.Qualifier, d.RequestID, d.TraceID
	e.Received, e.Runs, e.Refusals, e.Passed = fromMicros(d.Received), d.Runs, d.Refusals, d.Passed
	e.Age = time.Duration(d.Age) * time.Microsecond
	return e, nil
}

// PendingEvents implements async.Reader.
func (t *tx) PendingEvents(after int64, limit int) ([]async.Pending, error) {
	return rows(t, "SELECT number, account, region, function, since, wait FROM events WHERE number > ? ORDER BY number LIMIT ?",
		[]any{after, limited(limit)}, func(row *sql.Rows) (p async.Pending, err error) {
			var since, wait int64
			err = row.Scan(&p.Number, &p.Function.Account, &p.Function.Region, &p.Function.Name, &since, &wait)
			p.Since, p.Wait = fromMicros(since), time.Duration(wait)*time.Microsecond
			return p, err
		})
}

// encodeEvent writes an event's document.
func (t *tx) encodeEvent(e *async.Event) (string, error) {
	return t.encode(eventDocument{
		Qualifier: e.Qualifier, RequestID: e.RequestID, TraceID: e.TraceID, Received: micros(e.Received),
		Runs: e.Runs, Refusals: e.Refusals, Passed: e.Passed, Age: e.Age.Microseconds(),
	})
}

// AddEvent implements async.Tx.
func (t *tx) AddEvent(e *async.Event) error {
	t.owned(e.Function)
	text, err := t.encodeEvent(e)
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO events (number, account, region, function, since, wait, document, payload) "+
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		e.Number, e.Function.Account, e.Function.Region, e.Function.Name, micros(e.Since), e.Wait.Microseconds(), text,
		string(e.Payload))
	return err
}

// UpdateEvent implements async.Tx.
func (t *tx) UpdateEvent(e *async.Event) error {
	text, err := t.encodeEvent(e)
	if err != nil {
		return err
	}
	changed, err := t.exec("UPDATE events SET since = ?, wait = ?, document = ? WHERE number = ?",
		micros(e.Since), e.Wait.Microseconds(), text, e.Number)
	if err == nil && changed == 0 {
		return noSuch("event", e.Number)
	}
	return err
}

// DeleteEvent implements async.Tx.
func (t *tx) DeleteEvent(number int64) error {
	return t.delete("event", "DELETE FROM events WHERE number = ?", number)
}
