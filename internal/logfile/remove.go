package logfile

import (
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"time"

	"sluice/internal/fault"
	"sluice/internal/logs"
)

// Remove implements logs.Files.
func (f *Files) Remove(id logs.StreamID) error {
	return f.with(id, func(s *Stream) error {
		if !s.content.exists && s.idle() {
			return logs.ErrNoStream()
		}
		s.take() // and write it nowhere
		return s.remove()
	})
}

// RemoveGroup implements logs.Files.
func (f *Files) RemoveGroup(id logs.GroupID) error {
	streams, err := f.Streams(id)
	if err != nil {
		return err
	}
	for _, s := range streams {
		if err := f.Remove(s.ID); err != nil && !fault.Is(err, fault.NotFound, "stream") {
			return err
		}
	}
	// A function that writes has made it anew, or will; then it is not empty, or comes back.
	_ = os.Remove(f.groupFolder(id))
	return nil
}

// remove deletes the file. What is pending will make another. disk is held.
func (s *Stream) remove() error {
	if err := os.Remove(s.files.path(s.id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	s.content = content{looked: true}
	s.absent.Store(true)
	return nil
}

// copied ends the name of a file that is going to take another's place.
const copied = ".new"

// trimAt is how much of a file must be out of date, in bytes, before the rest is copied; and it must be half of it.
const trimAt = 1 << 20

// Trim implements logs.Files.
func (f *Files) Trim(id logs.StreamID, oldest time.Time) error {
	return f.with(id, func(s *Stream) error {
		if err := s.write(s.take()); err != nil {
			return err
		}
		c, limit := &s.content, oldest.UnixMilli()
		if !c.exists || c.size == c.head || !c.mayHave(math.MinInt64, limit) {
			return nil
		}
		if !c.complete && !c.mayHave(limit, math.MaxInt64) {
			return s.remove()
		}
		if err := s.indexAll(); err != nil {
			return err
		}
		return s.trim(limit)
	})
}

// trim removes a file whose events are all older than a time, or its beginning if that is most of it.
func (s *Stream) trim(limit int64) error {
	c := &s.content
	if len(c.between(limit, math.MaxInt64)) == 0 {
		return s.remove()
	}
	old := c.head
	for _, b := range c.blocks {
		if b.last >= limit {
			break
		}
		old = b.end
	}
	if gone := old - c.head; gone < trimAt || 2*gone < c.size {
		return nil
	}
	err := s.copyFrom(old)
	s.content = content{}
	return errors.Join(err, s.look())
}

// copyFrom puts a file in this one's place that has only what comes from a position on.
func (s *Stream) copyFrom(start int64) (err error) {
	path := s.files.path(s.id)
	from, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	to, err := os.OpenFile(path+copied, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = to.Write(appendHeader(nil, s.id, s.content.created))
	if err == nil {
		_, err = io.Copy(to, io.NewSectionReader(from, start, s.content.size-start))
	}
	err = errors.Join(err, to.Sync(), to.Close())
	if err != nil {
		return errors.Join(err, os.Remove(path+copied))
	}
	return os.Rename(path+copied, path)
}
