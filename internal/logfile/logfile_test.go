package logfile_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/logfile"
	"sluice/internal/logs"
)

var name = streamID("/aws/lambda/fn", "2026/01/02/[$LATEST]ab")

func streamID(group, stream string) logs.StreamID {
	scope := function.Scope{Account: "111111111111", Region: "eu-west-1"}
	return logs.StreamID{Group: logs.GroupID{Scope: scope, Name: group}, Name: stream}
}

func open(t testing.TB, dir string) *logfile.Files {
	t.Helper()
	f, err := logfile.Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func stream(f *logfile.Files, id logs.StreamID) (logs.Appender, error) {
	return f.Stream(id.Group.Account, id.Group.Region, id.Group.Name, id.Name)
}

// firstTime is when the events of appendTo begin; each is a millisecond after the one before.
var firstTime = time.UnixMilli(1_700_000_000_000).UTC()

func appendTo(t testing.TB, f *logfile.Files, id logs.StreamID, messages ...string) {
	t.Helper()
	s, err := stream(f, id)
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range messages {
		s.Append(firstTime.Add(time.Duration(i)*time.Millisecond), []byte(m))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func messages(events []logs.Event) string {
	var all []string
	for _, e := range events {
		all = append(all, string(e.Message))
	}
	return strings.Join(all, "|")
}

func readAll(f *logfile.Files, id logs.StreamID) (all []logs.Event, err error) {
	return readBetween(f, id, time.Time{}, time.Time{})
}

func readBetween(f *logfile.Files, id logs.StreamID, from, to time.Time) (all []logs.Event, err error) {
	blocks, err := f.Blocks(id, from, to)
	if err != nil {
		return nil, err
	}
	for _, b := range blocks {
		events, err := f.Read(id, b)
		if err != nil {
			return nil, err
		}
		all = append(all, events...)
	}
	return all, nil
}

func read(t testing.TB, f *logfile.Files, id logs.StreamID) string {
	t.Helper()
	events, err := readAll(f, id)
	if err != nil {
		t.Fatal(err)
	}
	return messages(events)
}

func TestReadsWhatWasAppended(t *testing.T) {
	f := open(t, t.TempDir())
	before := time.Now().Truncate(time.Millisecond)
	appendTo(t, f, name, "one\n", "", "drei ü\n")
	events, err := readAll(f, name)
	if err != nil || messages(events) != "one\n||drei ü\n" {
		t.Fatalf("Read = %q, %v", messages(events), err)
	}
	if at := events[2].Time.UnixMilli(); at != 1_700_000_000_002 {
		t.Errorf("time = %d", at)
	}
	if in := events[0].Ingested; in.Before(before) || in.After(time.Now()) {
		t.Errorf("ingested at %s, appended at %s", in, before)
	}
}

func TestReadsWhatIsStillInMemory(t *testing.T) {
	f := open(t, t.TempDir())
	s, _ := stream(f, name)
	s.Append(time.Now(), []byte("fresh"))
	if got := read(t, f, name); got != "fresh" {
		t.Errorf("Read = %q", got)
	}
}

func TestMissingStream(t *testing.T) {
	f := open(t, t.TempDir())
	if _, err := f.Blocks(name, time.Time{}, time.Time{}); !fault.Is(err, fault.NotFound, "stream") {
		t.Errorf("Blocks = %v", err)
	}
	if events, err := f.Read(name, logs.Block{Start: 10, End: 100}); err != nil || len(events) != 0 {
		t.Errorf("Read = %v, %v", events, err)
	}
	if streams, err := f.Streams(name.Group); err != nil || len(streams) != 0 {
		t.Errorf("Streams = %v, %v", streams, err)
	}
	if groups, err := f.Groups(name.Group.Scope); err != nil || len(groups) != 0 {
		t.Errorf("Groups = %v, %v", groups, err)
	}
}

func TestListsGroupsAndStreams(t *testing.T) {
	dir := t.TempDir()
	long := strings.Repeat("Lang/", 100)
	f := open(t, dir)
	elsewhere := streamID("elsewhere", "a")
	elsewhere.Group.Region = "other"
	for _, id := range []logs.StreamID{
		streamID("g", "b"), streamID("g", "a"), streamID("G", "a"), streamID(long, long), elsewhere, streamID("..", "../../x"),
	} {
		appendTo(t, f, id, id.Group.Name+id.Name)
		if got := read(t, f, id); got != id.Group.Name+id.Name {
			t.Errorf("%v reads %q", id, got)
		}
	}
	for when, f := range map[string]*logfile.Files{"the writer": f, "another": open(t, dir)} {
		t.Run(when, func(t *testing.T) { wantListed(t, f, "..|G|"+long+"|g") })
	}
}

func wantListed(t *testing.T, f *logfile.Files, want string) {
	t.Helper()
	groups, err := f.Groups(name.Group.Scope)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, g := range groups {
		names = append(names, g.ID.Name)
		if time.Since(g.Created) > time.Minute || g.Bytes == 0 {
			t.Errorf("group %+v", g)
		}
	}
	if strings.Join(names, "|") != want {
		t.Errorf("groups %q, want %q", names, want)
	}
	streams, err := f.Streams(streamID("g", "").Group)
	if err != nil || len(streams) != 2 || streams[0].ID.Name != "a" || streams[1].ID.Name != "b" {
		t.Errorf("streams %+v, %v", streams, err)
	}
}

func TestWritesByItself(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f, err := logfile.Open(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		s, _ := stream(f, name)
		s.Append(time.Now(), []byte("soon"))
		if size := sizeOf(dir); size != 0 {
			t.Errorf("%d bytes were written at once", size)
		}
		time.Sleep(150 * time.Millisecond) // on the bubble's clock
		synctest.Wait()
		if sizeOf(dir) == 0 {
			t.Error("nothing was written after 150 ms")
		}
	})
}

func TestAFloodIsWrittenAtOnce(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	s, _ := stream(f, name)
	for range 100 {
		s.Append(time.Now(), []byte(strings.Repeat("x", 1000)))
	}
	if size := sizeOf(dir); size < 60_000 {
		t.Errorf("of 100 kB only %d bytes left the memory", size)
	}
}

// sizeOf adds up the files below a folder.
func sizeOf(dir string) (total int64) {
	_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if info, err := d.Info(); err == nil {
				total += info.Size()
			}
		}
		return nil
	})
	return total
}

func TestATornEndIsCutOff(t *testing.T) {
	for cut := int64(1); cut < 40; cut += 3 {
		t.Run(fmt.Sprint(cut), func(t *testing.T) {
			dir := t.TempDir()
			f := open(t, dir)
			appendTo(t, f, name, "kept", "torn by the crash")
			_ = f.Close()
			path := onlyFile(t, dir)
			info, _ := os.Stat(path)
			if err := os.Truncate(path, info.Size()-cut); err != nil {
				t.Fatal(err)
			}
			again := open(t, dir)
			if got := read(t, again, name); got != "kept" {
				t.Errorf("before an append: %q", got)
			}
			appendTo(t, again, name, "after")
			if got := read(t, again, name); got != "kept|after" {
				t.Errorf("after an append: %q", got)
			}
		})
	}
}

func TestAHeaderThatIsTornIsWrittenAnew(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	appendTo(t, f, name, "lost")
	_ = f.Close()
	if err := os.Truncate(onlyFile(t, dir), 20); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir)
	if streams, err := again.Streams(name.Group); err != nil || len(streams) != 0 {
		t.Errorf("Streams = %v, %v", streams, err)
	}
	appendTo(t, again, name, "new")
	if got := read(t, again, name); got != "new" {
		t.Errorf("Read = %q", got)
	}
}

func onlyFile(t *testing.T, dir string) (found string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			found = path
		}
		return err
	})
	if err != nil || found == "" {
		t.Fatalf("no file below %s: %v", dir, err)
	}
	return found
}

func TestManyAppendersLoseNothing(t *testing.T) {
	f := open(t, t.TempDir())
	var group sync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			s, err := stream(f, name)
			if err != nil {
				t.Error(err)
				return
			}
			for i := range 2000 {
				s.Append(time.Now(), fmt.Appendf(nil, "%d-%d", g, i))
			}
			_ = s.Close()
		})
	}
	group.Wait()
	events, err := readAll(f, name)
	if err != nil || len(events) != 16_000 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	next := map[string]int{}
	for _, e := range events {
		g, i, _ := strings.Cut(string(e.Message), "-")
		if i != fmt.Sprint(next[g]) {
			t.Fatalf("appender %s: %s comes where %d should", g, i, next[g])
		}
		next[g]++
	}
}

func TestAppendAfterCloseIsDropped(t *testing.T) {
	f := open(t, t.TempDir())
	s, _ := stream(f, name)
	s.Append(time.Now(), []byte("in time"))
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	s.Append(time.Now(), []byte("late"))
	if got := read(t, f, name); got != "in time" {
		t.Errorf("Read = %q", got)
	}
	if _, err := f.Stream("a", "b", "c", "d"); err == nil {
		t.Error("a closed folder opened a stream")
	}
}

// BenchmarkInvocationLines appends what an invocation without output writes.
func BenchmarkInvocationLines(b *testing.B) {
	f := open(b, b.TempDir())
	s, _ := stream(f, name)
	start := []byte("START RequestId: 00000000-0000-4000-8000-000000000012 Version: 3\n")
	end := []byte("END RequestId: 00000000-0000-4000-8000-000000000012\n")
	report := []byte("REPORT RequestId: 00000000-0000-4000-8000-000000000012\tDuration: 0.47 ms\tBilled Duration: 1 ms\tMemory Size: 1024 MB\tMax Memory Used: 9 MB\t\n")
	b.ReportAllocs()
	for b.Loop() {
		now := time.Now()
		s.Append(now, start)
		s.Append(now, end)
		s.Append(now, report)
	}
}
