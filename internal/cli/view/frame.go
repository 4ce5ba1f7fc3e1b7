package view

import (
	"fmt"
	"strings"
	"time"

	"sluice/internal/deployer/release"
)

// Frame is what `sluice watch` draws of one moment.
type Frame struct {
	Heading   string
	Standings []release.Standing
	Trails    []Trail // of the same functions
	Now       time.Time
	Trouble   string // why there is nothing newer; empty if there is
}

// Trail is the share of an alias's newer version over time, in percent, the latest last.
type Trail []float64

// maxTrail is how much of a trail is drawn.
const maxTrail = 30

// Grown returns the trail with one share more.
func (t Trail) Grown(percent float64) Trail {
	t = append(t, percent)
	if len(t) > maxTrail {
		t = t[len(t)-maxTrail:]
	}
	return t
}

// heights are the shares that a cell can show.
var heights = []rune("▁▂▃▄▅▆▇█")

func (t Trail) String() string {
	cells := make([]rune, len(t))
	for i, p := range t {
		cells[i] = heights[min(max(int(p/100*float64(len(heights)-1)+0.5), 0), len(heights)-1)]
	}
	return string(cells)
}

// Draw writes the frame, its lines cut to a terminal's width in cells. Zero is a width that is not known.
func (f Frame) Draw(width int) string {
	t := table{}
	for i, s := range f.Standings {
		state, by, when := state(s, f.Now)
		if by != "" {
			state += " by " + by + ", " + when
		}
		t.row(s.Function, s.Alias, versions(s), bar(Share(s), barCells), f.Trails[i].String(), state)
	}
	text := f.Heading + "\n\n" + t.String()
	if f.Trouble != "" {
		text += "\n" + f.Trouble + "\n"
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(clipped(strings.TrimSuffix(line, "\n"), width) + "\n")
	}
	return b.String()
}

// Share is how much of the requests the newer version of an alias has, in percent: all, if a release is done.
func Share(s release.Standing) float64 {
	switch {
	case s.Additional != "":
		return s.Percent
	case s.Record != nil && s.Record.To == s.Version && s.Version != "":
		return 100
	}
	return 0
}

// Line is one standing in a line of a log.
func Line(s release.Standing, now time.Time) string {
	if s.Deployment != "" {
		return now.Format(clockTime) + "  " + s.String()
	}
	state, by, _ := state(s, now)
	if by != "" {
		state += " by " + by
	}
	return fmt.Sprintf("%s  %s  %s", now.Format(clockTime), s, state)
}

// clipped shortens a line to a number of cells, since one that wraps would spoil the drawing.
func clipped(line string, width int) string {
	cells := []rune(line)
	if width > 0 && len(cells) > width {
		cells = cells[:width]
	}
	return string(cells)
}
