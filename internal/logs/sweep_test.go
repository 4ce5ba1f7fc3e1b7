package logs_test

import (
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/logs"
)

const day = 24 * time.Hour

func TestRetention(t *testing.T) {
	t.Run("hides what has expired at once", func(t *testing.T) {
		r := startWithStream(t)
		_, err := r.PutEvents(t.Context(), stream, []logs.Event{{Time: stamp(-2 * 86400), Message: []byte("old")}})
		must(t, err)
		put(t, r, stream, "new")
		must(t, r.SetRetention(t.Context(), group, 1))
		if got := events(t, r, logs.EventQuery{}); got != "new" {
			t.Errorf("events %s", got)
		}
		if got := foundTexts(searchAll(t, r, logs.SearchQuery{})); got != "new" {
			t.Errorf("found %s", got)
		}
		must(t, r.SetRetention(t.Context(), group, 0))
		if got := events(t, r, logs.EventQuery{}); got != "old|new" {
			t.Errorf("without retention: %s", got)
		}
	})
	t.Run("removes it from the disk", func(t *testing.T) {
		folder := t.TempDir()
		synctest.Test(t, func(t *testing.T) {
			r := open(t, folder, logs.Config{Scale: 60}) // which has nothing to do with it
			defer r.close()
			must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
			must(t, r.SetRetention(t.Context(), group, 1))
			print(t, r, stream, "hello")
			time.Sleep(day - time.Hour) // on the bubble's clock
			wantStreams(t, r, logs.StreamQuery{}, "s")
			time.Sleep(3 * time.Hour)
			wantStreams(t, r, logs.StreamQuery{}, "")
			wantGroups(t, r, logs.GroupQuery{}, "g")
		})
	})
	t.Run("keeps for ever without one", func(t *testing.T) {
		folder := t.TempDir()
		synctest.Test(t, func(t *testing.T) {
			r := open(t, folder, logs.Config{})
			defer r.close()
			must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
			print(t, r, stream, "hello")
			time.Sleep(400 * day)
			if got := events(t, r, logs.EventQuery{}); got != "hello" {
				t.Errorf("events %s", got)
			}
		})
	})
}
