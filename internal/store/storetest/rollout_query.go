package storetest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluice/internal/function"
	"sluice/internal/rollout"
)

var queryTests = map[string]func(*testing.T, *rolloutPlace){
	"the newest come first, and among equals the last by ID": func(t *testing.T, p *rolloutPlace) {
		p.put(t, aged("d-B", 1), aged("d-C", 0), aged("d-A", 1), aged("d-D", 1), aged("d-E", 2))
		wantList(t, "the list", query(t, p, rollout.Query{Scope: scope}), []string{"d-E", "d-D", "d-B", "d-A", "d-C"})
	},
	"an empty store has none": func(t *testing.T, p *rolloutPlace) {
		wantList(t, "the list", query(t, p, rollout.Query{Scope: scope}), nil)
		wantList(t, "the open ones", getRollout(t, p, func(r rollout.Reader) ([]*rollout.Deployment, error) { return r.OpenDeployments() }), nil)
	},
	"pages go on behind equal times":            pagesEqualTimes,
	"a page behind a missing one is empty":      pagesBehindNothing,
	"each filter leaves out the others":         filters,
	"one shows its end when it has let go":      filtersByWhatIsShown,
	"a span of time includes both ends":         filtersByTime,
	"they find what a plain filter of all does": queriesAsAPlainFilter,
}

// aged returns a deployment that was created so many microseconds after the others.
func aged(id string, micros int) *rollout.Deployment {
	d := NewDeployment(id)
	d.Created = when.Add(time.Duration(micros) * time.Microsecond)
	return d
}

func pagesEqualTimes(t *testing.T, p *rolloutPlace) {
	var want []string
	for _, letter := range "ABCDEFGHIJ" {
		d := aged("d-"+string(letter), int(letter-'A')/4)
		p.put(t, d)
		want = append(want, d.ID)
	}
	slices.Reverse(want)
	for limit := 1; limit <= len(want); limit++ {
		var got []string
		q := rollout.Query{Scope: scope, Limit: limit}
		for page := query(t, p, q); len(page) > 0; page = query(t, p, q) {
			if len(page) > limit {
				t.Fatalf("a page of %d has %d items", limit, len(page))
			}
			got = append(got, page...)
			q.Before = page[len(page)-1]
		}
		wantSame(t, "the pages", got, want)
	}
}

func pagesBehindNothing(t *testing.T, p *rolloutPlace) {
	p.put(t, aged("d-A", 0), aged("d-B", 1))
	elsewhere := aged("d-C", 2)
	elsewhere.Scope = scopes[1]
	p.put(t, elsewhere)
	for _, missing := range []string{"d-MISSING", elsewhere.ID} {
		wantList(t, missing, query(t, p, rollout.Query{Scope: scope, Before: missing}), nil)
	}
}

func filters(t *testing.T, p *rolloutPlace) {
	one, two := aged("d-1", 1), aged("d-2", 2)
	one.Application, one.Group, one.Spec.Function, one.Spec.Alias = "a", "g", "f", "x"
	two.Application, two.Group, two.Spec.Function, two.Spec.Alias = "b", "h", "e", "y"
	one.Released, two.State.Status = false, rollout.Succeeded
	p.put(t, one, two)
	for name, tt := range map[string]struct {
		query rollout.Query
		want  []string
	}{
		"nothing":              {rollout.Query{}, []string{"d-2", "d-1"}},
		"application":          {rollout.Query{Application: "a"}, []string{"d-1"}},
		"group":                {rollout.Query{Group: "h"}, []string{"d-2"}},
		"application's group":  {rollout.Query{Application: "a", Group: "g"}, []string{"d-1"}},
		"other's group":        {rollout.Query{Application: "a", Group: "h"}, nil},
		"function":             {rollout.Query{Function: "e"}, []string{"d-2"}},
		"alias":                {rollout.Query{Alias: "x"}, []string{"d-1"}},
		"function's alias":     {rollout.Query{Function: "f", Alias: "x"}, []string{"d-1"}},
		"other's alias":        {rollout.Query{Function: "f", Alias: "y"}, nil},
		"open":                 {rollout.Query{Open: true}, []string{"d-1"}},
		"a status":             {rollout.Query{Statuses: []rollout.Status{rollout.Succeeded}}, []string{"d-2"}},
		"statuses":             {rollout.Query{Statuses: []rollout.Status{rollout.InProgress, rollout.Succeeded, "Baking"}}, []string{"d-2", "d-1"}},
		"a status nobody has":  {rollout.Query{Statuses: []rollout.Status{"Baking"}}, nil},
		"no statuses":          {rollout.Query{Statuses: []rollout.Status{}}, []string{"d-2", "d-1"}},
		"behind the newest":    {rollout.Query{Before: "d-2"}, []string{"d-1"}},
		"behind one left out":  {rollout.Query{Before: "d-2", Application: "a"}, []string{"d-1"}},
		"another account":      {rollout.Query{Application: "a", Scope: scopes[2]}, nil},
		"a limit":              {rollout.Query{Limit: 1}, []string{"d-2"}},
		"a limit beyond them":  {rollout.Query{Limit: 3}, []string{"d-2", "d-1"}},
		"limit after a filter": {rollout.Query{Limit: 1, Application: "a"}, []string{"d-1"}},
		"all at once": {rollout.Query{Application: "a", Group: "g", Function: "f", Alias: "x", Open: true, From: one.Created, To: one.Created,
			Statuses: []rollout.Status{rollout.InProgress}, Before: "d-2", Limit: 1}, []string{"d-1"}},
	} {
		if tt.query.Scope.Account == "" {
			tt.query.Scope = scope
		}
		wantList(t, name, query(t, p, tt.query), tt.want)
	}
}

// filtersByWhatIsShown has deployments in all states, released or not: one that has ended but holds its alias is in
// progress for everybody else.
func filtersByWhatIsShown(t *testing.T, p *rolloutPlace) {
	shown := map[rollout.Status][]string{}
	for i, status := range []rollout.Status{"", rollout.Created, rollout.InProgress, rollout.Succeeded, rollout.Failed, rollout.Stopped} {
		for j, released := range []bool{false, true} {
			d := aged("d-"+string(rune('A'+2*i+j)), -2*i-j)
			d.State.Status, d.Released = status, released
			p.put(t, d)
			shown[d.Status()] = append(shown[d.Status()], d.ID)
		}
	}
	if len(shown[rollout.InProgress]) != 5 {
		t.Errorf("in progress are %v, want five", shown[rollout.InProgress])
	}
	for status, want := range shown {
		wantList(t, string(status), query(t, p, rollout.Query{Scope: scope, Statuses: []rollout.Status{status}}), want)
	}
}

func filtersByTime(t *testing.T, p *rolloutPlace) {
	p.put(t, aged("d-0", 0), aged("d-1", 1), aged("d-2", 2))
	at := func(micros int) time.Time { return aged("", micros).Created }
	for name, tt := range map[string]struct {
		from, to time.Time
		want     []string
	}{
		"one moment":     {at(1), at(1), []string{"d-1"}},
		"from one on":    {from: at(1), want: []string{"d-2", "d-1"}},
		"until one":      {to: at(1), want: []string{"d-1", "d-0"}},
		"all":            {at(0), at(2), []string{"d-2", "d-1", "d-0"}},
		"none before":    {to: at(-1)},
		"none after":     {from: at(3)},
		"the wrong way":  {from: at(2), to: at(1)},
		"long ago":       {time.Unix(-1e9, 0), at(0), []string{"d-0"}},
		"in a long time": {at(2), at(0).AddDate(7000, 0, 0), []string{"d-2"}},
	} {
		wantList(t, name, query(t, p, rollout.Query{Scope: scope, From: tt.from, To: tt.to}), tt.want)
	}
}

// queriesAsAPlainFilter compares queries with a filter that is too simple to be wrong, over random deployments. Each
// check has two regions of its own.
func queriesAsAPlainFilter(t *testing.T, p *rolloutPlace) {
	checks := 0
	rapid.Check(t, func(rt *rapid.T) {
		checks++
		regions := rapid.SampledFrom([]function.Scope{
			{Account: scope.Account, Region: fmt.Sprint("a", checks)}, {Account: scope.Account, Region: fmt.Sprint("b", checks)},
		})
		all := rapid.SliceOfN(drawnDeployments(regions), 0, 12).Draw(rt, "deployments")
		p.write(t, func(tx rollout.Tx) error {
			for _, d := range all {
				if err := tx.PutDeployment(d); err != nil {
					return err
				}
			}
			return nil
		})
		for range 8 {
			q := drawQuery(rt, regions)
			if got, want := query(t, p, q), plainQuery(all, q); !slices.Equal(got, want) {
				rt.Fatalf("%+v lists %v, want %v", q, got, want)
			}
		}
	})
}

// The draws are narrow, so that filters often hit and times are often equal.
var (
	drawnIDs   = rapid.SampledFrom([]string{"d-A", "d-B", "d-C", "d-D", "d-E", "d-F", "d-G", "d-H", "d-I", "d-J", "d-K", "d-L"})
	drawnNames = rapid.SampledFrom([]string{"a", "b"})
	drawnTimes = rapid.Map(rapid.IntRange(0, 4), func(micros int) time.Time { return aged("", micros).Created })
	anyStatus  = rapid.SampledFrom([]rollout.Status{rollout.Created, rollout.InProgress, rollout.Succeeded, rollout.Failed, rollout.Stopped})
)

func drawnDeployments(scopes *rapid.Generator[function.Scope]) *rapid.Generator[*rollout.Deployment] {
	return rapid.Custom(func(rt *rapid.T) *rollout.Deployment {
		d := NewDeployment(drawnIDs.Draw(rt, "id"))
		d.Scope = scopes.Draw(rt, "scope")
		d.Application, d.Group = drawnNames.Draw(rt, "application"), drawnNames.Draw(rt, "group")
		d.Spec.Function, d.Spec.Alias = drawnNames.Draw(rt, "function"), drawnNames.Draw(rt, "alias")
		d.Created, d.State.Status, d.Released = drawnTimes.Draw(rt, "created"), anyStatus.Draw(rt, "status"), rapid.Bool().Draw(rt, "released")
		return d
	})
}

func drawQuery(rt *rapid.T, scopes *rapid.Generator[function.Scope]) rollout.Query {
	name := rapid.OneOf(drawnNames, rapid.Just(""))
	moment := rapid.OneOf(drawnTimes, rapid.Just(time.Time{}))
	return rollout.Query{
		Scope:       scopes.Draw(rt, "scope"),
		Application: name.Draw(rt, "application"), Group: name.Draw(rt, "group"),
		Function: name.Draw(rt, "function"), Alias: name.Draw(rt, "alias"),
		Statuses: rapid.SliceOfN(anyStatus, 0, 2).Draw(rt, "statuses"), Open: rapid.Bool().Draw(rt, "open"),
		From: moment.Draw(rt, "from"), To: moment.Draw(rt, "to"),
		Before: rapid.OneOf(drawnIDs, rapid.Just("")).Draw(rt, "before"), Limit: rapid.IntRange(0, 4).Draw(rt, "limit"),
	}
}

// plainQuery lists what a query asks for. Of deployments with the same key the last counts.
func plainQuery(all []*rollout.Deployment, q rollout.Query) (ids []string) {
	last := map[string]*rollout.Deployment{}
	for _, d := range all {
		if d.Scope == q.Scope {
			last[d.ID] = d
		}
	}
	sorted := slices.SortedFunc(maps.Values(last), func(a, b *rollout.Deployment) int {
		return cmp.Or(b.Created.Compare(a.Created), cmp.Compare(b.ID, a.ID))
	})
	behind := q.Before == ""
	for _, d := range sorted {
		if behind && matches(d, q) && (q.Limit == 0 || len(ids) < q.Limit) {
			ids = append(ids, d.ID)
		}
		behind = behind || d.ID == q.Before
	}
	return ids
}

func matches(d *rollout.Deployment, q rollout.Query) bool {
	asked := func(want, have string) bool { return want == "" || want == have }
	return asked(q.Application, d.Application) && asked(q.Group, d.Group) &&
		asked(q.Function, d.Spec.Function) && asked(q.Alias, d.Spec.Alias) &&
		(len(q.Statuses) == 0 || slices.Contains(q.Statuses, d.Status())) && (!q.Open || !d.Released) &&
		(q.From.IsZero() || !d.Created.Before(q.From)) && (q.To.IsZero() || !d.Created.After(q.To))
}
