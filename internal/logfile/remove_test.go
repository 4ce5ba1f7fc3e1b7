package logfile_test

import (
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/logfile"
	"sluice/internal/logs"
)

func TestRemove(t *testing.T) {
	t.Run("removes the events, also those in memory", func(t *testing.T) {
		f := open(t, t.TempDir())
		s, err := stream(f, name)
		if err != nil {
			t.Fatal(err)
		}
		s.Append(time.Now(), []byte("gone"))
		if err := f.Remove(name); err != nil {
			t.Fatal(err)
		}
		if events, err := readAll(f, name); !fault.Is(err, fault.NotFound, "stream") {
			t.Errorf("read %d events, %v", len(events), err)
		}
		wantNoStreams(t, f)
	})
	t.Run("what is written later makes it anew", func(t *testing.T) {
		f := open(t, t.TempDir())
		s, err := stream(f, name)
		if err != nil {
			t.Fatal(err)
		}
		s.Append(time.Now(), []byte("gone"))
		if err := f.Flush(); err != nil {
			t.Fatal(err)
		}
		if err := f.RemoveGroup(name.Group); err != nil {
			t.Fatal(err)
		}
		wantNoStreams(t, f)
		s.Append(time.Now(), []byte("back"))
		if got := read(t, f, name); got != "back" {
			t.Errorf("read %q", got)
		}
	})
	t.Run("a missing one is not found", func(t *testing.T) {
		f := open(t, t.TempDir())
		if err := f.Remove(name); !fault.Is(err, fault.NotFound, "stream") {
			t.Errorf("Remove = %v", err)
		}
		if err := f.RemoveGroup(name.Group); err != nil {
			t.Errorf("RemoveGroup = %v", err)
		}
	})
	t.Run("removes what an earlier server wrote", func(t *testing.T) {
		dir := t.TempDir()
		f := open(t, dir)
		appendTo(t, f, name, "old")
		again := open(t, dir)
		if err := again.RemoveGroup(name.Group); err != nil {
			t.Fatal(err)
		}
		wantNoStreams(t, open(t, dir))
	})
}

func wantNoStreams(t *testing.T, f *logfile.Files) {
	t.Helper()
	if streams, err := f.Streams(name.Group); err != nil || len(streams) != 0 {
		t.Errorf("streams %v, %v", streams, err)
	}
	if groups, err := f.Groups(name.Group.Scope); err != nil || len(groups) != 0 {
		t.Errorf("groups %v, %v", groups, err)
	}
}

// TestRemovingWhileOthersWrite wants no error, no deadlock and, once all is quiet, the same in memory and on disk.
func TestRemovingWhileOthersWrite(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	var writers, removers sync.WaitGroup
	for range 4 {
		writers.Go(func() {
			for range 200 {
				s, err := stream(f, name)
				if err != nil {
					t.Error(err)
					return
				}
				s.Append(time.Now(), []byte(strings.Repeat("x", 100)))
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	stop := make(chan struct{})
	removers.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				if err := f.RemoveGroup(name.Group); err != nil {
					t.Error(err)
				}
			}
		}
	})
	writers.Wait()
	close(stop)
	removers.Wait()
	appendTo(t, f, name, "last")
	here, there := read(t, f, name), read(t, open(t, dir), name)
	if here != there || !strings.HasSuffix(here, "last") {
		t.Errorf("in memory %d bytes, on disk %d", len(here), len(there))
	}
}

func TestTrim(t *testing.T) {
	at := func(second int) time.Time { return firstTime.Add(time.Duration(second) * time.Second) }
	t.Run("removes a stream that is all too old", func(t *testing.T) {
		f := open(t, t.TempDir())
		create(t, f, name)
		putSeconds(t, f, name, 1, 2)
		trim(t, f, at(3))
		wantNoStreams(t, f)
	})
	t.Run("an old one of an earlier server too, without reading it", func(t *testing.T) {
		dir := t.TempDir()
		f := open(t, dir)
		create(t, f, name)
		putSeconds(t, f, name, 1, 2)
		again := open(t, dir)
		trim(t, again, time.Now().Add(3*time.Hour))
		wantNoStreams(t, again)
	})
	t.Run("keeps a stream with a newer event", func(t *testing.T) {
		f := open(t, t.TempDir())
		create(t, f, name)
		putSeconds(t, f, name, 1, 5, 2)
		trim(t, f, at(5))
		if events, err := readAll(f, name); err != nil || len(events) != 3 {
			t.Errorf("%d events, %v", len(events), err)
		}
	})
	t.Run("keeps a stream that never had events", func(t *testing.T) {
		f := open(t, t.TempDir())
		create(t, f, name)
		trim(t, f, time.Now().Add(time.Hour))
		if streams, err := f.Streams(name.Group); err != nil || len(streams) != 1 {
			t.Errorf("streams %v, %v", streams, err)
		}
	})
	t.Run("cuts off an old beginning that is most of it", func(t *testing.T) {
		dir := t.TempDir()
		f := open(t, dir)
		create(t, f, name)
		putSeconds(t, f, name, upTo(5000)...)
		before := sizeOf(dir)
		trim(t, f, at(4500))
		if size := sizeOf(dir); size > before/5 {
			t.Errorf("%d bytes are left of %d", size, before)
		}
		putSeconds(t, f, name, 5000)
		for who, f := range map[string]*logfile.Files{"the trimmer": f, "another": open(t, dir)} {
			events, err := readBetween(f, name, at(4500), time.Time{})
			if err != nil || !strings.Contains(messages(events), "4500 x") || !strings.HasSuffix(messages(events)[:len(messages(events))-1000], "|5000 ") {
				t.Errorf("%s finds %d events, %v", who, len(events), err)
			}
		}
	})
}

func TestAnUnfinishedCopyIsClearedAway(t *testing.T) {
	dir := t.TempDir()
	appendTo(t, open(t, dir), name, "one")
	copied := onlyFile(t, dir) + ".new"
	for age, left := range map[time.Duration]bool{time.Hour: false, -time.Hour: true} {
		if err := os.WriteFile(copied, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(copied, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
		if got := read(t, open(t, dir), name); got != "one" {
			t.Errorf("read %q", got)
		}
		if _, err := open(t, dir).Streams(name.Group); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(copied); (err == nil) != left {
			t.Errorf("a copy that is %s old: %v", age, err)
		}
		_ = os.Remove(copied)
	}
}

func trim(t *testing.T, f *logfile.Files, oldest time.Time) {
	t.Helper()
	if err := f.Trim(name, oldest); err != nil {
		t.Fatal(err)
	}
}

var _ logs.Files = (*logfile.Files)(nil)
