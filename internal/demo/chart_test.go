package demo

import (
	"slices"
	"strings"
	"testing"
)

// columns makes slots of a hundred answers each.
func columns(shares ...float64) (slots []slot) {
	for _, share := range shares {
		slots = append(slots, slot{int(share * 100), 100})
	}
	return slots
}

func texts(rows []row) (texts []string) {
	for _, r := range rows {
		texts = append(texts, r.text)
	}
	return texts
}

func TestChart(t *testing.T) {
	rows := chart([]stretch{
		{"2", append(columns(0, 0.01, 0.5, 1), slot{})}, {"3", columns(0, 0.17, 0)},
	}, chartWidth)
	want := []string{
		"  version 2    version 3's share of the answers",
		"  100 % │   █ │",
		"        │   █ │",
		"        │   █ │",
		"        │  ██ │",
		"        │  ██ │",
		"    0 % │  ██ │ █",
		"        └─────┴───",
	}
	if got := texts(rows); !slices.Equal(got, want) {
		t.Errorf("it shows\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for i, r := range rows[1 : 1+chartHeight] {
		if r.red != axisWidth+6 {
			t.Errorf("row %d is red from %d, want from the second stretch", i, r.red)
		}
	}
}

func TestAChartOfNothing(t *testing.T) {
	for _, r := range chart(nil, chartWidth) {
		if strings.ContainsRune(r.text, '█') || len([]rune(r.text)) > axisWidth {
			t.Errorf("a row is %q", r.text)
		}
	}
}

// Time is put together where there is no room for all of it, and nothing is left out.
func TestFitted(t *testing.T) {
	long := []stretch{{"2", slices.Repeat(columns(0.5), 45)}, {"3", slices.Repeat(columns(0.1), 15)}}
	for _, tt := range []struct{ columns, first, second int }{
		{200, 45, 15}, {61, 45, 15}, {60, 23, 8}, {32, 23, 8}, {31, 15, 5}, {3, 1, 1}, {1, 1, 1}, {0, 1, 1},
	} {
		got := fitted(long, tt.columns)
		if len(got[0].slots) != tt.first || len(got[1].slots) != tt.second {
			t.Errorf("in %d columns: %d and %d, want %d and %d", tt.columns, len(got[0].slots), len(got[1].slots), tt.first, tt.second)
		}
		var all int
		for _, s := range got[1].slots {
			all += s.all
		}
		if all != 1500 || got[1].version != "3" {
			t.Errorf("in %d columns there are %d answers of version %s, want 1500 of 3", tt.columns, all, got[1].version)
		}
	}
}

func TestHeadingsFit(t *testing.T) {
	for _, tt := range []struct {
		first, second, width int
		want                 string
	}{
		{30, 20, 200, "  version 2's share of the answers      version 3's share of the answers"},
		{30, 20, 60, "  version 2's share of the answers      version 3's share"},
		{15, 5, 40, "  version 2's share      version 3"},
		{10, 5, 29, "  version 2's share version 3"},
		{9, 1, 22, "  version 2        v3"},
		{1, 1, 11, "  v2"},
	} {
		stretches := []stretch{{"2", make([]slot, tt.first)}, {"3", make([]slot, tt.second)}}
		if got := headings(stretches, tt.width).text; got != tt.want {
			t.Errorf("beside %d columns in %d cells: %q, want %q", tt.first, tt.width, got, tt.want)
		}
	}
}
