package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"sluice/internal/fault"
)

// encodeDocument writes a value as a JSON column.
func encodeDocument(value any) (string, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("write a document: %w", err)
	}
	return string(text), nil
}

// parse reads a JSON column.
func parse(text []byte, into any) error {
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("read a document: %w", err)
	}
	return nil
}

// micros is a time as a record keeps it, and fromMicros the time that it was, in UTC.
func micros(t time.Time) int64     { return t.UnixMicro() }
func fromMicros(m int64) time.Time { return time.UnixMicro(m).UTC() }

// document reads the document of the only row of a query. One that is damaged fails the transaction as a statement does, so
// that no closure takes it for one that is missing.
func (t *tx) document(query string, args []any, into any) (found bool, err error) {
	var text []byte
	if found, err = t.row(query, args, &text); err != nil || !found {
		return found, err
	}
	return true, t.fail(parse(text, into))
}

// documents reads the documents of all rows of a query.
func documents[T any](t *tx, query string, args ...any) ([]*T, error) {
	return rows(t, query, args, func(row *sql.Rows) (*T, error) {
		var text sql.RawBytes
		if err := row.Scan(&text); err != nil {
			return nil, err
		}
		record := new(T)
		return record, parse(text, record)
	})
}

// put writes a record: its document is the statement's first argument.
func (t *tx) put(record any, statement string, args ...any) error {
	text, err := t.encode(record)
	if err != nil {
		return err
	}
	_, err = t.exec(statement, append([]any{text}, args...)...)
	return err
}

// delete deletes a record; the last argument is its name.
func (t *tx) delete(noun, statement string, args ...any) error {
	deleted, err := t.exec(statement, args...)
	if err == nil && deleted == 0 {
		return noSuch(noun, args[len(args)-1])
	}
	return err
}

func noSuch(noun string, name any) error {
	return fault.Errorf(fault.NotFound, noun, "There is no %s %v", noun, name)
}
