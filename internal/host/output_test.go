package host

import (
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

// piped is an output whose writer the test holds.
func piped(t *testing.T) (*output, *os.File, *memoryLogs) {
	t.Helper()
	logs := &memoryLogs{}
	o, writer, err := newOutput(&journal{stream: memoryStream{logs}})
	if err != nil {
		t.Fatal(err)
	}
	go o.follow()
	t.Cleanup(func() { _ = writer.Close() })
	return o, writer, logs
}

func write(t *testing.T, to io.Writer, text string) {
	t.Helper()
	if _, err := io.WriteString(to, text); err != nil {
		t.Fatal(err)
	}
}

func TestDrainTakesWhatWasWritten(t *testing.T) {
	o, writer, logs := piped(t)
	for i := range 200 {
		write(t, writer, "line\n")
		o.drain()
		if got := len(logs.all()); got != i+1 {
			t.Fatalf("%d events after %d lines", got, i+1)
		}
	}
	o.close()
}

func TestOutputIsFollowedWithoutACall(t *testing.T) {
	o, writer, logs := piped(t)
	write(t, writer, "between calls\n")
	eventually(t, "the line is logged", func() bool { return len(logs.all()) == 1 })
	o.close()
}

func TestTheOrderIsKeptBetweenReaders(t *testing.T) {
	o, writer, logs := piped(t)
	var wanted strings.Builder
	for i := range 2000 {
		line := strings.Repeat(string(rune('a'+i%26)), i%200) + "\n"
		wanted.WriteString(line)
		write(t, writer, line)
		if i%3 == 0 {
			o.drain()
		}
	}
	o.close()
	if got := strings.Join(logs.all(), ""); got != wanted.String() {
		t.Errorf("%d bytes were logged in another order or number than %d were written", len(got), wanted.Len())
	}
}

// TestCloseDoesNotWaitForAStrayWriter plays a child that outlives its process and keeps the pipe.
func TestCloseDoesNotWaitForAStrayWriter(t *testing.T) {
	o, writer, logs := piped(t)
	write(t, writer, "last words\n")
	closed := make(chan struct{})
	go func() {
		o.close()
		close(closed)
	}()
	select {
	case <-closed:
	case <-time.After(10 * time.Second):
		t.Fatal("close waits")
	}
	if got := logs.all(); len(got) != 1 || got[0] != "last words\n" {
		t.Errorf("events %q", got)
	}
}
