package demo

import (
	"testing"
	"time"
)

func TestClosed(t *testing.T) {
	began := time.Unix(1000, 0)
	at := func(ms int) time.Time { return began.Add(time.Duration(ms) * time.Millisecond) }
	whole := func(sent, seen int) sight { return sight{at(sent), at(seen), "2", false} }
	split := func(version string, sent, seen int) sight { return sight{at(sent), at(seen), version, true} }
	for name, tt := range map[string]struct {
		sights []sight
		want   closing
	}{
		"nothing was seen":         {nil, closing{}},
		"the traffic never opened": {[]sight{whole(0, 2), whole(3, 5)}, closing{at: at(2), of: 1}},
		"it opened and closed": {
			[]sight{whole(0, 1), split("2", 2, 3), split("3", 4, 5), split("2", 6, 7), whole(8, 10), whole(11, 12)},
			closing{at: at(10), met: 1, of: 5},
		},
		"it did not close": {[]sight{whole(0, 1), split("2", 2, 3), split("3", 4, 5)}, closing{met: 1}},
		"an answer that came late was chosen early": {
			[]sight{whole(8, 10), split("3", 4, 30), whole(20, 22)}, closing{at: at(10), met: 1, of: 2},
		},
		"an answer that was under way saw nothing of the end": {
			[]sight{whole(3, 9), split("3", 4, 5), whole(6, 7)}, closing{at: at(7), met: 1, of: 3},
		},
		"a version that has the alias to itself is open too": {
			[]sight{split("3", 1, 2), {at(3), at(4), "3", false}, whole(5, 6)}, closing{at: at(6), met: 2, of: 3},
		},
		"what was sent before it began is not of it": {
			[]sight{whole(-1, 1), split("3", 2, 3), whole(4, 5)}, closing{at: at(5), met: 1, of: 2},
		},
	} {
		if got := closed(tt.sights, began, "3"); !got.at.Equal(tt.want.at) || got.met != tt.want.met || got.of != tt.want.of {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
}
