package fault_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"sluice/internal/fault"
)

func TestATableFindsTheNounsRowOrElseTheKinds(t *testing.T) {
	table := fault.Table[string]{
		fault.NotFound: {"alias": "no alias", "": "nothing"},
		fault.Conflict: {"alias": "taken"},
		fault.Internal: {"": "broken"},
	}
	for _, tt := range []struct {
		name  string
		err   error
		want  string
		found bool
	}{
		{"the noun's", fault.Errorf(fault.NotFound, "alias", "x"), "no alias", true},
		{"in a chain", fmt.Errorf("resolve: %w", fault.Errorf(fault.NotFound, "alias", "x")), "no alias", true},
		{"the kind's", fault.Errorf(fault.NotFound, "function", "x"), "nothing", true},
		{"another noun's", fault.Errorf(fault.Conflict, "function", "x"), "", false},
		{"another kind's", fault.Errorf(fault.Denied, "alias", "x"), "", false},
		{"an error of nobody's", errors.New("x"), "broken", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, found := table.Find(tt.err); got != tt.want || found != tt.found {
				t.Errorf("Find = %q, %v; want %q, %v", got, found, tt.want, tt.found)
			}
		})
	}
}

func TestATableTellsItsRowsInOrder(t *testing.T) {
	table := fault.Table[int]{fault.Conflict: {"b": 1, "": 2}, fault.NotFound: {"a": 3}}
	var got []string
	for _, e := range table.Errors() {
		got = append(got, e.Kind.String()+"/"+e.Noun)
	}
	if want := []string{"not found/a", "conflict/", "conflict/b"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
