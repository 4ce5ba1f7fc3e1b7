package demo

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

func counted(elapsed time.Duration, first, second int) frame {
	return frame{elapsed: elapsed, status: "InProgress", weight: 0.25, look: look{
		versions: map[string]int{"1": first, "2": second}, p50: 1250 * time.Microsecond, p99: 3 * time.Millisecond,
	}}
}

func TestViewDrawsTheLastFrameAndTheSharesBeforeIt(t *testing.T) {
	v := &view{}
	for _, f := range []frame{
		counted(0, 0, 0), counted(columnTime, 10, 0), counted(columnTime*3/2, 10, 5), counted(2*columnTime, 15, 15), counted(3*columnTime, 15, 25),
	} {
		v.Update(f)
	}
	want := []string{
		"  weight      ██████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░    25 %    0.8 s  InProgress",
		"  version 1   ████████████████████████                     15 requests",
		"  version 2   ████████████████████████████████████████     25 requests",
		"  latency     p50  1.25 ms   p99  3.00 ms",
		"  failed      0",
		"",
		"  version 2's share of the answers",
		"  100 % │  █",
		"        │ ▄█", // 15 of 20 answers: four and a half rows of six
		"        │ ██",
		"        │ ██",
		"        │ ██",
		"    0 % │ ██",
		"",
	}
	if got := v.View().Content; got != strings.Join(want, "\n") {
		t.Errorf("it shows\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

// In a narrow terminal bars and chart give way, and the figures stay.
func TestNothingIsWiderThanTheTerminal(t *testing.T) {
	for _, width := range []int{20, 45, 60, 79, 200} {
		v := &view{}
		v.Update(tea.WindowSizeMsg{Width: width, Height: 10})
		for i := range 60 {
			v.Update(counted(time.Duration(i)*columnTime, 123450+i, 67890))
		}
		content := v.View().Content
		for row := range strings.Lines(content) {
			if cells := len([]rune(strings.TrimRight(row, "\n"))); cells > width {
				t.Errorf("at %d cells %q is %d wide", width, row, cells)
			}
		}
		for _, figure := range []string{"25 %", "InProgress", "123509 requests", "67890 requests", "3.00 ms"} {
			if width >= 45 && !strings.Contains(content, figure) {
				t.Errorf("at %d cells there is no %q:\n%s", width, figure, content)
			}
		}
	}
}

func TestChart(t *testing.T) {
	full := make([]float64, chartWidth+10)
	full[0] = 1 // left out: there are too many
	for i, row := range chart(full, chartWidth) {
		if strings.ContainsRune(row, '█') || len(row) > len("  100 % │") {
			t.Errorf("row %d of nothing is %q", i, row)
		}
	}
	rows := chart([]float64{0, 0.01, 1, 2, -1, 1.0 / 6}, chartWidth)
	if top, bottom := rows[0], rows[chartHeight-1]; top != "  100 % │  ██" || bottom != "    0 % │  ██ █" {
		t.Errorf("%q\n%q", top, bottom)
	}
}

// A terminal is drawn over, and what it showed last stays.
func TestTerminal(t *testing.T) {
	var out bytes.Buffer
	s := openTerminal(t.Context(), &out, tea.WithWindowSize(100, 30))
	s.draw(counted(0, 1, 0))
	s.draw(counted(time.Second, 7, 3))
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "7 requests") {
		t.Errorf("it drew %q", out.String())
	}
}

func TestATerminalEndsWithItsContext(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	s := openTerminal(ctx, &bytes.Buffer{}, tea.WithWindowSize(100, 30))
	end()
	if err := s.close(); err != nil {
		t.Error(err)
	}
}

func TestLines(t *testing.T) {
	var out bytes.Buffer
	s := lines{&out}
	s.draw(counted(0, 1, 0))
	s.draw(counted(time.Second, 7, 3))
	if got := strings.Count(out.String(), "\n"); got != 2 || s.close() != nil {
		t.Errorf("%d lines: %q", got, out.String())
	}
}
