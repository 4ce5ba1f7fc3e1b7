package logs_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluice/internal/fault"
	"sluice/internal/logs"
)

func TestEventsFromTheHead(t *testing.T) {
	r := startWithStream(t)
	put(t, r, stream, "a", "b", "c")
	first := page(t, r, logs.EventQuery{FromHead: true, Limit: 2})
	second := page(t, r, logs.EventQuery{Token: first.Forward, Limit: 2})
	third := page(t, r, logs.EventQuery{Token: second.Forward, Limit: 2})
	if got := texts(first.Events) + "/" + texts(second.Events) + "/" + texts(third.Events); got != "a|b/c/" {
		t.Errorf("pages %s", got)
	}
	if third.Forward != second.Forward {
		t.Errorf("at the end %s became %s", second.Forward, third.Forward)
	}
	put(t, r, stream, "d")
	if got := events(t, r, logs.EventQuery{Token: third.Forward}); got != "d" {
		t.Errorf("what came later: %s", got)
	}
}

func TestEventsFromTheTail(t *testing.T) {
	r := startWithStream(t)
	put(t, r, stream, "a", "b", "c")
	last := page(t, r, logs.EventQuery{Limit: 2})
	before := page(t, r, logs.EventQuery{Token: last.Backward, Limit: 2})
	none := page(t, r, logs.EventQuery{Token: before.Backward, Limit: 2})
	if got := texts(last.Events) + "/" + texts(before.Events) + "/" + texts(none.Events); got != "b|c/a/" {
		t.Errorf("pages %s", got)
	}
	if none.Backward != before.Backward {
		t.Errorf("at the beginning %s became %s", before.Backward, none.Backward)
	}
	if got := events(t, r, logs.EventQuery{Token: before.Forward}); got != "b|c" {
		t.Errorf("and forward again: %s", got)
	}
}

func TestEventsOfAnEmptyStream(t *testing.T) {
	r := startWithStream(t)
	for _, fromHead := range []bool{true, false} {
		p := page(t, r, logs.EventQuery{FromHead: fromHead})
		if len(p.Events) != 0 || !strings.HasPrefix(p.Forward, "f/") || !strings.HasPrefix(p.Backward, "b/") {
			t.Errorf("%+v", p)
		}
		if again := page(t, r, logs.EventQuery{Token: p.Forward}); again.Forward != p.Forward {
			t.Errorf("%s became %s", p.Forward, again.Forward)
		}
	}
	p := page(t, r, logs.EventQuery{})
	put(t, r, stream, "first")
	if got := events(t, r, logs.EventQuery{Token: p.Forward}); got != "first" {
		t.Errorf("what came later: %s", got)
	}
}

func TestEventsOfATime(t *testing.T) {
	r := startWithStream(t)
	base := stamp(-100)
	var batch []logs.Event
	for i := range 5 {
		batch = append(batch, logs.Event{Time: base.Add(time.Duration(i) * time.Second), Message: []byte(fmt.Sprint(i))})
	}
	_, err := r.PutEvents(t.Context(), stream, batch)
	must(t, err)
	q := logs.EventQuery{From: base.Add(time.Second), To: base.Add(3 * time.Second)}
	if got := events(t, r, q); got != "1|2" {
		t.Errorf("events %s, want the first bound's and not the last's", got)
	}
	q.FromHead = true
	if got := events(t, r, q); got != "1|2" {
		t.Errorf("from the head: %s", got)
	}
}

func TestEventsRefuse(t *testing.T) {
	r := startWithStream(t)
	put(t, r, stream, "x")
	other := logs.StreamID{Group: group, Name: "other"}
	must(t, r.CreateStream(t.Context(), other))
	good := page(t, r, logs.EventQuery{}).Forward
	for name, test := range map[string]struct {
		query logs.EventQuery
		kind  fault.Kind
		noun  string
	}{
		"no token of ours":       {logs.EventQuery{Stream: stream, Token: "invalid-token"}, fault.Invalid, "token"},
		"a token without digits": {logs.EventQuery{Stream: stream, Token: "f/"}, fault.Invalid, "token"},
		"a token with a sign":    {logs.EventQuery{Stream: stream, Token: "f/-" + strings.Repeat("1", 55) + "/s"}, fault.Invalid, "token"},
		"a changed token":        {logs.EventQuery{Stream: stream, Token: "f/1" + good[3:]}, fault.Invalid, "token"},
		"another stream's token": {logs.EventQuery{Stream: other, Token: good}, fault.Invalid, "token"},
		"no such stream":         {logs.EventQuery{Stream: logs.StreamID{Group: group, Name: "none"}}, fault.NotFound, "stream"},
		"no such group":          {logs.EventQuery{Stream: logs.StreamID{Group: groupID("none"), Name: "s"}}, fault.NotFound, "group"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := r.Events(t.Context(), test.query)
			wantFault(t, err, test.kind, test.noun)
		})
	}
}

func TestAPageHasAMegabyte(t *testing.T) {
	r := startWithStream(t)
	line := strings.Repeat("x", 100_000)
	for range 3 {
		put(t, r, stream, line, line, line, line, line, line, line, line)
	}
	p := page(t, r, logs.EventQuery{FromHead: true})
	if n := len(p.Events); n != 10 {
		t.Errorf("%d events of 100 kB on a page", n)
	}
	if n := len(page(t, r, logs.EventQuery{Token: p.Forward}).Events); n != 10 {
		t.Errorf("%d events on the next", n)
	}
}

// TestPagesHaveEachEventOnceInOrder writes batches whose times overlap, and follows tokens in both directions.
func TestPagesHaveEachEventOnceInOrder(t *testing.T) {
	r := start(t)
	must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
	base := stamp(-3600)
	trial := 0
	rapid.Check(t, func(rt *rapid.T) {
		trial++
		id := logs.StreamID{Group: group, Name: fmt.Sprint("trial", trial)}
		must(t, r.CreateStream(t.Context(), id))
		size := rapid.SampledFrom([]int{1, 20_000}).Draw(rt, "size") // many events in a block, or few
		total := 0
		for range rapid.IntRange(1, 5).Draw(rt, "batches") {
			at := base.Add(time.Duration(rapid.IntRange(0, 30).Draw(rt, "start")) * time.Millisecond)
			var batch []logs.Event
			for range rapid.IntRange(1, 10).Draw(rt, "events") {
				at = at.Add(time.Duration(rapid.IntRange(0, 5).Draw(rt, "gap")) * time.Millisecond)
				batch = append(batch, logs.Event{Time: at, Message: []byte(strings.Repeat("x", size))})
				total++
			}
			_, err := r.PutEvents(t.Context(), id, batch)
			must(t, err)
		}
		q := logs.EventQuery{Stream: id, FromHead: rapid.Bool().Draw(rt, "from head"), Limit: rapid.IntRange(1, 9).Draw(rt, "limit")}
		if got := follow(t, r, q); len(got) != total || !ordered(got) {
			rt.Fatalf("%d of %d events, in order: %v", len(got), total, ordered(got))
		}
	})
}

// follow reads a stream page by page, from the head or from the tail.
func follow(t *testing.T, r *room, q logs.EventQuery) (all []logs.Event) {
	for {
		p, err := r.Events(t.Context(), q)
		must(t, err)
		if len(p.Events) == 0 {
			return all
		}
		if q.FromHead {
			all, q.Token = append(all, p.Events...), p.Forward
		} else {
			all, q.Token = append(append([]logs.Event(nil), p.Events...), all...), p.Backward
		}
	}
}

func ordered(events []logs.Event) bool {
	for i := 1; i < len(events); i++ {
		a, b := events[i-1], events[i]
		if a.Time.After(b.Time) || a.Time.Equal(b.Time) && a.Position >= b.Position {
			return false
		}
	}
	return true
}
