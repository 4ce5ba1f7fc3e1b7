package logfile

import (
	"time"

	"sluice/internal/fault"
	"sluice/internal/logs"
)

// Create implements logs.Files.
func (f *Files) Create(id logs.StreamID) error {
	return f.with(id, func(s *Stream) error {
		if s.content.exists || !s.idle() {
			return fault.Errorf(fault.Conflict, "stream", "The specified log stream already exists")
		}
		return s.make(f.path(id), time.Now().UnixMilli())
	})
}

// Put implements logs.Files.
func (f *Files) Put(id logs.StreamID, events []logs.Event) error {
	return f.with(id, func(s *Stream) error {
		if !s.content.exists && s.idle() {
			return logs.ErrNoStream()
		}
		encoded, now := s.take(), time.Now().UnixMilli()
		for _, e := range events {
			encoded = appendRecord(encoded, e.Time.UnixMilli(), now, e.Message)
		}
		return s.write(encoded)
	})
}
