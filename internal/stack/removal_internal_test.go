package stack

import (
	"reflect"
	"testing"
)

// Which resources outlive their stack, or the rollback of the operation that made them.
func TestKeptResources(t *testing.T) {
	for name, tt := range map[string]struct {
		policy, resourceType string
		created, rollback    bool
		want                 bool
	}{
		"no policy":                             {"", "Thing", false, false, false},
		"Delete":                                {"Delete", "Thing", false, false, false},
		"Retain":                                {"Retain", "Thing", false, false, true},
		"Retain, in a rollback":                 {"Retain", "Thing", false, true, true},
		"Retain, but what was made is to go":    {"Retain", "Thing", true, true, false},
		"RetainExceptOnCreate":                  {"RetainExceptOnCreate", "Thing", false, false, true},
		"RetainExceptOnCreate, in a rollback":   {"RetainExceptOnCreate", "Thing", false, true, false},
		"the type's own":                        {"", "Loose", false, false, true},
		"the template's against the type's own": {"Delete", "Loose", false, false, false},
		"of a type that is gone":                {"", "Unknown", false, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := &Resource{Instance: Instance{Type: tt.resourceType, DeletionPolicy: tt.policy}}
			if got := r.kept(plannedTypes, tt.created, tt.rollback); got != tt.want {
				t.Errorf("kept: %v", got)
			}
		})
	}
}

// What there is of a resource goes from the oldest on, and itself last.
func TestPartsOfAResource(t *testing.T) {
	at := func(id string) Instance { return Instance{PhysicalID: id} }
	for name, tt := range map[string]struct {
		resource Resource
		want     []Instance
	}{
		"itself":           {Resource{Instance: at("now")}, []Instance{at("now")}},
		"changed in place": {Resource{Instance: at("now"), Before: new(at("now"))}, []Instance{at("now")}},
		"replaced":         {Resource{Instance: at("now"), Before: new(at("old"))}, []Instance{at("old"), at("now")}},
		"replaced twice":   {Resource{Instance: at("now"), Before: new(at("old")), Leftovers: []Instance{at("half")}}, []Instance{at("half"), at("old"), at("now")}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tt.resource.parts(); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("they are %v", got)
			}
		})
	}
}

func TestPartsThatAreGoneAreForgotten(t *testing.T) {
	at := func(id string) Instance { return Instance{PhysicalID: id} }
	r := &Resource{Instance: at("now"), Before: new(at("old")), Leftovers: []Instance{at("half"), at("other")}}
	shared := r.Leftovers
	r.lose(at("half"))
	r.lose(at("old"))
	if r.Before != nil || !reflect.DeepEqual(r.Leftovers, []Instance{at("other")}) {
		t.Errorf("left are %v before and %v", r.Before, r.Leftovers)
	}
	if shared[0].PhysicalID != "half" {
		t.Errorf("a record that others may read became %v", shared)
	}
	if r.lose(at("now")); r.PhysicalID != "now" {
		t.Errorf("the resource itself has the ID %q", r.PhysicalID)
	}
}

func TestGoneResources(t *testing.T) {
	for status, want := range map[ResourceStatus]bool{Deleted: true, DeleteSkipped: true, DeleteRefused: false, Created: false, Deleting: false} {
		if got := (&Resource{Status: status}).gone(); got != want {
			t.Errorf("%s: %v", status, got)
		}
	}
}
