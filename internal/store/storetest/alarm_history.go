package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluice/internal/alarm"
	"sluice/internal/function"
)

const manyItems = 1000

// add writes items of history, which get their numbers.
func (p *alarmPlace) add(t testing.TB, keep int, items ...*alarm.HistoryItem) {
	t.Helper()
	p.write(t, func(tx alarm.Tx) error {
		for _, item := range items {
			if err := tx.AddAlarmHistory(item, alarm.Keep{Items: keep, Bytes: 1 << 20}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (p *alarmPlace) history(t testing.TB, q alarm.HistoryQuery) (found []*alarm.HistoryItem) {
	t.Helper()
	err := p.ReadAlarms(t.Context(), func(r alarm.Reader) (err error) {
		found, err = r.AlarmHistory(q)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

var alarmHistoryTests = map[string]func(*testing.T, *alarmPlace){
	"every field is kept, on disk": func(t *testing.T, p *alarmPlace) {
		item := NewHistoryItem("a", 0)
		p.add(t, manyItems, item)
		p.reopen(t)
		want := NewHistoryItem("a", 0)
		want.Number = 1
		wantSame(t, "the history", p.history(t, alarm.HistoryQuery{Scope: scope}), []*alarm.HistoryItem{want})
	},
	"items are numbered by name": func(t *testing.T, p *alarmPlace) {
		a, b, again := NewHistoryItem("a", 0), NewHistoryItem("b", 1), NewHistoryItem("a", 2)
		p.add(t, manyItems, a, b, again)
		wantSame(t, "the numbers", []int64{a.Number, b.Number, again.Number}, []int64{1, 1, 2})
	},
	"the newest of a name are kept": func(t *testing.T, p *alarmPlace) {
		for i := range 6 {
			p.add(t, 4, NewHistoryItem("a", i))
		}
		p.add(t, 4, NewHistoryItem("b", 0))
		var numbers []int64
		for _, item := range p.history(t, alarm.HistoryQuery{Scope: scope, Alarm: "a"}) {
			numbers = append(numbers, item.Number)
		}
		wantSame(t, "the numbers", numbers, []int64{6, 5, 4, 3})
		wantSame(t, "another's items", len(p.history(t, alarm.HistoryQuery{Scope: scope, Alarm: "b"})), 1)
	},
	"an alarm's history has a weight": func(t *testing.T, p *alarmPlace) {
		heavy := func(i int) *alarm.HistoryItem {
			item := NewHistoryItem("a", i)
			item.Transition.After.ReasonData = strings.Repeat("x", 300<<10)
			return item
		}
		for i := range 6 {
			p.add(t, manyItems, heavy(i))
		}
		wantSame(t, "three fit into a megabyte", len(p.history(t, alarm.HistoryQuery{Scope: scope})), 3)
		item := heavy(6)
		item.Transition.After.ReasonData = strings.Repeat("x", 2<<20)
		p.add(t, manyItems, item)
		left := p.history(t, alarm.HistoryQuery{Scope: scope})
		if len(left) != 1 || left[0].Number != item.Number {
			t.Errorf("%d items are left of one that is too heavy by itself, want it alone", len(left))
		}
	},
	"what is too old is dropped": func(t *testing.T, p *alarmPlace) {
		other := NewHistoryItem("b", 0)
		other.Scope = scopes[1]
		p.add(t, manyItems, NewHistoryItem("a", 0), NewHistoryItem("a", 1), NewHistoryItem("a", 2), other)
		p.write(t, func(tx alarm.Tx) error { return tx.DropAlarmHistory(NewHistoryItem("a", 1).Time) })
		wantSame(t, "what is left", len(p.history(t, alarm.HistoryQuery{Scope: scope})), 2)
		wantSame(t, "what is left in the other region", len(p.history(t, alarm.HistoryQuery{Scope: scopes[1]})), 0)
	},
	"it stays when its alarm is deleted": func(t *testing.T, p *alarmPlace) {
		p.put(t, NewAlarm("a"))
		p.add(t, manyItems, NewHistoryItem("a", 0))
		p.write(t, func(tx alarm.Tx) error { return tx.DeleteAlarm(scope, "a") })
		wantSame(t, "the history", len(p.history(t, alarm.HistoryQuery{Scope: scope})), 1)
	},
	"queries find what a plain filter finds": queriesHistoryAsAPlainFilter,
}

// queriesHistoryAsAPlainFilter compares queries with a filter that is too simple to be wrong, over random items, page by
// page. Each check has two regions of its own.
func queriesHistoryAsAPlainFilter(t *testing.T, p *alarmPlace) {
	checks := 0
	rapid.Check(t, func(rt *rapid.T) {
		checks++
		regions := rapid.SampledFrom([]function.Scope{
			{Account: scope.Account, Region: fmt.Sprint("a", checks)}, {Account: scope.Account, Region: fmt.Sprint("b", checks)},
		})
		all := rapid.SliceOfN(drawnItems(regions), 0, 12).Draw(rt, "items")
		p.add(t, manyItems, all...)
		for range 6 {
			q := drawHistoryQuery(rt, regions)
			want := plainHistory(all, q)
			for page := 0; page == 0 || q.After != nil; page++ {
				got := p.history(t, q)
				most := len(want)
				if q.Limit > 0 {
					most = min(most, q.Limit)
				}
				if !slices.EqualFunc(got, want[:most], sameItem) {
					rt.Fatalf("%+v lists %v on page %d, want %v", q, text(got), page, text(want[:most]))
				}
				want, q.After = want[most:], nil
				if len(got) > 0 && q.Limit > 0 {
					q.After = got[len(got)-1].Cursor()
				}
			}
		}
	})
}

func sameItem(a, b *alarm.HistoryItem) bool { return a.Alarm == b.Alarm && a.Number == b.Number }

// The draws are narrow, so that filters often hit and times are often equal.
func drawnItems(scopes *rapid.Generator[function.Scope]) *rapid.Generator[*alarm.HistoryItem] {
	return rapid.Custom(func(rt *rapid.T) *alarm.HistoryItem {
		item := NewHistoryItem(drawnNames.Draw(rt, "alarm"), rapid.IntRange(0, 3).Draw(rt, "micros"))
		item.Scope, item.Composite = scopes.Draw(rt, "scope"), rapid.Bool().Draw(rt, "composite")
		item.Kind = rapid.SampledFrom([]alarm.HistoryKind{alarm.StateUpdate, alarm.ActionUpdate}).Draw(rt, "kind")
		return item
	})
}

func drawHistoryQuery(rt *rapid.T, scopes *rapid.Generator[function.Scope]) alarm.HistoryQuery {
	moment := rapid.SampledFrom([]time.Time{{}, NewHistoryItem("", 0).Time, NewHistoryItem("", 2).Time})
	return alarm.HistoryQuery{
		Scope: scopes.Draw(rt, "scope"), Alarm: rapid.SampledFrom([]string{"", "a"}).Draw(rt, "alarm"),
		Types: rapid.SampledFrom([][]alarm.Type{
			nil, {alarm.MetricAlarm}, {alarm.CompositeAlarm}, {alarm.CompositeAlarm, alarm.MetricAlarm},
		}).Draw(rt, "types"),
		Kind: rapid.SampledFrom([]alarm.HistoryKind{"", alarm.StateUpdate}).Draw(rt, "kind"),
		From: moment.Draw(rt, "from"), To: moment.Draw(rt, "to"),
		Ascending: rapid.Bool().Draw(rt, "ascending"), Limit: rapid.IntRange(0, 3).Draw(rt, "limit"),
	}
}

// plainHistory lists what a query asks for, without its limit.
func plainHistory(all []*alarm.HistoryItem, q alarm.HistoryQuery) (found []*alarm.HistoryItem) {
	for _, item := range all {
		kind := alarm.MetricAlarm
		if item.Composite {
			kind = alarm.CompositeAlarm
		}
		if item.Scope == q.Scope && (q.Alarm == "" || item.Alarm == q.Alarm) && (q.Kind == "" || item.Kind == q.Kind) &&
			(len(q.Types) == 0 || slices.Contains(q.Types, kind)) &&
			(q.From.IsZero() || !item.Time.Before(q.From)) && (q.To.IsZero() || !item.Time.After(q.To)) {
			found = append(found, item)
		}
	}
	slices.SortFunc(found, func(a, b *alarm.HistoryItem) int {
		if order := a.Time.Compare(b.Time); order != 0 {
			return order
		}
		if a.Alarm != b.Alarm {
			return map[bool]int{true: -1, false: 1}[a.Alarm < b.Alarm]
		}
		return int(a.Number - b.Number)
	})
	if !q.Ascending {
		slices.Reverse(found)
	}
	return found
}
