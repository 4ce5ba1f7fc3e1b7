package demo

import "testing"

func TestRowsAreCutAndColoured(t *testing.T) {
	for _, tt := range []struct {
		row   row
		width int
		want  string
	}{
		{row{"a│█ d", 0}, 0, "a│█ d"},
		{row{"a│█ d", 0}, 3, "a│█"},
		{row{"a│█ d", 2}, 0, "a│" + startRed + "█ d" + endRed},
		{row{"a│█ d", 2}, 3, "a│" + startRed + "█" + endRed},
		{row{"a│█ d", 2}, 2, "a│"}, // no colour that nothing has
		{row{"a│█ d", 9}, 0, "a│█ d"},
		{row{}, 4, ""},
	} {
		if got := tt.row.draw(tt.width); got != tt.want {
			t.Errorf("%+v in %d cells is %q, want %q", tt.row, tt.width, got, tt.want)
		}
	}
}

func TestAmountShowsALittle(t *testing.T) {
	for _, tt := range []struct {
		share float64
		want  string
	}{
		{0, "    "}, {0.0001, "▏   "}, {0.125, "▌   "}, {0.5, "██  "}, {0.99, "████"}, {1, "████"}, {2, "████"}, {-1, "    "},
	} {
		if got := amount(tt.share, 4); got != tt.want {
			t.Errorf("%v of 4 cells is %q, want %q", tt.share, got, tt.want)
		}
	}
	if got := amount(0.5, 0); got != "" {
		t.Errorf("no cells are %q", got)
	}
}
