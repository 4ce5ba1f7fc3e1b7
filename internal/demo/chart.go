package demo

import (
	"strings"
	"time"
	"unicode/utf8"
)

// What the chart is made of.
const (
	columnTime  = 250 * time.Millisecond // of one column, if there is room for all of them
	chartWidth  = 70                     // columns: both releases at a time scale of 60, in 80 cells
	chartHeight = 6                      // rows
	axisWidth   = 9                      // cells to the left of the columns
)

// stretch is the answers while one version arrived, by time.
type stretch struct {
	version string // that arrives
	slots   []slot // each of columnTime
}

// slot is the answers of some time.
type slot struct{ arrived, all int }

func (s slot) share() float64 {
	if s.all == 0 {
		return 0
	}
	return float64(s.arrived) / float64(s.all)
}

// thinned puts slots together, n to one.
func thinned(slots []slot, n int) (list []slot) {
	for i, s := range slots {
		if i%n == 0 {
			list = append(list, slot{})
		}
		last := &list[len(list)-1]
		last.arrived += s.arrived
		last.all += s.all
	}
	return list
}

// fitted thins stretches until all fit beside each other, with a cell between them.
func fitted(stretches []stretch, columns int) []stretch {
	for n := 1; ; n++ {
		var list []stretch
		wide, dense := -1, true
		for _, s := range stretches {
			list = append(list, stretch{s.version, thinned(s.slots, n)})
			columns := len(list[len(list)-1].slots)
			wide += columns + 1
			dense = dense && columns <= 1
		}
		if wide <= columns || dense {
			return list
		}
	}
}

// eighths are the heights that a cell can show.
var eighths = []rune(" ▁▂▃▄▅▆▇█")

// chart draws the share of the version that arrives, each stretch beside the one before, under headings that fit. The
// stretch of the broken version is red.
func chart(stretches []stretch, columns int) []row {
	stretches = fitted(stretches, columns)
	rows := []row{headings(stretches, axisWidth+columns)}
	for i := range chartHeight {
		label := "      "
		switch i {
		case 0:
			label = "100 % "
		case chartHeight - 1:
			label = "  0 % "
		}
		r := row{text: "  " + label}
		for _, s := range stretches {
			r.text += "│"
			if s.version == brokenVersion {
				r.red = utf8.RuneCountInString(r.text)
			}
			r.text += s.level(chartHeight - 1 - i)
		}
		r.text = strings.TrimRight(r.text, " ")
		rows = append(rows, r)
	}
	return append(rows, row{text: timeline(stretches)})
}

// timeline is what the columns stand on. It shows time in which nothing arrived.
func timeline(stretches []stretch) string {
	text := strings.Repeat(" ", axisWidth-1)
	for i, s := range stretches {
		corner := "┴"
		if i == 0 {
			corner = "└"
		}
		text += corner + strings.Repeat("─", len(s.slots))
	}
	return text
}

// level is the cells of a stretch so many rows above the lowest.
func (s stretch) level(above int) string {
	var b strings.Builder
	for _, slot := range s.slots {
		height := int(slot.share()*chartHeight*8+0.5) - above*8
		b.WriteRune(eighths[min(max(height, 0), 8)])
	}
	return b.String()
}

// headings name the version of each stretch, above its first column, as fully as there is room.
func headings(stretches []stretch, width int) row {
	var text string
	next := axisWidth - 1 // where a stretch's axis is
	for i, s := range stretches {
		start := next + 1
		if i == 0 {
			start = 2
		}
		text += strings.Repeat(" ", start-utf8.RuneCountInString(text))
		next += 1 + len(s.slots)
		room := width - start
		if i < len(stretches)-1 {
			room = next - start // its neighbour begins two cells on
		}
		text += heading(s.version, room)
	}
	return row{text: strings.TrimRight(text, " ")}
}

func heading(version string, room int) string {
	for _, text := range []string{"version " + version + "'s share of the answers", "version " + version + "'s share", "version " + version, "v" + version} {
		if len(text) <= room {
			return text
		}
	}
	return ""
}
