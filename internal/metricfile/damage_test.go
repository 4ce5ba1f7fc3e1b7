package metricfile

import (
	"bufio"
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sluice/internal/metric"
)

// written makes a folder with one segment of ten data, and returns the segment's path and content.
func written(t *testing.T) (dir, path string, content []byte) {
	t.Helper()
	dir = t.TempDir()
	j := open(t, dir)
	for i := range 10 {
		appendTo(t, j, datum(fmt.Sprint("m", i%3), float64(i)))
	}
	_ = j.Close()
	path = j.folder.path(1)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return dir, path, content
}

// prefix checks that data are the first of ten.
func prefix(data []metric.Datum) error {
	for i, d := range data {
		if want := fmt.Sprintf("m%d=%d", i%3, i); texts(data)[i] != want {
			return fmt.Errorf("datum %d is %s=%v, want %s", i, d.Name, d.Values, want)
		}
	}
	return nil
}

// TestATornEndIsCutOff cuts the file at each byte, and wants all whole records back, and what comes later after them.
func TestATornEndIsCutOff(t *testing.T) {
	dir, path, content := written(t)
	before := 0
	for cut := range content {
		if err := os.WriteFile(path, content[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		j := open(t, dir)
		got := replay(t, j)
		if err := prefix(got); err != nil || len(got) < before {
			t.Fatalf("cut at %d: %d data, before it were %d; %v", cut, len(got), before, err)
		}
		before = len(got)
		appendTo(t, j, datum("m0", 77))
		_ = j.Close()
		again := open(t, dir)
		if after := replay(t, again); len(after) != before+1 || after[before].Values[0] != 77 {
			t.Fatalf("cut at %d: after an append %v", cut, texts(after))
		}
		_ = again.Close()
		_ = os.Remove(again.folder.path(2)) // begun if not even the magic was whole
	}
	if before != 9 {
		t.Errorf("cut at the last byte: %d data, want 9", before)
	}
}

// TestDamageIsNotRead changes bytes anywhere and wants nothing but what was written, in its order.
func TestDamageIsNotRead(t *testing.T) {
	dir, path, content := written(t)
	rapid.Check(t, func(rt *rapid.T) {
		damaged := bytes.Clone(content)
		for range rapid.IntRange(1, 3).Draw(rt, "how many") {
			damaged[rapid.IntRange(0, len(damaged)-1).Draw(rt, "where")] ^= byte(rapid.IntRange(1, 255).Draw(rt, "what"))
		}
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			rt.Fatal(err)
		}
		j := open(t, dir)
		defer func() { _ = j.Close() }()
		got := replay(t, j)
		if err := prefix(got); err != nil {
			rt.Fatal(err)
		}
		if len(got) == 10 && !bytes.Equal(content, damaged) {
			rt.Fatal("the damage was not seen")
		}
	})
}

func TestDamageConcernsOneSegment(t *testing.T) {
	dir, path, content := written(t)
	j := open(t, dir)
	appendTo(t, j, datum("next", 1))
	_ = j.Close()
	content[len(content)-1]++
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	again, err := Open(dir, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Close() }()
	if got := texts(replay(t, again)); len(got) != 10 || got[9] != "next=1" {
		t.Errorf("replayed %v", got)
	}
	if !strings.Contains(log.String(), "metrics are lost") {
		t.Errorf("logged %q", log.String())
	}
}

func TestForeignFilesAreLeftAlone(t *testing.T) {
	dir := t.TempDir()
	foreign := []string{"notes.txt", "1.metrics", "x.metrics", "0000000000000007.metrics"}
	for _, name := range foreign {
		if err := os.WriteFile(dir+"/"+name, []byte("not a segment at all"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	j := open(t, dir)
	if got := replay(t, j); got != nil {
		t.Errorf("replayed %v", got)
	}
	appendTo(t, j, datum("m", 1))
	for _, name := range foreign {
		if content, err := os.ReadFile(dir + "/" + name); err != nil || string(content) != "not a segment at all" {
			t.Errorf("%s is %q, %v", name, content, err)
		}
	}
}

// FuzzDecode wants no panic and no hang, whatever a record has whose checksum is right.
func FuzzDecode(f *testing.F) {
	whole := newEncoder().appendRecord(nil, []metric.Datum{datum("m", 1), datum("m", 2.5)})
	f.Add(whole[recordHead:])
	f.Add([]byte{0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1})
	f.Fuzz(func(t *testing.T, record []byte) {
		_ = (&decoder{}).decode(record)
	})
}

const appender = "SLUICE_TEST_APPEND_TO"

// TestMain runs this binary as a process that appends until it is killed, if a test asks for one.
func TestMain(m *testing.M) {
	if dir := os.Getenv(appender); dir != "" {
		appendForever(dir)
	}
	os.Exit(m.Run())
}

// appendForever says on its standard output which datum is stored.
func appendForever(dir string) {
	j, err := Open(dir, nil)
	if err != nil {
		panic(err)
	}
	next := 0
	if err := j.Replay(func(data []metric.Datum) { next += len(data) }); err != nil {
		panic(err)
	}
	for ; ; next++ {
		if err := j.Append([]metric.Datum{datum("m", float64(next))}); err != nil {
			panic(err)
		}
		fmt.Println(next)
	}
}

// TestAKilledServerLosesNothingThatItAcknowledged kills a process that appends, ten times over on one folder.
func TestAKilledServerLosesNothingThatItAcknowledged(t *testing.T) {
	dir := t.TempDir()
	for round := range 10 {
		acknowledged := killAfter(t, dir, 20+17*round)
		j := open(t, dir)
		got := replay(t, j)
		_ = j.Close()
		if len(got) <= acknowledged {
			t.Fatalf("%d data, although number %d was acknowledged", len(got), acknowledged)
		}
		for i, d := range got {
			if d.Values[0] != float64(i) {
				t.Fatalf("datum %d is %v", i, d.Values[0])
			}
		}
	}
}

// killAfter starts an appender, kills it when it has acknowledged some lines, and returns the last one it got out.
func killAfter(t *testing.T, dir string, lines int) (last int) {
	t.Helper()
	process := exec.Command(os.Args[0])
	process.Env = append(os.Environ(), appender+"="+dir)
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	scanner := bufio.NewScanner(out)
	for n := 0; scanner.Scan(); n++ {
		if _, err := fmt.Sscan(scanner.Text(), &last); err != nil {
			t.Errorf("%q: %v", scanner.Text(), err)
		}
		if n == lines {
			_ = process.Process.Kill()
		}
	}
	_ = process.Wait()
	return last
}
