package logfile

import (
	"testing"
	"time"

	"sluice/internal/logs"
)

// What is appended after Trim has looked at a file is written, though all that it saw is removed.
func TestWhatIsAppendedDuringATrimIsKept(t *testing.T) {
	f, err := Open(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	id := logs.StreamID{Group: logs.GroupID{Name: "g"}, Name: "s"}
	s, err := f.Stream("", "", "g", "s")
	if err != nil {
		t.Fatal(err)
	}
	s.Append(time.Now().Add(-time.Hour), []byte("old"))
	if err := f.Flush(); err != nil {
		t.Fatal(err)
	}
	err = f.with(id, func(stream *Stream) error {
		s.Append(time.Now(), []byte("new"))
		return stream.trim(time.Now().Add(-time.Minute).UnixMilli())
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	blocks, err := f.Blocks(id, time.Time{}, time.Time{})
	if err != nil || len(blocks) != 1 {
		t.Fatalf("%d blocks, %v", len(blocks), err)
	}
	events, err := f.Read(id, blocks[0])
	if err != nil || len(events) != 1 || string(events[0].Message) != "new" {
		t.Errorf("%d events, %v", len(events), err)
	}
}
