package logs_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluice/internal/fault"
	"sluice/internal/logs"
	"sluice/internal/logs/pattern"
)

// threeStreams has events one second apart, in turns: a0 b1 c2 a3 ... a9, and tells when they begin.
func threeStreams(t testing.TB) (*room, time.Time) {
	r := start(t)
	must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
	base := stamp(-100)
	for s, name := range []string{"a", "b", "c"} {
		id := logs.StreamID{Group: group, Name: name}
		must(t, r.CreateStream(t.Context(), id))
		var batch []logs.Event
		for i := s; i < 10; i += 3 {
			batch = append(batch, logs.Event{Time: base.Add(time.Duration(i) * time.Second), Message: fmt.Appendf(nil, "%s%d", name, i)})
		}
		_, err := r.PutEvents(t.Context(), id, batch)
		must(t, err)
	}
	return r, base
}

func TestSearch(t *testing.T) {
	r, base := threeStreams(t)
	for name, test := range map[string]struct {
		query logs.SearchQuery
		want  string
	}{
		"merges by time":           {logs.SearchQuery{}, "a0|b1|c2|a3|b4|c5|a6|b7|c8|a9"},
		"descending":               {logs.SearchQuery{Descending: true}, "a9|c8|b7|a6|c5|b4|a3|c2|b1|a0"},
		"only some streams":        {logs.SearchQuery{Streams: []string{"c", "a", "c"}}, "a0|c2|a3|c5|a6|c8|a9"},
		"streams with a prefix":    {logs.SearchQuery{Prefix: "b"}, "b1|b4|b7"},
		"no stream has it":         {logs.SearchQuery{Prefix: "x"}, ""},
		"both bounds count":        {logs.SearchQuery{From: base.Add(2 * time.Second), To: base.Add(4 * time.Second)}, "c2|a3|b4"},
		"what matches":             {logs.SearchQuery{Pattern: compiled(t, "?a6 ?b4")}, "b4|a6"},
		"page by page":             {logs.SearchQuery{Limit: 3}, "a0|b1|c2|a3|b4|c5|a6|b7|c8|a9"},
		"descending, page by page": {logs.SearchQuery{Limit: 3, Descending: true}, "a9|c8|b7|a6|c5|b4|a3|c2|b1|a0"},
		"matches, page by page":    {logs.SearchQuery{Limit: 1, Pattern: compiled(t, "?a6 ?b4")}, "b4|a6"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := foundTexts(searchAll(t, r, test.query)); got != test.want {
				t.Errorf("found %s, want %s", got, test.want)
			}
		})
	}
	t.Run("names each event differently, and its stream", func(t *testing.T) {
		seen := map[string]bool{}
		for _, e := range searchAll(t, r, logs.SearchQuery{}) {
			if len(e.ID) != 56 || seen[e.ID] || !strings.HasPrefix(string(e.Message), e.Stream) {
				t.Errorf("%s: %q of %s", e.ID, e.Message, e.Stream)
			}
			seen[e.ID] = true
		}
	})
}

func compiled(t *testing.T, text string) *pattern.Pattern {
	t.Helper()
	p, err := pattern.Compile(text)
	must(t, err)
	return p
}

// searchAll follows a search to its end.
func searchAll(t testing.TB, r *room, q logs.SearchQuery) (all []logs.FoundEvent) {
	t.Helper()
	q.Group = group
	for {
		p, err := r.Search(t.Context(), q)
		must(t, err)
		if q.Limit > 0 && len(p.Events) > q.Limit {
			t.Fatalf("%d events on a page of %d", len(p.Events), q.Limit)
		}
		all = append(all, p.Events...)
		if q.Token = p.Next; q.Token == "" {
			return all
		}
	}
}

func TestSearchRefuses(t *testing.T) {
	r, _ := threeStreams(t)
	for name, test := range map[string]struct {
		query logs.SearchQuery
		kind  fault.Kind
		noun  string
	}{
		"no token of ours":     {logs.SearchQuery{Group: group, Token: "invalid-token"}, fault.Invalid, "token"},
		"another list's token": {logs.SearchQuery{Group: group, Token: "AAAA"}, fault.Invalid, "token"},
		"streams and a prefix": {logs.SearchQuery{Group: group, Streams: []string{"a"}, Prefix: "a"}, fault.Invalid, "query"},
		"no such stream":       {logs.SearchQuery{Group: group, Streams: []string{"a", "x"}}, fault.NotFound, "stream"},
		"no such group":        {logs.SearchQuery{Group: groupID("none")}, fault.NotFound, "group"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := r.Search(t.Context(), test.query)
			wantFault(t, err, test.kind, test.noun)
		})
	}
}

// TestASearchReadsABoundedPart searches more than one search may read for a text that is only at the end.
func TestASearchReadsABoundedPart(t *testing.T) {
	r := start(t)
	must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
	must(t, r.CreateStream(t.Context(), stream))
	line := strings.Repeat("x", 100_000)
	for range 80 {
		put(t, r, stream, slices.Repeat([]string{line}, 10)...)
	}
	put(t, r, stream, "needle")
	for _, descending := range []bool{false, true} {
		q := logs.SearchQuery{Group: group, Pattern: compiled(t, "needle"), Descending: descending}
		first, err := r.Search(t.Context(), q)
		must(t, err)
		if first.Next == "" || len(first.Events) > 1 {
			t.Errorf("80 MB were read at once: %d events", len(first.Events))
		}
		if got := foundTexts(searchAll(t, r, q)); got != "needle" {
			t.Errorf("found %.20q", got)
		}
	}
}

func TestSearchesHaveEachEventOnceInOrder(t *testing.T) {
	r := start(t)
	base := stamp(-3600)
	trial := 0
	rapid.Check(t, func(rt *rapid.T) {
		trial++
		g := groupID(fmt.Sprint("trial", trial))
		must(t, r.CreateGroup(t.Context(), &logs.Group{ID: g}))
		total := 0
		for range rapid.IntRange(1, 6).Draw(rt, "batches") {
			id := logs.StreamID{Group: g, Name: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "stream")}
			if err := r.CreateStream(t.Context(), id); err != nil && !fault.Is(err, fault.Conflict, "stream") {
				t.Fatal(err)
			}
			at := base.Add(time.Duration(rapid.IntRange(0, 9).Draw(rt, "start")) * time.Millisecond)
			size := rapid.SampledFrom([]int{1, 70_000}).Draw(rt, "size")
			batch := make([]logs.Event, rapid.IntRange(1, 9).Draw(rt, "events"))
			for i := range batch {
				at = at.Add(time.Duration(rapid.IntRange(0, 2).Draw(rt, "gap")) * time.Millisecond)
				batch[i] = logs.Event{Time: at, Message: []byte(strings.Repeat("x", size))}
			}
			_, err := r.PutEvents(t.Context(), id, batch)
			must(t, err)
			total += len(batch)
		}
		q := logs.SearchQuery{Group: g, Descending: rapid.Bool().Draw(rt, "descending"), Limit: rapid.IntRange(1, 9).Draw(rt, "limit")}
		seen := map[string]bool{}
		var last time.Time
		for {
			p, err := r.Search(t.Context(), q)
			must(t, err)
			for _, e := range p.Events {
				wrong := e.Time.Before(last)
				if q.Descending {
					wrong = e.Time.After(last) && !last.IsZero()
				}
				if seen[e.ID] || wrong {
					rt.Fatalf("event %s of %s, after %s; seen %v", e.ID, e.Time, last, seen[e.ID])
				}
				seen[e.ID], last = true, e.Time
			}
			if q.Token = p.Next; q.Token == "" {
				break
			}
		}
		if len(seen) != total {
			rt.Fatalf("%d of %d events", len(seen), total)
		}
	})
}

// BenchmarkTail asks for the last five seconds of a group of 100 streams, as aws logs tail --follow does.
func BenchmarkTail(b *testing.B) {
	r := start(b)
	must(b, r.CreateGroup(b.Context(), &logs.Group{ID: group}))
	for i := range 100 {
		id := logs.StreamID{Group: group, Name: fmt.Sprint(i)}
		must(b, r.CreateStream(b.Context(), id))
		for range 10 {
			put(b, r, id, slices.Repeat([]string{strings.Repeat("x", 100)}, 1000)...)
		}
	}
	for b.Loop() {
		if _, err := r.Search(b.Context(), logs.SearchQuery{Group: group, From: stamp(5)}); err != nil {
			b.Fatal(err)
		}
	}
}
