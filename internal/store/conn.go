package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
)

// conn is a connection with its prepared statements. One goroutine at a time uses it.
//
// Contexts stop at its door: a transaction that has begun is seen through, and a context that can be cancelled would
// cost a goroutine a statement.
type conn struct {
	sql      *sql.Conn
	prepared map[string]*sql.Stmt
}

func newConn(ctx context.Context, database *sql.DB) (*conn, error) {
	connection, err := database.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	return &conn{sql: connection, prepared: map[string]*sql.Stmt{}}, nil
}

// close gives the connection back to its pool; its statements go with it.
func (c *conn) close() error {
	c.closeStatements()
	return c.sql.Close()
}

// discard closes a connection that is in an unknown state, and keeps it out of its pool.
func (c *conn) discard() {
	c.closeStatements() // before the connection: the driver panics over a statement that outlives it
	// database/sql closes and drops a connection of which this is said, whatever Raw returns.
	_ = c.sql.Raw(func(any) error { return driver.ErrBadConn })
}

func (c *conn) closeStatements() {
	for _, statement := range c.prepared {
		statement.Close() // what fails here fails again, with its reason, when the connection is closed
	}
}

// statement prepares a query once. Queries are constants, so there are only so many.
func (c *conn) statement(query string) (*sql.Stmt, error) {
	if statement, ok := c.prepared[query]; ok {
		return statement, nil
	}
	statement, err := c.sql.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", query, err)
	}
	c.prepared[query] = statement
	return statement, nil
}

// exec runs a statement and returns how many rows it has changed.
func (c *conn) exec(query string, args ...any) (int64, error) {
	statement, err := c.statement(query)
	if err != nil {
		return 0, err
	}
	result, err := statement.Exec(args...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", query, err)
	}
	return result.RowsAffected()
}
