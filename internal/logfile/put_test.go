package logfile_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/logs"
)

func TestCreate(t *testing.T) {
	f := open(t, t.TempDir())
	create(t, f, name)
	if err := f.Create(name); !fault.Is(err, fault.Conflict, "stream") {
		t.Errorf("a second time: %v", err)
	}
	other := streamID("g", "s")
	s, err := stream(f, other)
	if err != nil {
		t.Fatal(err)
	}
	s.Append(time.Now(), []byte("x"))
	if err := f.Create(other); !fault.Is(err, fault.Conflict, "stream") {
		t.Errorf("a stream whose first event is in memory: %v", err)
	}
}

func TestPut(t *testing.T) {
	t.Run("is on disk when it returns", func(t *testing.T) {
		dir := t.TempDir()
		f := open(t, dir)
		create(t, f, name)
		putSeconds(t, f, name, 1, 2)
		if events, err := readAll(open(t, dir), name); err != nil || len(events) != 2 { // another reader: not from memory
			t.Errorf("%d events, %v", len(events), err)
		}
	})
	t.Run("needs its stream", func(t *testing.T) {
		f := open(t, t.TempDir())
		if err := f.Put(name, eventsAt(1)); !fault.Is(err, fault.NotFound, "stream") {
			t.Errorf("Put = %v", err)
		}
	})
	t.Run("comes after what was appended before", func(t *testing.T) {
		f := open(t, t.TempDir())
		s, err := stream(f, name)
		if err != nil {
			t.Fatal(err)
		}
		s.Append(time.Now(), []byte("one"))
		if err := f.Put(name, []logs.Event{{Time: time.Now(), Message: []byte("two")}}); err != nil {
			t.Fatal(err)
		}
		if got := read(t, f, name); got != "one|two" {
			t.Errorf("read %q", got)
		}
	})
	t.Run("tells when it can't write", func(t *testing.T) {
		dir := t.TempDir()
		f := open(t, dir)
		create(t, f, name)
		path := onlyFile(t, dir)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := f.Put(name, eventsAt(1)); err == nil {
			t.Error("events went into a folder")
		}
	})
	t.Run("and others are read nevertheless", func(t *testing.T) {
		dir := t.TempDir()
		f := open(t, dir)
		appendTo(t, f, streamID("other", "s"), "whole")
		if err := os.WriteFile(filepath.Join(dir, "=111111111111", "=eu-west-1", "=broken"), nil, 0o600); err != nil { // no folder
			t.Fatal(err)
		}
		s, err := stream(f, streamID("broken", "s"))
		if err != nil {
			t.Fatal(err)
		}
		s.Append(time.Now(), []byte("lost"))
		if streams, err := f.Streams(streamID("other", "s").Group); err != nil || len(streams) != 1 {
			t.Errorf("streams %v, %v", streams, err)
		}
		if groups, err := f.Groups(name.Group.Scope); err != nil || len(groups) != 1 {
			t.Errorf("groups %v, %v", groups, err)
		}
	})
}
