package logfile_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestADamagedByteIsNoticed flips each byte of a file once. Reading must skip the damage, or fail, and never invent an
// event.
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
	allowed := []string{"", "first", "first|second", "first|third", "second|third"}
	for i := range whole {
		damaged := append([]byte(nil), whole...)
		damaged[i] ^= 0x10
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if events, err := readAll(open(t, dir), name); err == nil && !slices.Contains(allowed, messages(events)) {
			t.Errorf("byte %d damaged: %q", i, messages(events))
		}
	}
}

func TestWhatComesBehindDamageIsRead(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	appendTo(t, f, name, "first", "second", "third")
	_ = f.Close()
	path := onlyFile(t, dir)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.Replace(whole, []byte("second"), []byte("sXcond"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir)
	if got := read(t, again, name); got != "first|third" {
		t.Errorf("read %q", got)
	}
	appendTo(t, again, name, "fourth")
	if got := read(t, again, name); got != "first|third|fourth" {
		t.Errorf("after an append: %q", got)
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
	s, err := stream(again, name)
	if err != nil {
		t.Fatal(err)
	}
	s.Append(time.Now(), []byte("y"))
	if err := s.Close(); err == nil {
		t.Error("an append to a foreign file reports no error")
	}
	if _, err := again.Blocks(name, time.Time{}, time.Time{}); err == nil {
		t.Error("a foreign file was read")
	}
	if streams, err := again.Streams(name.Group); err != nil || len(streams) != 0 {
		t.Errorf("a foreign file is listed: %v, %v", streams, err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != text {
		t.Errorf("the file has %q, %v", b, err)
	}
}

func TestAFolderThatIsRemovedIsMadeAgain(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	s, err := stream(f, name)
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
		events, err := readAll(open(t, dir), name)
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
	s, err := stream(f, name)
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
