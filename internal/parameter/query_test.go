package parameter_test

import (
	"fmt"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/parameter"
)

func find(t *testing.T, s *parameter.Service, q parameter.Query, after string, limit int) (names []string, more bool) {
	t.Helper()
	found, more, err := s.List(t.Context(), scope, q, after, limit, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range found {
		names = append(names, p.ID.Name)
	}
	return names, more
}

func TestParametersAreFound(t *testing.T) {
	s := newService(t)
	putAll(t, s, "/app/a", "/app/b/c", "/app/b/d", "/apple/x", "plain", "/top")
	put(t, s, parameter.Change{ID: id("/app/s"), Value: "x", Type: parameter.Secure, Key: "mine", Tags: map[string]string{"team": "a"}})
	if _, _, err := s.Label(t.Context(), id("/app/a"), 1, []string{"live"}); err != nil {
		t.Fatal(err)
	}
	filter := func(key, option string, values ...string) parameter.Query {
		return parameter.Query{Filters: []parameter.Filter{{Key: key, Option: option, Values: values}}}
	}
	below := func(q parameter.Query) parameter.Query {
		q.Path, q.Recursive = "/app", true
		return q
	}
	for name, tt := range map[string]struct {
		query parameter.Query
		want  string
	}{
		"in a path":                {parameter.Query{Path: "/app"}, "[/app/a /app/s]"},
		"with a slash behind":      {parameter.Query{Path: "/app/"}, "[/app/a /app/s]"},
		"below a path":             {parameter.Query{Path: "/app", Recursive: true}, "[/app/a /app/b/c /app/b/d /app/s]"},
		"in the root":              {parameter.Query{Path: "/"}, "[/top plain]"},
		"below the root":           {parameter.Query{Path: "/", Recursive: true}, "[/app/a /app/b/c /app/b/d /app/s /apple/x /top plain]"},
		"by type, below a path":    {below(filter("Type", "", "SecureString")), "[/app/s]"},
		"by label, below a path":   {below(filter("Label", "Equals", "live")), "[/app/a]"},
		"by a filter's path":       {filter("Path", "", "/app/b", "/apple"), "[/app/b/c /app/b/d /apple/x]"},
		"below a filter's path":    {filter("Path", "Recursive", "/app"), "[/app/a /app/b/c /app/b/d /app/s]"},
		"by name":                  {filter("Name", "Equals", "plain", "/top"), "[/top plain]"},
		"by a name's slash":        {filter("Name", "", "/plain", "top"), "[/top plain]"},
		"by a name's beginning":    {filter("Name", "BeginsWith", "/app/b"), "[/app/b/c /app/b/d]"},
		"by a part of the name":    {filter("Name", "Contains", "pl"), "[/apple/x plain]"},
		"by key":                   {filter("KeyId", "", "mine"), "[/app/s]"},
		"by a tag":                 {filter("tag:team", ""), "[/app/s]"},
		"by a tag's value":         {filter("tag:team", "", "b"), "[]"},
		"by tier":                  {filter("Tier", "", "Advanced"), "[]"},
		"by what AWS checks it as": {below(filter("tag:team", "BeginsWith", "a")), "[/app/s]"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, more := find(t, s, tt.query, "", 99); fmt.Sprint(got) != tt.want || more {
				t.Errorf("found %v, want %s", got, tt.want)
			}
		})
	}
}

func TestPagesOfParameters(t *testing.T) {
	s := newService(t)
	for i := range 250 {
		put(t, s, parameter.Change{ID: id(fmt.Sprintf("/app/%03d", i)), Value: "x", Type: parameter.String, Tags: map[string]string{"odd": fmt.Sprint(i % 2)}})
	}
	q := parameter.Query{Filters: []parameter.Filter{{Key: "tag:odd", Values: []string{"1"}}}}
	var all []string
	for after, more := "", true; more; {
		var names []string
		names, more = find(t, s, q, after, 50)
		all, after = append(all, names...), names[len(names)-1]
	}
	if len(all) != 125 || all[0] != "/app/001" || all[124] != "/app/249" {
		t.Errorf("found %d, %v", len(all), all)
	}
}

func TestQueriesThatMayNotBe(t *testing.T) {
	s := newService(t)
	filter := func(key, option string, values ...string) []parameter.Filter {
		return []parameter.Filter{{Key: key, Option: option, Values: values}}
	}
	for name, tt := range map[string]struct {
		query parameter.Query
		noun  string
	}{
		"a path without a slash": {parameter.Query{Path: "app"}, "request"},
		"a path with a space":    {parameter.Query{Path: "/a b"}, "request"},
		"a filter's wrong path":  {parameter.Query{Filters: filter("Path", "", "app")}, "request"},
		"a key nobody knows":     {parameter.Query{Filters: filter("Colour", "", "red")}, "filter key"},
		"a label anywhere":       {parameter.Query{Filters: filter("Label", "", "live")}, "filter key"},
		"a name below a path":    {parameter.Query{Path: "/a", Filters: filter("Name", "", "x")}, "filter key"},
		"a key twice":            {parameter.Query{Filters: append(filter("Name", "", "x"), filter("Name", "", "y")...)}, "filter key"},
		"no value":               {parameter.Query{Filters: filter("Name", "")}, "filter value"},
		"a type nobody knows":    {parameter.Query{Filters: filter("Type", "", "Number")}, "filter value"},
		"a tier nobody knows":    {parameter.Query{Filters: filter("Tier", "", "Free")}, "filter value"},
		"a path's wrong option":  {parameter.Query{Filters: filter("Path", "Equals", "/a")}, "filter option"},
		"a type's wrong option":  {parameter.Query{Filters: filter("Type", "Contains", "String")}, "filter option"},
		"an option nobody knows": {parameter.Query{Filters: filter("Name", "EndsWith", "x")}, "filter option"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := s.List(t.Context(), scope, tt.query, "", 9, false)
			wantFault(t, err, fault.Invalid, tt.noun, "")
		})
	}
}
