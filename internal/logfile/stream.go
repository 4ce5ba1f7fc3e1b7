package logfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Stream is a log stream that is open for appending.
type Stream struct {
	files *Files
	name  Name
	users int // guarded by files.mu

	mu      sync.Mutex
	pending []byte // encoded events that are not in the file yet
	spare   []byte // memory of an earlier pending
	noted   bool   // files knows that there is something pending

	writing sync.Mutex // held while the file is written, taken before mu
	checked bool       // the file's end was looked at; guarded by writing
}

// Append adds an event. It does not keep message. Usually it only copies; if much is waiting it writes to the disk.
func (s *Stream) Append(at time.Time, message []byte) {
	s.mu.Lock()
	s.pending = appendRecord(s.pending, at.UnixMilli(), time.Now().UnixMilli(), message)
	much := len(s.pending) >= writeAt
	if !s.noted {
		s.noted = s.files.note(s)
		if !s.noted {
			s.pending = s.pending[:0] // closed: nobody will ever write this
		}
	}
	s.mu.Unlock()
	if much {
		if err := s.flush(); err != nil {
			s.files.logger.Error("write log events", "error", err)
		}
	}
}

// Close writes what was appended.
func (s *Stream) Close() error {
	err := s.flush()
	s.files.forget(s)
	return err
}

// flush writes what is pending. What can't be written is dropped: keeping it would fill the memory.
func (s *Stream) flush() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	pending := s.pending
	s.pending, s.spare, s.noted = s.spare[:0], nil, false
	s.mu.Unlock()
	if len(pending) == 0 {
		return nil
	}
	err := s.writeFile(pending)
	if cap(pending) <= 2*writeAt {
		s.mu.Lock()
		s.spare = pending[:0]
		s.mu.Unlock()
	}
	if err != nil {
		return fmt.Errorf("stream %s of %s: %w", s.name.Stream, s.name.Group, err)
	}
	return nil
}

// writeFile appends to the file, after making it or repairing its end the first time.
func (s *Stream) writeFile(b []byte) error {
	path := s.files.path(s.name)
	if !s.checked {
		if err := s.prepare(path); err != nil {
			return err
		}
		s.checked = true
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0o600)
	if errors.Is(err, fs.ErrNotExist) { // removed meanwhile, with its group
		if err = s.prepare(path); err == nil {
			file, err = os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0o600)
		}
	}
	if err != nil {
		return err
	}
	if _, err = file.Write(b); err != nil {
		s.checked = false // a part may have been written
	}
	return errors.Join(err, file.Close())
}

// prepare makes the file with its header, or cuts off a torn event that a crash left at its end.
func (s *Stream) prepare(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(s.repair(file), file.Close())
}

func (s *Stream) repair(file *os.File) error {
	r, err := newReader(file)
	if errors.Is(err, errTorn) {
		header := appendHeader(nil, s.name, time.Now().UnixMilli())
		if err := file.Truncate(0); err != nil {
			return err
		}
		_, err := file.WriteAt(header, 0)
		return err
	} else if err != nil {
		return err
	}
	for {
		if _, err := r.next(); err != nil {
			break
		}
	}
	return file.Truncate(r.offset)
}
