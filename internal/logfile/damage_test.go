package logfile_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"sluice/internal/logfile"
)

// TestADamagedByteIsNoticed flips each byte of a file once. Reading must end before the damage, or fail, and never
// invent an event.
func TestADamagedByteIsNoticed(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	appendTo(t, f, name, "first", "second", "third")
	_ = f.Close()
	path := onlyFile(t, dir)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	again := open(t, dir)
	for i := range whole {
		damaged := append([]byte(nil), whole...)
		damaged[i] ^= 0x10
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		events, err := again.Read(name, logfile.Start, 10)
		if got := messages(events); err == nil && got != "" && got != "first" && got != "first|second" {
			t.Errorf("byte %d damaged: %q", i, got)
		}
		last, _, err := again.ReadBefore(name, logfile.End, 10)
		if got := messages(last); err == nil && got != "" && got != "first" && got != "first|second" {
			t.Errorf("byte %d damaged, backwards: %q", i, got)
		}
	}
}

func TestAForeignFileIsNotTouched(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	appendTo(t, f, name, "x")
	_ = f.Close()
	path := onlyFile(t, dir)
	const text = "somebody's notes, which are no log"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir)
	s, err := again.Stream(name.Account, name.Region, name.Group, name.Stream)
	if err != nil {
		t.Fatal(err)
	}
	s.Append(time.Now(), []byte("y"))
	if err := s.Close(); err == nil {
		t.Error("an append to a foreign file reports no error")
	}
	if _, err := again.Read(name, logfile.Start, 1); err == nil {
		t.Error("a foreign file was read")
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != text {
		t.Errorf("the file has %q, %v", b, err)
	}
}

func TestAFolderThatIsRemovedIsMadeAgain(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	s, err := f.Stream(name.Account, name.Region, name.Group, name.Stream)
	if err != nil {
		t.Fatal(err)
	}
	s.Append(time.Now(), []byte("before"))
	if err := f.Flush(); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Fatal(entries, err)
	}
	if err := os.RemoveAll(dir + "/" + entries[0].Name()); err != nil {
		t.Fatal(err)
	}
	s.Append(time.Now(), []byte("after"))
	if got := read(t, f, name); got != "after" {
		t.Errorf("Read = %q", got)
	}
}

// TestAKilledWriterLeavesAReadableLog kills a process that appends, at different moments. What is left must be a
// beginning of what it appended; what it had flushed must be there.
func TestAKilledWriterLeavesAReadableLog(t *testing.T) {
	if dir := os.Getenv("LOGFILE_TEST_DIR"); dir != "" {
		appendForever(t, dir)
	}
	for round := range 10 {
		dir := t.TempDir()
		writer := exec.Command(os.Args[0], "-test.run=^TestAKilledWriterLeavesAReadableLog$")
		writer.Env = append(os.Environ(), "LOGFILE_TEST_DIR="+dir)
		out, err := writer.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := writer.Start(); err != nil {
			t.Fatal(err)
		}
		flushed := 0
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if n, err := strconv.Atoi(lines.Text()); err == nil {
				flushed = n
			}
			if flushed >= 1000*(round+1) {
				break
			}
		}
		_ = writer.Process.Kill()
		_ = writer.Wait()
		events, err := open(t, dir).Read(name, logfile.Start, 10_000_000)
		if err != nil {
			t.Fatal(err)
		}
		if len(events) < flushed {
			t.Errorf("%d events, of %d that were flushed", len(events), flushed)
		}
		for i, e := range events {
			if !strings.HasPrefix(string(e.Message), fmt.Sprintf("%d ", i)) {
				t.Fatalf("event %d is %.20q", i, e.Message)
			}
		}
	}
}

// appendForever appends numbered events and prints after each flush how many there are.
func appendForever(t *testing.T, dir string) {
	f := open(t, dir)
	s, err := f.Stream(name.Account, name.Region, name.Group, name.Stream)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; ; i++ {
		s.Append(time.Now(), fmt.Appendf(nil, "%d %s", i, strings.Repeat("x", i%500)))
		if i%100 == 99 {
			if err := f.Flush(); err != nil {
				t.Fatal(err)
			}
			fmt.Println(i + 1)
		}
	}
}
