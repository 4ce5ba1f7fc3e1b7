package logs_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/logs"
)

// stamp is a time some seconds from now, to the millisecond.
func stamp(seconds int) time.Time {
	return time.Now().Truncate(time.Millisecond).Add(time.Duration(seconds) * time.Second)
}

func TestCreateStream(t *testing.T) {
	r := start(t)
	wantFault(t, r.CreateStream(t.Context(), stream), fault.NotFound, "group")
	must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
	must(t, r.CreateStream(t.Context(), stream))
	wantFault(t, r.CreateStream(t.Context(), stream), fault.Conflict, "stream")
	for _, name := range []string{"", "a:b", "a*", strings.Repeat("x", 513)} {
		wantFault(t, r.CreateStream(t.Context(), logs.StreamID{Group: group, Name: name}), fault.Invalid, "name")
	}
}

func TestDeleteStream(t *testing.T) {
	r := startWithStream(t)
	put(t, r, stream, "gone")
	must(t, r.DeleteStream(t.Context(), stream))
	wantFault(t, r.DeleteStream(t.Context(), stream), fault.NotFound, "stream")
	wantFault(t, r.DeleteStream(t.Context(), logs.StreamID{Group: groupID("none"), Name: "s"}), fault.NotFound, "group")
	_, err := r.Events(t.Context(), logs.EventQuery{Stream: stream})
	wantFault(t, err, fault.NotFound, "stream")
}

func TestStreams(t *testing.T) {
	r := start(t)
	must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
	for i, name := range []string{"b", "a", "other", "empty"} {
		id := logs.StreamID{Group: group, Name: name}
		must(t, r.CreateStream(t.Context(), id))
		if name != "empty" {
			_, err := r.PutEvents(t.Context(), id, []logs.Event{{Time: stamp(i - 10), Message: []byte("x")}})
			must(t, err)
		}
	}
	for name, test := range map[string]struct {
		query logs.StreamQuery
		want  string
	}{
		"by name":                  {logs.StreamQuery{}, "a b empty other"},
		"by name, the last first":  {logs.StreamQuery{Descending: true}, "other empty b a"},
		"by time":                  {logs.StreamQuery{ByTime: true}, "empty b a other"},
		"by time, the last first":  {logs.StreamQuery{ByTime: true, Descending: true}, "other a b empty"},
		"with a prefix":            {logs.StreamQuery{Prefix: "o"}, "other"},
		"page by page":             {logs.StreamQuery{Limit: 1}, "a b empty other"},
		"page by page, by time":    {logs.StreamQuery{Limit: 3, ByTime: true}, "empty b a other"},
		"backwards, page by page":  {logs.StreamQuery{Limit: 2, ByTime: true, Descending: true}, "other a b empty"},
		"a page that is just full": {logs.StreamQuery{Limit: 4}, "a b empty other"},
	} {
		t.Run(name, func(t *testing.T) { wantStreams(t, r, test.query, test.want) })
	}
	t.Run("tell their times", func(t *testing.T) {
		found, _, err := r.Streams(t.Context(), logs.StreamQuery{Group: group, Prefix: "b"})
		if err != nil || len(found) != 1 || found[0].First.IsZero() || !found[0].First.Equal(found[0].Last) ||
			time.Since(found[0].Ingested) > time.Minute || found[0].Bytes == 0 {
			t.Errorf("%+v, %v", found[0], err)
		}
	})
	t.Run("refuse", func(t *testing.T) {
		_, _, err := r.Streams(t.Context(), logs.StreamQuery{Group: group, ByTime: true, Prefix: "a"})
		wantFault(t, err, fault.Invalid, "query")
		_, _, err = r.Streams(t.Context(), logs.StreamQuery{Group: group, Token: "bm8"})
		wantFault(t, err, fault.Invalid, "token")
		_, _, err = r.Streams(t.Context(), logs.StreamQuery{Group: groupID("none")})
		wantFault(t, err, fault.NotFound, "group")
	})
}

// wantStreams follows a query to its end.
func wantStreams(t *testing.T, r *room, q logs.StreamQuery, want string) {
	t.Helper()
	q.Group = group
	var names []string
	for range 10 {
		found, next, err := r.Streams(t.Context(), q)
		must(t, err)
		for _, s := range found {
			names = append(names, s.ID.Name)
		}
		if q.Token = next; next == "" {
			break
		}
	}
	if got := strings.Join(names, " "); got != want {
		t.Errorf("streams %s, want %s", got, want)
	}
}

func TestPutEvents(t *testing.T) {
	t.Run("survives the service", func(t *testing.T) {
		folder := t.TempDir()
		r := open(t, folder, logs.Config{})
		must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
		must(t, r.CreateStream(t.Context(), stream))
		put(t, r, stream, "a", "b")
		r.close()
		if got := events(t, open(t, folder, logs.Config{}), logs.EventQuery{}); got != "a|b" {
			t.Errorf("events %s", got)
		}
	})
	t.Run("needs group and stream", func(t *testing.T) {
		r := startWithStream(t)
		event := []logs.Event{{Time: stamp(0), Message: []byte("x")}}
		_, err := r.PutEvents(t.Context(), logs.StreamID{Group: groupID("none"), Name: "s"}, event)
		wantFault(t, err, fault.NotFound, "group")
		_, err = r.PutEvents(t.Context(), logs.StreamID{Group: group, Name: "none"}, event)
		wantFault(t, err, fault.NotFound, "stream")
	})
	t.Run("leaves out what is too old, expired or too new", func(t *testing.T) {
		const hour, day = 3600, 24 * 3600
		for name, test := range map[string]struct {
			retention int
			seconds   []int
			want      logs.Rejected
			taken     string
		}{
			"nothing":                     {0, []int{-13 * day, -12*day - 1}, logs.Rejected{}, "0|1"},
			"too old":                     {0, []int{-15 * day, -15*day + 1, -1, 0}, logs.Rejected{TooOld: 2}, "2|3"},
			"too new":                     {0, []int{0, 2*hour - 5, 2*hour + 5}, logs.Rejected{TooNew: 1}, "0|1"},
			"expired":                     {3, []int{-15 * day, -4 * day, 0}, logs.Rejected{TooOld: 1, Expired: 2}, "2"},
			"all":                         {0, []int{-15 * day, 3 * hour}, logs.Rejected{TooOld: 1, TooNew: 1}, ""},
			"far apart, but not the rest": {0, []int{-15 * day, 0, 3 * hour}, logs.Rejected{TooOld: 1, TooNew: 1}, "1"},
		} {
			t.Run(name, func(t *testing.T) {
				r := startWithStream(t)
				var batch []logs.Event
				for i, s := range test.seconds {
					batch = append(batch, logs.Event{Time: stamp(s), Message: []byte(fmt.Sprint(i))})
				}
				must(t, r.SetRetention(t.Context(), group, test.retention))
				got, err := r.PutEvents(t.Context(), stream, batch)
				if err != nil || got != test.want {
					t.Errorf("rejected %+v, %v; want %+v", got, err, test.want)
				}
				must(t, r.SetRetention(t.Context(), group, 0))
				if got := events(t, r, logs.EventQuery{}); got != test.taken {
					t.Errorf("events %s, want %s", got, test.taken)
				}
			})
		}
	})
	t.Run("refuses", func(t *testing.T) {
		r := startWithStream(t)
		event := func(seconds, size int) logs.Event {
			return logs.Event{Time: stamp(seconds), Message: []byte(strings.Repeat("x", size))}
		}
		half := logs.MaxBatchBytes/2 - 26
		for name, batch := range map[string][]logs.Event{
			"none":            {},
			"too many":        make([]logs.Event, logs.MaxBatchEvents+1),
			"a wrong order":   {event(0, 1), event(-1, 1)},
			"a day and more":  {event(-25*3600, 1), event(0, 1)},
			"too large a one": {event(0, logs.MaxBatchBytes)},
			"too large a lot": {event(0, half), event(0, half), event(1, 1)},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := r.PutEvents(t.Context(), stream, batch)
				wantFault(t, err, fault.Invalid, "events")
			})
		}
		_, err := r.PutEvents(t.Context(), stream, []logs.Event{event(0, half), event(0, half)})
		must(t, err)
	})
}

// events reads one page of the usual stream.
func events(t *testing.T, r *room, q logs.EventQuery) string {
	t.Helper()
	return texts(page(t, r, q).Events)
}

func page(t *testing.T, r *room, q logs.EventQuery) *logs.Page {
	t.Helper()
	q.Stream = stream
	p, err := r.Events(t.Context(), q)
	must(t, err)
	return p
}
