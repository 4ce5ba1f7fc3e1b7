package logs_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/logs"
)

func TestCreateGroup(t *testing.T) {
	t.Run("keeps what was asked for", func(t *testing.T) {
		folder := t.TempDir()
		r := open(t, folder, logs.Config{})
		must(t, r.CreateGroup(t.Context(), &logs.Group{
			ID: group, Class: logs.InfrequentAccess, KMSKey: "key", Tags: map[string]string{"a": "b"}, Protected: true,
		}))
		r.close()
		g, err := open(t, folder, logs.Config{}).Group(t.Context(), group)
		if err != nil || g.Class != logs.InfrequentAccess || g.KMSKey != "key" || g.Tags["a"] != "b" || !g.Protected || g.Created.IsZero() {
			t.Errorf("%+v, %v", g, err)
		}
	})
	t.Run("a second time is a conflict", func(t *testing.T) {
		r := start(t)
		must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
		wantFault(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}), fault.Conflict, "group")
	})
	t.Run("one that a function made is a conflict", func(t *testing.T) {
		r := start(t)
		print(t, r, stream, "hello")
		wantFault(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}), fault.Conflict, "group")
	})
	t.Run("refuses", func(t *testing.T) {
		many := map[string]string{}
		for i := range 51 {
			many[fmt.Sprint(i)] = ""
		}
		r := start(t)
		for name, test := range map[string]struct {
			group logs.Group
			kind  fault.Kind
			noun  string
		}{
			"an empty name":       {logs.Group{ID: groupID("")}, fault.Invalid, "name"},
			"a long name":         {logs.Group{ID: groupID(strings.Repeat("a", 513))}, fault.Invalid, "name"},
			"a name with a space": {logs.Group{ID: groupID("a b")}, fault.Invalid, "name"},
			"an unknown class":    {logs.Group{ID: group, Class: "CHEAP"}, fault.Invalid, "class"},
			"an odd retention":    {logs.Group{ID: group, Retention: 2}, fault.Invalid, "retention"},
			"too many tags":       {logs.Group{ID: group, Tags: many}, fault.Limit, "tags"},
			"a tag without a key": {logs.Group{ID: group, Tags: map[string]string{"": "x"}}, fault.Invalid, "tags"},
		} {
			t.Run(name, func(t *testing.T) { wantFault(t, r.CreateGroup(t.Context(), &test.group), test.kind, test.noun) })
		}
	})
}

func TestTheGroupOfAFunction(t *testing.T) {
	t.Run("is there with its first line", func(t *testing.T) {
		r := start(t)
		print(t, r, stream, "hello")
		g, err := r.Group(t.Context(), group)
		if err != nil || g.Class != logs.Standard || g.Created.IsZero() {
			t.Errorf("%+v, %v", g, err)
		}
		wantGroups(t, r, logs.GroupQuery{}, "g")
	})
	t.Run("is there after a restart", func(t *testing.T) {
		folder := t.TempDir()
		r := open(t, folder, logs.Config{})
		print(t, r, stream, "hello")
		r.close()
		wantGroups(t, open(t, folder, logs.Config{}), logs.GroupQuery{}, "g")
	})
	t.Run("outlives its last stream", func(t *testing.T) {
		r := start(t)
		print(t, r, stream, "hello")
		must(t, r.DeleteStream(t.Context(), stream))
		wantGroups(t, r, logs.GroupQuery{}, "g")
	})
	t.Run("can have a retention", func(t *testing.T) {
		r := start(t)
		print(t, r, stream, "hello")
		must(t, r.SetRetention(t.Context(), group, 7))
		if g, err := r.Group(t.Context(), group); err != nil || g.Retention != 7 {
			t.Errorf("%+v, %v", g, err)
		}
	})
}

// stuck is files that can't be removed.
type stuck struct{ logs.Files }

func (stuck) RemoveGroup(logs.GroupID) error { return errStuck }

// readOnly is a store that can't be written.
type readOnly struct{ logs.Store }

func (readOnly) WriteLogs(context.Context, func(logs.Tx) error) error { return errStuck }

var errStuck = errors.New("the disk is stuck")

func TestDeleteGroup(t *testing.T) {
	t.Run("what breaks off leaves a group that can be deleted again", func(t *testing.T) {
		for name, broken := range map[string]func(c *logs.Config){
			"at its files":  func(c *logs.Config) { c.Files = stuck{c.Files} },
			"at its record": func(c *logs.Config) { c.Store = readOnly{c.Store} },
		} {
			r := startWithStream(t)
			must(t, r.SetRetention(t.Context(), group, 7))
			cfg := logs.Config{Store: r.records, Files: r.files}
			broken(&cfg)
			s := logs.NewService(cfg)
			must(t, s.Start(t.Context()))
			if err := s.DeleteGroup(t.Context(), group); !errors.Is(err, errStuck) {
				t.Errorf("%s: %v", name, err)
			}
			if g, err := s.Group(t.Context(), group); err != nil || g.Retention != 7 {
				t.Errorf("%s: it is left as %+v, %v", name, g, err)
			}
			s.Close()
			must(t, r.DeleteGroup(t.Context(), group))
			wantGroups(t, r, logs.GroupQuery{})
		}
	})
	t.Run("takes its streams with it, for ever", func(t *testing.T) {
		folder := t.TempDir()
		r := open(t, folder, logs.Config{})
		must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
		print(t, r, stream, "hello")
		must(t, r.DeleteGroup(t.Context(), group))
		wantGroups(t, r, logs.GroupQuery{})
		r.close()
		wantGroups(t, open(t, folder, logs.Config{}), logs.GroupQuery{})
	})
	t.Run("a function that still runs makes it come back", func(t *testing.T) {
		r := startWithStream(t)
		must(t, r.SetRetention(t.Context(), group, 7))
		writer, err := r.Stream(ourScope.Account, ourScope.Region, group.Name, "of the function")
		must(t, err)
		must(t, r.DeleteGroup(t.Context(), group))
		writer.Append(stamp(0), []byte("still here"))
		g, err := r.Group(t.Context(), group)
		if err != nil || g.Retention != 0 {
			t.Errorf("%+v, %v", g, err)
		}
		must(t, writer.Close())
	})
	t.Run("not a missing one", func(t *testing.T) {
		wantFault(t, start(t).DeleteGroup(t.Context(), group), fault.NotFound, "group")
	})
	t.Run("not a protected one", func(t *testing.T) {
		r := start(t)
		must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group, Protected: true}))
		wantFault(t, r.DeleteGroup(t.Context(), group), fault.Conflict, "protected group")
		must(t, r.SetProtection(t.Context(), group, false))
		must(t, r.DeleteGroup(t.Context(), group))
	})
}

func TestGroups(t *testing.T) {
	r := start(t)
	for _, name := range []string{"app/b", "app/a", "App", "web"} {
		must(t, r.CreateGroup(t.Context(), &logs.Group{ID: groupID(name)}))
	}
	must(t, r.CreateGroup(t.Context(), &logs.Group{ID: groupID("cheap"), Class: logs.InfrequentAccess}))
	elsewhere := groupID("elsewhere")
	elsewhere.Region = "us-east-1"
	must(t, r.CreateGroup(t.Context(), &logs.Group{ID: elsewhere}))
	print(t, r, logs.StreamID{Group: groupID("/aws/lambda/f"), Name: "s"}, "hello")
	print(t, r, logs.StreamID{Group: groupID("web"), Name: "s"}, "hello")
	for name, test := range map[string]struct {
		query logs.GroupQuery
		want  []string
	}{
		"all, by name":             {logs.GroupQuery{}, []string{"/aws/lambda/f", "App", "app/a", "app/b", "cheap", "web"}},
		"by prefix":                {logs.GroupQuery{Prefix: "app/"}, []string{"app/a", "app/b"}},
		"by a part":                {logs.GroupQuery{Pattern: "a/"}, []string{"/aws/lambda/f"}},
		"case counts":              {logs.GroupQuery{Pattern: "APP"}, nil},
		"by a part or a beginning": {logs.GroupQuery{Pattern: "lambda|^we|^pp"}, []string{"/aws/lambda/f", "web"}},
		"by class":                 {logs.GroupQuery{Class: logs.InfrequentAccess}, []string{"cheap"}},
		"by names":                 {logs.GroupQuery{Names: []string{"web", "App"}}, []string{"App", "web"}},
		"the first two":            {logs.GroupQuery{Limit: 2}, []string{"/aws/lambda/f", "App"}},
		"after those":              {logs.GroupQuery{After: "App", Limit: 2}, []string{"app/a", "app/b"}},
	} {
		t.Run(name, func(t *testing.T) { wantGroups(t, r, test.query, test.want...) })
	}
	t.Run("tell how much they hold", func(t *testing.T) {
		groups, err := r.Groups(t.Context(), logs.GroupQuery{Scope: ourScope, Names: []string{"App", "web"}})
		if err != nil || len(groups) != 2 || groups[0].Bytes != 0 || groups[1].Bytes < 5 || groups[1].Bytes > 50 {
			t.Errorf("%+v, %v", groups, err)
		}
	})
}

func wantGroups(t *testing.T, r *room, q logs.GroupQuery, want ...string) {
	t.Helper()
	q.Scope = ourScope
	groups, err := r.Groups(t.Context(), q)
	must(t, err)
	var names []string
	for _, g := range groups {
		names = append(names, g.ID.Name)
	}
	if fmt.Sprint(names) != fmt.Sprint(want) {
		t.Errorf("groups %q, want %q", names, want)
	}
}

func TestPropertiesOfAGroup(t *testing.T) {
	r := start(t)
	must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group, Tags: map[string]string{"a": "1"}}))
	must(t, r.Tag(t.Context(), group, map[string]string{"a": "2", "b": "3"}))
	must(t, r.Untag(t.Context(), group, []string{"b", "c"}))
	must(t, r.SetKey(t.Context(), group, "key"))
	g, err := r.Group(t.Context(), group)
	if err != nil || fmt.Sprint(g.Tags) != "map[a:2]" || g.KMSKey != "key" {
		t.Errorf("%+v, %v", g, err)
	}
	wantFault(t, r.SetRetention(t.Context(), group, 6), fault.Invalid, "retention")
	wantFault(t, r.SetRetention(t.Context(), groupID("none"), 7), fault.NotFound, "group")
	wantFault(t, r.Tag(t.Context(), groupID("none"), nil), fault.NotFound, "group")
}

func TestParseGroup(t *testing.T) {
	for identifier, want := range map[string]string{
		"g": "g",
		"arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/f":   "/aws/lambda/f",
		"arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/f:*": "/aws/lambda/f",
	} {
		if id, err := logs.ParseGroup(ourScope, identifier); err != nil || id != groupID(want) {
			t.Errorf("%s: %v, %v", identifier, id, err)
		}
	}
	for identifier, kind := range map[string]fault.Kind{
		"": fault.Invalid, "a b": fault.Invalid, "arn:aws:logs": fault.Invalid,
		"arn:aws:s3:eu-central-1:123456789012:log-group:g":  fault.Invalid,
		"arn:aws:logs:us-east-1:123456789012:log-group:g":   fault.NotFound,
		"arn:aws:logs:eu-central-1:000000000000:log-group:": fault.NotFound,
		"arn:aws:logs:eu-central-1:123456789012:log-group:": fault.Invalid,
	} {
		if _, err := logs.ParseGroup(ourScope, identifier); !fault.Is(err, kind, "") {
			t.Errorf("%q: %v", identifier, err)
		}
	}
	if id, err := logs.ParseGroup(ourScope, group.ARN()); err != nil || id != group {
		t.Errorf("its own ARN: %v, %v", id, err)
	}
}
