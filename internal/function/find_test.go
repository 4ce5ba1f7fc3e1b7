package function_test

import (
	"fmt"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

func TestFind(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	for qualifier, want := range map[string]function.Number{"": 0, "$LATEST": 0, "1": 1, "2": 2, "LIVE": 1} {
		found, err := b.Find(t.Context(), b.id, qualifier)
		if err != nil || found.Version.Number != want || (found.Alias != nil) != (qualifier == "LIVE") {
			t.Errorf("Find(%q) = %+v, %v; want version %v", qualifier, found, err, want)
		}
	}
	for _, qualifier := range []string{"3", "NONE", "$latest"} {
		_, err := b.Find(t.Context(), b.id, qualifier)
		wantFault(t, err, fault.NotFound, "function")
	}
}

func TestListsPage(t *testing.T) {
	b := newBench(t)
	for _, name := range []string{"a", "b", "c"} {
		b.id.Name = name
		b.release(t, "one")
		b.release(t, "two")
	}
	lists := map[string]struct {
		list func(function.Page) ([]*function.Version, *function.Cursor, error)
		want string
	}{
		"functions": {
			func(p function.Page) ([]*function.Version, *function.Cursor, error) {
				return b.Functions(t.Context(), b.id.Scope, p)
			}, "a:$LATEST b:$LATEST c:$LATEST ",
		},
		"versions of one": {
			func(p function.Page) ([]*function.Version, *function.Cursor, error) {
				return b.Versions(t.Context(), b.id, p)
			}, "c:$LATEST c:1 c:2 ",
		},
		"versions of all": {
			func(p function.Page) ([]*function.Version, *function.Cursor, error) {
				return b.FunctionVersions(t.Context(), b.id.Scope, p)
			}, "a:$LATEST a:1 a:2 b:$LATEST b:1 b:2 c:$LATEST c:1 c:2 ",
		},
	}
	for name, tt := range lists {
		for limit := 0; limit <= 10; limit++ {
			t.Run(fmt.Sprintf("%s, %d a page", name, limit), func(t *testing.T) {
				got := ""
				for page := (&function.Page{Limit: limit}); page != nil; {
					versions, next, err := tt.list(*page)
					if err != nil || (limit > 0 && len(versions) > limit) {
						t.Fatalf("a page of %d, %v", len(versions), err)
					}
					for _, v := range versions {
						got += v.Function.Name + ":" + v.Number.String() + " "
					}
					if page = nil; next != nil {
						page = &function.Page{After: *next, Limit: limit}
					}
				}
				if got != tt.want {
					t.Errorf("listed %s, want %s", got, tt.want)
				}
			})
		}
	}
}
