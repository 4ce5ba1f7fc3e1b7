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
	"sluice/internal/logfile"
)

var name = logfile.Name{Account: "111111111111", Region: "eu-west-1", Group: "/aws/lambda/fn", Stream: "2026/01/02/[$LATEST]ab"}

func open(t testing.TB, dir string) *logfile.Files {
	t.Helper()
	f, err := logfile.Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func appendTo(t testing.TB, f *logfile.Files, n logfile.Name, messages ...string) {
	t.Helper()
	s, err := f.Stream(n.Account, n.Region, n.Group, n.Stream)
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range messages {
		s.Append(time.UnixMilli(1_700_000_000_000+int64(i)), []byte(m))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func messages(events []logfile.Event) string {
	var all []string
	for _, e := range events {
		all = append(all, string(e.Message))
	}
	return strings.Join(all, "|")
}

func read(t testing.TB, f *logfile.Files, n logfile.Name) string {
	t.Helper()
	events, err := f.Read(n, logfile.Start, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return messages(events)
}

func TestReadsWhatWasAppended(t *testing.T) {
	f := open(t, t.TempDir())
	before := time.Now().Truncate(time.Millisecond)
	appendTo(t, f, name, "one\n", "", "drei ü\n")
	events, err := f.Read(name, logfile.Start, 10)
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
	s, _ := f.Stream(name.Account, name.Region, name.Group, name.Stream)
	s.Append(time.Now(), []byte("fresh"))
	if got := read(t, f, name); got != "fresh" {
		t.Errorf("Read = %q", got)
	}
}

func TestReadsOnFromAPosition(t *testing.T) {
	f := open(t, t.TempDir())
	appendTo(t, f, name, "a", "b", "c")
	first, err := f.Read(name, logfile.Start, 2)
	if err != nil || messages(first) != "a|b" {
		t.Fatalf("first page = %q, %v", messages(first), err)
	}
	second, err := f.Read(name, first[1].Next, 2)
	if err != nil || messages(second) != "c" {
		t.Fatalf("second page = %q, %v", messages(second), err)
	}
	if last, err := f.Read(name, second[0].Next, 2); err != nil || len(last) != 0 {
		t.Errorf("after the end: %q, %v", messages(last), err)
	}
	if last, err := f.Read(name, logfile.End, 2); err != nil || len(last) != 0 {
		t.Errorf("from the end: %q, %v", messages(last), err)
	}
}

func TestReadsBackwards(t *testing.T) {
	f := open(t, t.TempDir())
	appendTo(t, f, name, "a", "b", "c")
	last, first, err := f.ReadBefore(name, logfile.End, 2)
	if err != nil || messages(last) != "b|c" {
		t.Fatalf("last page = %q, %v", messages(last), err)
	}
	rest, first, err := f.ReadBefore(name, first, 2)
	if err != nil || messages(rest) != "a" {
		t.Fatalf("page before = %q, %v", messages(rest), err)
	}
	if none, _, err := f.ReadBefore(name, first, 2); err != nil || len(none) != 0 {
		t.Errorf("before the first: %q, %v", messages(none), err)
	}
}

func TestRefusesWhatIsNoPosition(t *testing.T) {
	f := open(t, t.TempDir())
	appendTo(t, f, name, "a", "b")
	for _, at := range []int64{1, 40, 1 << 40, -7} {
		if _, err := f.Read(name, at, 1); !fault.Is(err, fault.Invalid, "position") {
			t.Errorf("Read(%d) = %v", at, err)
		}
	}
	if _, _, err := f.ReadBefore(name, 150, 1); !fault.Is(err, fault.Invalid, "position") {
		t.Errorf("ReadBefore(150) = %v", err)
	}
}

func TestMissingStream(t *testing.T) {
	f := open(t, t.TempDir())
	if _, err := f.Read(name, logfile.Start, 1); !fault.Is(err, fault.NotFound, "stream") {
		t.Errorf("Read = %v", err)
	}
	if streams, err := f.Streams("1", "2", "3"); err != nil || len(streams) != 0 {
		t.Errorf("Streams = %v, %v", streams, err)
	}
}

func TestListsGroupsAndStreams(t *testing.T) {
	f := open(t, t.TempDir())
	long := strings.Repeat("Lang/", 100)
	for _, n := range []logfile.Name{
		{Account: "1", Region: "r", Group: "g", Stream: "b"},
		{Account: "1", Region: "r", Group: "g", Stream: "a"},
		{Account: "1", Region: "r", Group: "G", Stream: "a"},
		{Account: "1", Region: "r", Group: long, Stream: long},
		{Account: "1", Region: "other", Group: "elsewhere", Stream: "a"},
		{Account: "1", Region: "r", Group: "..", Stream: "../../x"},
	} {
		appendTo(t, f, n, n.Group+n.Stream)
		if got := read(t, f, n); got != n.Group+n.Stream {
			t.Errorf("%v reads %q", n, got)
		}
	}
	groups, err := f.Groups("1", "r")
	if want := "..|G|" + long + "|g"; err != nil || strings.Join(groups, "|") != want {
		t.Errorf("Groups = %q, %v", groups, err)
	}
	streams, err := f.Streams("1", "r", "g")
	if err != nil || len(streams) != 2 || streams[0].Stream != "a" || streams[1].Stream != "b" {
		t.Errorf("Streams = %+v, %v", streams, err)
	}
	if time.Since(streams[0].Created) > time.Minute || streams[0].Size == 0 {
		t.Errorf("stream = %+v", streams[0])
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
		s, _ := f.Stream(name.Account, name.Region, name.Group, name.Stream)
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
	s, _ := f.Stream(name.Account, name.Region, name.Group, name.Stream)
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
			if last, _, err := again.ReadBefore(name, logfile.End, 5); err != nil || messages(last) != "kept" {
				t.Errorf("backwards: %q, %v", messages(last), err)
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
	if streams, err := again.Streams(name.Account, name.Region, name.Group); err != nil || len(streams) != 0 {
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
			s, err := f.Stream(name.Account, name.Region, name.Group, name.Stream)
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
	events, err := f.Read(name, logfile.Start, 100_000)
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
	s, _ := f.Stream(name.Account, name.Region, name.Group, name.Stream)
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
	s, _ := f.Stream(name.Account, name.Region, name.Group, name.Stream)
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
