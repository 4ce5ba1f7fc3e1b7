package demo

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// What the chart is made of.
const (
	columnTime  = 250 * time.Millisecond // of one column
	chartWidth  = 52                     // columns: a rollout of ten seconds with what comes before and after
	chartHeight = 6                      // rows
	barWidth    = 40

	panelFigures = 43 // cells of the panel beside its bars
	chartMargin  = 9  // cells of the chart beside its columns
)

// view is what a terminal shows: the last frame, and the share of version 2 in the answers of each column's time. It
// implements tea.Model.
type view struct {
	width  int // of the terminal, in cells; 0 if it is not known
	last   frame
	column frame     // the frame with which the column that is being filled began
	shares []float64 // of finished columns
}

func (v *view) Init() tea.Cmd { return nil }

func (v *view) Update(message tea.Msg) (tea.Model, tea.Cmd) {
	switch m := message.(type) {
	case tea.WindowSizeMsg:
		v.width = m.Width
	case frame:
		v.last = m
		if m.elapsed-v.column.elapsed >= columnTime {
			v.shares = append(v.shares, m.shareSince(v.column))
			v.column = m
		}
	}
	return v, nil
}

// shareSince is version 2's share in the answers since an earlier frame.
func (f frame) shareSince(before frame) float64 {
	second := f.versions["2"] - before.versions["2"]
	all := second + f.versions["1"] - before.versions["1"]
	if all == 0 {
		return 0
	}
	return float64(second) / float64(all)
}

func (v *view) View() tea.View {
	rows := append(v.last.panel(v.width), "", "  version 2's share of the answers")
	columns := chartWidth
	if v.width > 0 {
		columns = min(columns, max(v.width-chartMargin, 1))
	}
	rows = append(rows, chart(v.shares, columns)...)
	for i, row := range rows {
		rows[i] = cut(row, v.width)
	}
	return tea.NewView(strings.Join(rows, "\n") + "\n")
}

// panel is a frame in rows: the weight, the requests of each version as bars of one scale, the latency. Where a terminal
// is narrow the bars give way, so that the figures can be read.
func (f frame) panel(width int) []string {
	cells := barWidth
	if width > 0 {
		cells = min(cells, max(width-panelFigures, 0))
	}
	most := max(f.versions["1"], f.versions["2"], 1)
	requests := func(version string) string {
		n := f.versions[version]
		return fmt.Sprintf("  version %s   %s %6d requests", version, bar(float64(n)/float64(most), cells, " "), n)
	}
	return []string{
		fmt.Sprintf("  weight      %s %5.0f %%   %4.1f s  %s", bar(f.weight, cells, "░"), 100*f.weight, f.elapsed.Seconds(), f.status),
		requests("1"),
		requests("2"),
		fmt.Sprintf("  latency     p50 %s   p99 %s", milliseconds(f.p50), milliseconds(f.p99)),
		fmt.Sprintf("  failed      %d", f.failed),
	}
}

// eighths are the heights that a cell can show.
var eighths = []rune(" ▁▂▃▄▅▆▇█")

// chart draws values from 0 to 1 in columns, the last of them if there are too many.
func chart(values []float64, columns int) []string {
	values = values[max(0, len(values)-columns):]
	rows := make([]string, chartHeight)
	for i := range rows {
		label := "      "
		switch i {
		case 0:
			label = "100 % "
		case chartHeight - 1:
			label = "  0 % "
		}
		var row strings.Builder
		row.WriteString("  " + label + "│")
		below := chartHeight - 1 - i // rows
		for _, value := range values {
			height := int(value*chartHeight*8+0.5) - below*8
			row.WriteRune(eighths[min(max(height, 0), 8)])
		}
		rows[i] = strings.TrimRight(row.String(), " ")
	}
	return rows
}

// bar fills a share of its cells, and the rest with something else.
func bar(share float64, cells int, rest string) string {
	full := min(max(int(share*float64(cells)+0.5), 0), cells)
	return strings.Repeat("█", full) + strings.Repeat(rest, cells-full)
}

// cut shortens a row to the terminal's width: one that wraps would spoil the drawing.
func cut(row string, width int) string {
	if cells := []rune(row); width > 0 && len(cells) > width {
		return string(cells[:width])
	}
	return row
}
