package logfile

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"sluice/internal/logs"
)

// content is what is known of a stream's file.
type content struct {
	looked bool // at the file; otherwise nothing is known
	exists bool
	torn   bool // there is something behind size that has to be cut off before more is written

	created     int64 // milliseconds since 1970, as all times here
	first, last int64 // times of the first and the last event by arrival; 0 without events
	ingested    int64 // when the last event came
	head, size  int64 // where events begin and end

	index
}

// look gets to know the file, if it is not known. The whole file is read only if its end is torn. disk is held.
func (s *Stream) look() error {
	if s.content.looked {
		return nil
	}
	file, err := os.Open(s.files.path(s.id))
	if errors.Is(err, fs.ErrNotExist) {
		s.absent.Store(true)
		s.content = content{looked: true}
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	c, err := examine(file)
	if err != nil {
		return fmt.Errorf("%s: %w", file.Name(), err)
	}
	s.content = c
	s.absent.Store(!c.exists)
	return nil
}

// examine reads the header, the first and the last event. A torn header is no file.
func examine(file *os.File) (content, error) {
	r, err := newReader(file)
	if errors.Is(err, errTorn) {
		return content{looked: true}, nil
	}
	if err != nil {
		return content{}, err
	}
	c := content{looked: true, exists: true, created: r.created, head: r.offset, size: r.size}
	if r.size == r.offset {
		c.complete = true
		return c, nil
	}
	first, err := r.next()
	c.first = first.at
	last, _, lastErr := before(file, r.size, c.head)
	if err == nil && lastErr == nil {
		c.last, c.ingested = last.at, last.ingested
		return c, nil
	}
	return c, c.mend(r)
}

// mend finds the end of the last whole event before the first torn one.
func (c *content) mend(r *reader) error {
	c.first = 0
	if err := r.seek(c.head); err != nil {
		return err
	}
	size := r.size
	c.size, c.complete = c.head, true
	for {
		start := r.offset
		e, err := r.next()
		if err != nil {
			break
		}
		c.grow(e, start, r.offset)
	}
	c.torn = c.size < size
	return nil
}

// grow takes note of an event that was added between two positions.
func (c *content) grow(e event, start, end int64) {
	if c.size == c.head {
		c.first = e.at
	}
	c.last, c.ingested, c.size = e.at, e.ingested, end
	if c.complete {
		c.add(e.at, start, end)
	}
}

// describe describes a stream that exists; disk is held.
func (s *Stream) describe() *logs.Stream {
	c := &s.content
	first, last := c.first, c.last
	if len(c.blocks) > 0 {
		least := slices.MinFunc(c.blocks, func(a, b block) int { return cmp.Compare(a.first, b.first) })
		greatest := slices.MaxFunc(c.blocks, func(a, b block) int { return cmp.Compare(a.last, b.last) })
		first, last = least.first, greatest.last
	}
	return &logs.Stream{
		ID: s.id, Created: fromMillis(c.created), First: fromMillis(first), Last: fromMillis(last),
		Ingested: fromMillis(c.ingested), Bytes: c.size - c.head,
	}
}

// fromMillis is a time as a record keeps it; 0 is none.
func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
