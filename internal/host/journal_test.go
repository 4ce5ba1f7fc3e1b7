package host

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestOutputBecomesEvents(t *testing.T) {
	for _, tt := range []struct {
		name   string
		pieces []string
		want   []string
	}{
		{"lines", []string{"a\nb\n"}, []string{"a\n", "b\n"}},
		{"a line in pieces", []string{"a", "b", "c\nd"}, []string{"abc\n", "d\n"}},
		{"empty lines", []string{"\n\n"}, []string{"\n", "\n"}},
		{"no split at a carriage return", []string{"a\rb\r\n"}, []string{"a\rb\r\n"}},
		{"joined lines", []string{"a\x00\nb\x00\nc\nd\n"}, []string{"a\nb\nc\n", "d\n"}},
		{"joined empty lines", []string{"\x00\n\x00\na\n"}, []string{"\n\na\n"}},
		{"a mark in pieces", []string{"a\x00", "\nb", "\n"}, []string{"a\nb\n"}},
		{"a NUL elsewhere", []string{"a\x00b\n"}, []string{"a\x00b\n"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			logs := &memoryLogs{}
			j := &journal{stream: memoryStream{logs}}
			for _, piece := range tt.pieces {
				j.output([]byte(piece))
			}
			j.finishLine()
			if got := logs.all(); !slices.Equal(got, tt.want) {
				t.Errorf("events %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTail(t *testing.T) {
	j := &journal{stream: discardLogs{}}
	j.line([]byte("before\n"))
	j.startTail()
	j.line([]byte("short\n"))
	if got := string(j.stopTail()); got != "short\n" {
		t.Errorf("tail = %q", got)
	}
	j.startTail()
	var all strings.Builder
	for i := range 3000 {
		line := strings.Repeat("x", i%70) + "\n"
		all.WriteString(line)
		j.line([]byte(line))
	}
	whole := all.String()
	if got := string(j.stopTail()); got != whole[len(whole)-4096:] {
		t.Errorf("tail of %d bytes is not the log's end", len(got))
	}
	j.startTail()
	j.line([]byte(strings.Repeat("y", 100_000)))
	if got := j.stopTail(); len(got) != 4096 {
		t.Errorf("tail of one long line has %d bytes", len(got))
	}
}

func TestMilliseconds(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0.00", 4 * time.Microsecond: "0.00", 5 * time.Microsecond: "0.01", 3010 * time.Microsecond: "3.01",
		time.Second: "1000.00", 99*time.Millisecond + 995*time.Microsecond: "100.00", -time.Second: "0.00",
	} {
		if got := string(appendMilliseconds(nil, d)); got != want {
			t.Errorf("%s = %s, want %s", d, got, want)
		}
	}
}
