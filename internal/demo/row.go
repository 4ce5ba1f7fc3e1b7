package demo

import (
	"fmt"
	"math"
	"strings"
)

// row is one row of a drawing, a cell a character. From a cell on it may be red.
type row struct {
	text string
	red  int // the first red cell; 0 for none
}

// labelled is a row of the panel.
func labelled(label, text string) row {
	return row{text: strings.TrimRight(fmt.Sprintf("  %-*s%s", labelWidth-2, label, text), " ")}
}

// warn makes what stands after the label red.
func (r row) warn() row { return row{r.text, labelWidth} }

// What a terminal takes for colours.
const (
	startRed = "\x1b[31m"
	endRed   = "\x1b[m"
)

// draw shortens a row to a terminal's width, since one that wraps would spoil the drawing, and colours it. Zero is a
// width that is not known.
func (r row) draw(width int) string {
	cells := []rune(r.text)
	if width > 0 && len(cells) > width {
		cells = cells[:width]
	}
	if r.red <= 0 || r.red >= len(cells) {
		return string(cells)
	}
	return string(cells[:r.red]) + startRed + string(cells[r.red:]) + endRed
}

// bar fills a share of its cells, and the rest with something else.
func bar(share float64, cells int, rest string) string {
	full := min(max(int(share*float64(cells)+0.5), 0), cells)
	return strings.Repeat("█", full) + strings.Repeat(rest, cells-full)
}

// widths are the parts of a cell that can be full from the left.
var widths = []rune(" ▏▎▍▌▋▊▉█")

// amount is a bar as exact as cells can show it, so that a little is seen beside much.
func amount(share float64, cells int) string {
	eighths := min(max(int(math.Ceil(share*float64(cells)*8)), 0), cells*8)
	text := strings.Repeat("█", eighths/8)
	if eighths%8 > 0 {
		text += string(widths[eighths%8])
	}
	return fmt.Sprintf("%-*s", cells, text)
}
