package demo

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

func counted(elapsed time.Duration, first, second int) frame {
	return frame{elapsed: elapsed, version: "2", status: "InProgress", alarm: "OK", weight: 0.25, look: look{
		versions: map[string]int{"1": first, "2": second}, p50: 1250 * time.Microsecond, p99: 3 * time.Millisecond,
	}}
}

// broken is a frame while the broken version is there.
func broken(elapsed time.Duration, second, third int) frame {
	f := counted(elapsed, 15, second)
	f.version, f.weight, f.versions["3"], f.failures = "3", 0.1, third, map[string]int{"3": third}
	return f
}

func content(v *view) string { return v.View().Content }

func wantContent(t *testing.T, v *view, want []string) {
	t.Helper()
	if got := content(v); got != strings.Join(want, "\n") {
		t.Errorf("it shows\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

// good is what is drawn while version 2 arrives.
var good = []frame{
	counted(0, 0, 0), counted(columnTime, 10, 0), counted(columnTime*3/2, 10, 5), counted(2*columnTime, 15, 15), counted(3*columnTime, 15, 25),
}

func TestViewDrawsTheLastFrameAndTheSharesBeforeIt(t *testing.T) {
	v := &view{}
	for _, f := range good {
		v.Update(f)
	}
	wantContent(t, v, []string{
		"  weight of 2 ██████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░    25 %    0.8 s",
		"  version 1   ████████████████████████                     15 requests",
		"  version 2   ████████████████████████████████████████     25 requests",
		"  latency     p50  1.25 ms  p99  3.00 ms",
		"  failed      0",
		"  alarm       OK",
		"  deployment  of version 2, InProgress",
		"",
		"  version 2's share of the answers",
		"  100 % │  █",
		"        │ ▄█", // 15 of 20 answers: four and a half rows of six
		"        │ ██",
		"        │ ██",
		"        │ ██",
		"    0 % │ ██",
		"        └───",
		"",
	})
}

func TestViewGoesOnWithTheBrokenVersion(t *testing.T) {
	v := &view{}
	for _, f := range append(good, broken(4*columnTime, 35, 0), broken(5*columnTime, 44, 1)) {
		v.Update(f)
	}
	rang := broken(6*columnTime, 54, 1)
	rang.weight, rang.alarm, rang.status, rang.rollback, rang.rollbackStatus = 0, ringing, "Stopped", "d-B", "Created"
	v.Update(rang)
	red := func(text string) string { return startRed + text + endRed }
	want := []string{
		"  weight of 3 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░     0 %    1.5 s",
		"  version 1   ███████████▏                                 15 requests",
		"  version 2   ████████████████████████████████████████     54 requests",
		"  version 3   " + red("▊                                             1 requests"),
		"  latency     p50  1.25 ms  p99  3.00 ms",
		"  failed      1, all of version 3",
		"  alarm       " + red("ALARM"),
		"  deployment  of version 3, Stopped",
		"  rollback    Created",
		"",
		"  version 2  version 3's share of the answers",
		"  100 % │  █│",
		"        │ ▄█│",
		"        │ ██│",
		"        │ ██│",
		"        │ ██│",
		"    0 % │ ██│" + red(" ▅"), // one of ten answers
		"        └───┴───",
		"",
	}
	wantContent(t, v, want)

	rang.alarm, rang.rollbackStatus = "OK", "Succeeded"
	v.Update(rang)
	want[6], want[8] = "  alarm       OK again", "  rollback    Succeeded"
	wantContent(t, v, want)
}

func TestViewBeforeADeployment(t *testing.T) {
	v, f := &view{}, broken(0, 0, 0)
	f.status = ""
	v.Update(f)
	for _, want := range []string{"  deployment  of version 3, soon\n", "  rollback    none\n", "  failed      0\n"} {
		if !strings.Contains(content(v), want) {
			t.Errorf("there is no %q:\n%s", want, content(v))
		}
	}
}

// In a narrow terminal bars and chart give way, and the figures stay.
func TestNothingIsWiderThanTheTerminal(t *testing.T) {
	plain := strings.NewReplacer(startRed, "", endRed, "")
	for _, width := range []int{10, 20, 40, 45, 60, 79, 120, 200} {
		v := &view{}
		v.Update(tea.WindowSizeMsg{Width: width, Height: 10})
		for i := range 45 {
			v.Update(counted(time.Duration(i)*columnTime, 123450, 1000*i))
		}
		for i := range 15 {
			f := broken(time.Duration(45+i)*columnTime, 67890+100*i, 12300+50*i)
			f.versions["1"] = 123450
			v.Update(f)
		}
		drawn := plain.Replace(content(v))
		for row := range strings.Lines(drawn) {
			if cells := len([]rune(strings.TrimRight(row, "\n"))); cells > width {
				t.Errorf("at %d cells %q is %d wide", width, row, cells)
			}
		}
		for _, figure := range []string{"10 %", "14.8 s", "123450 requests", "69290 requests", "13000 requests", "3.00 ms", "13000, all of version 3", "InProgress"} {
			if width >= 40 && !strings.Contains(drawn, figure) {
				t.Errorf("at %d cells there is no %q:\n%s", width, figure, drawn)
			}
		}
		if _, bottom, _ := strings.Cut(drawn, "  0 % │"); width >= 40 && !strings.Contains(bottom, "█│") {
			t.Errorf("at %d cells both releases are not there:\n%s", width, drawn)
		}
	}
}
