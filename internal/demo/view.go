package demo

import (
	"cmp"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
)

const (
	barWidth     = 40
	panelFigures = 31 // cells of the panel beside its bars
	labelWidth   = 14 // cells of the panel before them
)

// view is what a terminal shows: the last frame, and the share of the version that arrives in the answers of each
// column's time. It implements tea.Model.
type view struct {
	width     int // of the terminal, in cells; 0 if it is not known
	last      frame
	rang      bool  // the alarm did, at some time
	column    frame // the frame with which the column that is being filled began
	stretches []stretch
}

func (v *view) Init() tea.Cmd { return nil }

func (v *view) Update(message tea.Msg) (tea.Model, tea.Cmd) {
	switch m := message.(type) {
	case tea.WindowSizeMsg:
		v.width = m.Width
	case frame:
		v.add(m)
	}
	return v, nil
}

func (v *view) add(f frame) {
	if n := len(v.stretches); n == 0 || v.stretches[n-1].version != f.version {
		v.stretches = append(v.stretches, stretch{version: f.version})
		if n > 0 {
			v.column = v.last
		}
	}
	v.last, v.rang = f, v.rang || f.alarm == ringing
	if f.elapsed-v.column.elapsed >= columnTime*3/4 { // frames come twice in it, but not on the dot
		now := &v.stretches[len(v.stretches)-1]
		now.slots = append(now.slots, f.since(v.column))
		v.column = f
	}
}

// since is the answers since an earlier frame.
func (f frame) since(before frame) (s slot) {
	for version, n := range f.versions {
		s.all += n - before.versions[version]
	}
	return slot{f.versions[f.version] - before.versions[f.version], s.all}
}

func (v *view) View() tea.View {
	columns := chartWidth
	if v.width > 0 {
		columns = min(columns, max(v.width-axisWidth, 1))
	}
	rows := append(v.panel(), row{})
	rows = append(rows, chart(v.stretches, columns)...)
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(r.draw(v.width) + "\n")
	}
	return tea.NewView(b.String())
}

// panel is the last frame in rows: the weight, the requests of each version as bars of one scale, the latency, and what
// became of the deployment. Where a terminal is narrow the bars give way, so that the figures can be read.
func (v *view) panel() []row {
	f, cells := v.last, barWidth
	if v.width > 0 {
		cells = min(cells, max(v.width-panelFigures, 0))
	}
	most := max(f.versions["1"], f.versions["2"], f.versions[brokenVersion], 1)
	requests := func(version string) row {
		n := f.versions[version]
		return labelled("version "+version, fmt.Sprintf("%s %6d requests", amount(float64(n)/float64(most), cells), n))
	}
	rows := []row{
		labelled("weight of "+f.version, fmt.Sprintf("%s %5.0f %%   %4.1f s", bar(f.weight, cells, "░"), 100*f.weight, f.elapsed.Seconds())),
		requests("1"),
		requests("2"),
	}
	if f.version == brokenVersion {
		rows = append(rows, requests(brokenVersion).warn())
	}
	rows = append(rows,
		labelled("latency", fmt.Sprintf("p50 %s  p99 %s", milliseconds(f.p50), milliseconds(f.p99))),
		labelled("failed", f.failure()),
		v.alarm(),
		labelled("deployment", f.progress()))
	if f.version == brokenVersion {
		rows = append(rows, labelled("rollback", cmp.Or(f.rollbackStatus, "none")))
	}
	return rows
}

// alarm tells whether the alarm rings. It soon stops when the traffic is back, so the view says that it did.
func (v *view) alarm() row {
	switch {
	case v.last.alarm == ringing:
		return labelled("alarm", ringing).warn()
	case v.rang:
		return labelled("alarm", v.last.alarm+" again")
	}
	return labelled("alarm", v.last.alarm)
}

// progress says what becomes of the deployment.
func (f frame) progress() string {
	return "of version " + f.version + ", " + cmp.Or(f.status, "soon")
}
