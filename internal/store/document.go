package store

import (
	"encoding/json"
	"fmt"
	"time"
)

// document writes a value as a JSON column.
func document(value any) (string, error) {
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
