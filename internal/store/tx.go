package store

import (
	"database/sql"
	"errors"
	"fmt"
	"math"

	"sluice/internal/function"
)

// tx is what a closure reads and writes through. It has the methods of every room's Reader and Tx.
type tx struct {
	conn *conn
	// failed is the first error of a statement. After it the database may have left the transaction by itself, so
	// nothing more is run and the closure can't succeed, even if it ignores the error.
	failed error
	// owners are the functions of the versions and aliases that were put; see checkOwners.
	owners map[function.ID]struct{}
}

// errEnded is what a tx answers when it is used after its closure.
var errEnded = errors.New("transaction has ended")

// end makes the tx useless and returns what went wrong with it, if the closure's error is not that already.
func (t *tx) end(err error) error {
	if err == nil && t.failed == nil {
		err = t.checkOwners()
	}
	if err == nil {
		err = t.failed
	}
	t.failed = errEnded
	return err
}

// exec runs a statement that changes rows, and returns how many.
func (t *tx) exec(query string, args ...any) (int64, error) {
	if t.failed != nil {
		return 0, t.failed
	}
	changed, err := t.conn.exec(query, args...)
	return changed, t.fail(err)
}

// row reads the only row of a query. found is false if there is none.
func (t *tx) row(query string, args []any, columns ...any) (found bool, err error) {
	if t.failed != nil {
		return false, t.failed
	}
	statement, err := t.conn.statement(query)
	if err != nil {
		return false, t.fail(err)
	}
	err = statement.QueryRow(args...).Scan(columns...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, t.fail(err)
}

// rows reads all rows of a query, each with scan.
func rows[T any](t *tx, query string, args []any, scan func(row *sql.Rows) (T, error)) (found []T, err error) {
	if t.failed != nil {
		return nil, t.failed
	}
	statement, err := t.conn.statement(query)
	if err != nil {
		return nil, t.fail(err)
	}
	results, err := statement.Query(args...)
	if err != nil {
		return nil, t.fail(fmt.Errorf("%s: %w", query, err))
	}
	defer results.Close()
	for results.Next() {
		item, err := scan(results)
		if err != nil {
			return nil, t.fail(err)
		}
		found = append(found, item)
	}
	return found, t.fail(results.Err())
}

// encode writes a JSON column. A record that can't be one fails the transaction, as a statement would.
func (t *tx) encode(value any) (string, error) {
	if t.failed != nil {
		return "", t.failed
	}
	text, err := encodeDocument(value)
	return text, t.fail(err)
}

func (t *tx) fail(err error) error {
	if t.failed == nil {
		t.failed = err
	}
	return err
}

// limited is a LIMIT for a list: 0 means none, and both dialects take the largest number for that.
func limited(limit int) int64 {
	if limit == 0 {
		return math.MaxInt64
	}
	return int64(limit)
}
