package logfile_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/logfile"
	"sluice/internal/logs"
)

// putSeconds puts events of about a kilobyte, one for each second after firstTime that is given.
func putSeconds(t testing.TB, f *logfile.Files, id logs.StreamID, seconds ...int) {
	t.Helper()
	if err := f.Put(id, eventsAt(seconds...)); err != nil {
		t.Fatal(err)
	}
}

func eventsAt(seconds ...int) (events []logs.Event) {
	for _, second := range seconds {
		events = append(events, logs.Event{
			Time: firstTime.Add(time.Duration(second) * time.Second), Message: fmt.Appendf(nil, "%d %s", second, strings.Repeat("x", 1000)),
		})
	}
	return events
}

func upTo(n int) (all []int) {
	for i := range n {
		all = append(all, i)
	}
	return all
}

func create(t testing.TB, f *logfile.Files, id logs.StreamID) {
	t.Helper()
	if err := f.Create(id); err != nil {
		t.Fatal(err)
	}
}

func TestOnlyBlocksOfTheTimeAreFound(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	create(t, f, name)
	putSeconds(t, f, name, upTo(1000)...) // about a megabyte, sixteen blocks
	for who, f := range map[string]*logfile.Files{"the writer": f, "another": open(t, dir)} {
		t.Run(who, func(t *testing.T) {
			all, err := f.Blocks(name, time.Time{}, time.Time{})
			if err != nil || len(all) < 10 {
				t.Fatalf("%d blocks, %v", len(all), err)
			}
			from, to := firstTime.Add(500*time.Second), firstTime.Add(510*time.Second)
			some, err := f.Blocks(name, from, to)
			if err != nil || len(some) == 0 || len(some) > 2 {
				t.Fatalf("%d blocks of ten seconds, %v", len(some), err)
			}
			events, err := readBetween(f, name, from, to)
			if err != nil || !strings.Contains(messages(events), "500 x") || !strings.Contains(messages(events), "509 x") {
				t.Errorf("%d events, %v", len(events), err)
			}
		})
	}
}

func TestEventsThatCameLateAreFound(t *testing.T) {
	f := open(t, t.TempDir())
	create(t, f, name)
	putSeconds(t, f, name, upTo(200)...)
	putSeconds(t, f, name, 3, 4)
	events, err := readBetween(f, name, firstTime.Add(3*time.Second), firstTime.Add(4*time.Second))
	if err != nil || strings.Count(messages(events), "|3 x") != 2 {
		t.Errorf("%d events, %v", len(events), err)
	}
}

func TestTimesOfAStream(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	create(t, f, name)
	streams, err := f.Streams(name.Group)
	if err != nil || len(streams) != 1 || !streams[0].First.IsZero() || !streams[0].Last.IsZero() || streams[0].Bytes != 0 {
		t.Fatalf("without events: %+v, %v", streams, err)
	}
	putSeconds(t, f, name, 5, 9, 2)
	wantTimes(t, f, 2, 9)
	again := open(t, dir)
	wantTimes(t, again, 5, 2) // as they came: all of it has not been read
	if _, err := readAll(again, name); err != nil {
		t.Fatal(err)
	}
	wantTimes(t, again, 2, 9)
}

func TestAStreamIsNoYoungerThanItsFirstEvent(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f, err := logfile.Open(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		s, _ := stream(f, name)
		s.Append(time.Now(), []byte("x"))
		time.Sleep(50 * time.Millisecond) // on the bubble's clock; it is written now, by the listing
		streams, err := f.Streams(name.Group)
		if err != nil || len(streams) != 1 || !streams[0].Created.Equal(streams[0].First) {
			t.Errorf("%+v, %v", streams, err)
		}
	})
}

func wantTimes(t *testing.T, f *logfile.Files, first, last int) {
	t.Helper()
	streams, err := f.Streams(name.Group)
	if err != nil || len(streams) != 1 {
		t.Fatal(streams, err)
	}
	s := streams[0]
	if s.First.Sub(firstTime) != time.Duration(first)*time.Second || s.Last.Sub(firstTime) != time.Duration(last)*time.Second {
		t.Errorf("from %s to %s, want seconds %d and %d", s.First, s.Last, first, last)
	}
	if time.Since(s.Ingested) > time.Minute {
		t.Errorf("ingested %s", s.Ingested)
	}
}

// BenchmarkIndex reads a file of 64 MB once, as the first search after a restart does.
func BenchmarkIndex(b *testing.B) {
	dir := b.TempDir()
	f := open(b, dir)
	create(b, f, name)
	for range 64 {
		putSeconds(b, f, name, upTo(1000)...)
	}
	b.SetBytes(64 << 20)
	for b.Loop() {
		if _, err := open(b, dir).Blocks(name, time.Time{}, time.Time{}); err != nil {
			b.Fatal(err)
		}
	}
}
