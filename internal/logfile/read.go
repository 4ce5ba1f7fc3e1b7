package logfile

import (
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"time"

	"sluice/internal/logs"
)

// Blocks implements logs.Files.
func (f *Files) Blocks(id logs.StreamID, from, to time.Time) (found []logs.Block, err error) {
	first, end := int64(math.MinInt64), int64(math.MaxInt64)
	if !from.IsZero() {
		first = from.UnixMilli()
	}
	if !to.IsZero() {
		end = to.UnixMilli()
	}
	err = f.with(id, func(s *Stream) error {
		if err := s.write(s.take()); err != nil {
			f.logger.Error("write log events", "error", err)
		}
		if err := s.look(); err != nil {
			return err
		}
		if !s.content.exists {
			return logs.ErrNoStream()
		}
		if !s.content.mayHave(first, end) {
			return nil
		}
		if err := s.indexAll(); err != nil {
			return err
		}
		found = s.content.between(first, end)
		return nil
	})
	return found, err
}

// mayHave reports whether there can be events of some time, without an index: the first and the last arrival tell which
// times a file can't have, since logs.Service refuses others.
func (c *content) mayHave(from, to int64) bool {
	return c.complete || c.ingested+logs.MaxAhead.Milliseconds() >= from && c.created-logs.MaxAge.Milliseconds() < to
}

// Read implements logs.Files.
func (f *Files) Read(id logs.StreamID, b logs.Block) ([]logs.Event, error) {
	file, err := os.Open(f.path(id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	records := make([]byte, b.End-b.Start)
	n, err := file.ReadAt(records, b.Start)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	var events []logs.Event
	for at := int64(0); at < int64(n); {
		e, whole, err := parse(records[at:n])
		if err != nil { // trimmed or removed meanwhile, or damaged since it was indexed
			break
		}
		events = append(events, e.log(b.Start+at))
		at += whole
	}
	return events, nil
}
