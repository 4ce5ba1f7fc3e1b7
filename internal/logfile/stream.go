package logfile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"sluice/internal/logs"
)

// Stream is a log stream. It is open for appending as long as somebody has it.
type Stream struct {
	files  *Files
	id     logs.StreamID
	users  int         // guarded by files.mu
	dirty  bool        // it is among files.dirty; guarded by files.mu
	absent atomic.Bool // there is no file, as far as is known

	mu      sync.Mutex // taken before files.mu
	pending []byte     // encoded events that are not in the file yet
	spare   []byte     // memory of an earlier pending
	noted   bool       // files knows that there is something pending

	disk    sync.Mutex // held while the file is used, taken before mu
	content content    // guarded by disk
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
	s.idle()
	s.files.release(s)
	return err
}

// flush writes what is pending. What can't be written is dropped: keeping it would fill the memory.
func (s *Stream) flush() error {
	s.disk.Lock()
	defer s.disk.Unlock()
	return s.write(s.take())
}

// take returns what is pending, which is pending no more. disk is held, so that nothing overtakes it.
func (s *Stream) take() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	pending := s.pending
	s.pending, s.spare, s.noted = s.spare[:0], nil, false
	return pending
}

// idle reports whether nothing is pending, and lets go of the memory for it then.
func (s *Stream) idle() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.pending) > 0 {
		return false
	}
	s.pending, s.spare = nil, nil
	return true
}

// write appends encoded events to the file and keeps their memory for later. disk is held.
func (s *Stream) write(events []byte) error {
	if len(events) == 0 {
		return nil
	}
	err := s.writeFile(events)
	if cap(events) <= 2*writeAt {
		s.mu.Lock()
		s.spare = events[:0]
		s.mu.Unlock()
	}
	if err != nil {
		return fmt.Errorf("stream %s of %s: %w", s.id.Name, s.id.Group.Name, err)
	}
	return nil
}

func (s *Stream) writeFile(events []byte) error {
	first := frame(events, 0).ingested
	file, err := s.openEnd(first)
	if errors.Is(err, fs.ErrNotExist) { // removed by somebody else meanwhile
		s.content = content{looked: true}
		file, err = s.openEnd(first)
	}
	if err != nil {
		return err
	}
	if _, err = file.Write(events); err != nil {
		s.content.looked = false // a part may have been written
		return errors.Join(err, file.Close())
	}
	s.grow(events)
	return file.Close()
}

// openEnd opens the file for appending, after making it, with a time of creation in milliseconds, or cutting off what a
// crash left at its end.
func (s *Stream) openEnd(created int64) (*os.File, error) {
	if err := s.look(); err != nil {
		return nil, err
	}
	path := s.files.path(s.id)
	if !s.content.exists {
		if err := s.make(path, created); err != nil {
			return nil, err
		}
	}
	if s.content.torn {
		if err := os.Truncate(path, s.content.size); err != nil {
			return nil, err
		}
		s.content.torn = false
	}
	return os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0o600)
}

// make makes the file with its header.
func (s *Stream) make(path string, created int64) error {
	header := appendHeader(nil, s.id, created)
	err := os.WriteFile(path, header, 0o600)
	if errors.Is(err, fs.ErrNotExist) {
		if err = os.MkdirAll(filepath.Dir(path), 0o700); err == nil {
			err = os.WriteFile(path, header, 0o600)
		}
	}
	if err != nil {
		s.content.looked = false
		return err
	}
	end := int64(len(header))
	s.content = content{looked: true, exists: true, created: created, head: end, size: end, index: index{complete: true}}
	s.absent.Store(false)
	return nil
}

// grow takes note of events that were written.
func (s *Stream) grow(events []byte) {
	for len(events) > 0 {
		size := int64(binary.LittleEndian.Uint32(events))
		whole := recordHead + size + recordTail
		s.content.grow(frame(events, size), s.content.size, s.content.size+whole)
		events = events[whole:]
	}
}
