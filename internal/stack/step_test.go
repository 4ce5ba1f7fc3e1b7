package stack

import (
	"context"
	"errors"
	"reflect"
	"testing"
)

const orderedIn = "arn:aws:cloudformation:eu-central-1:123456789012:stack/shop/5a7f"

// What a provider is told, by what is asked of it.
func TestOrders(t *testing.T) {
	o := &operation{id: orderedIn, name: "shop", tags: map[string]string{"team": "b"}, oldTags: map[string]string{"team": "a"}, role: "role"}
	r := &Resource{LogicalID: "A", Instance: Instance{Type: "Thing", PhysicalID: "id", Properties: Values{"Value": "old"}, Attributes: Values{"Arn": "arn"}}}
	goal := Instance{Type: "Thing", PhysicalID: "goal", Properties: Values{"Value": "new"}, UpdatePolicy: Values{"Rate": "1"}, Attributes: Values{"Arn": "goal's"}}
	for name, tt := range map[string]struct {
		task                     Task
		physicalID               string
		properties, old, present map[string]any
	}{
		"to make one":             {Task{Verb: ToCreate, Name: "shop-A-1"}, "shop-A-1", goal.Properties, nil, nil},
		"to make another":         {Task{Verb: ToReplace, Name: "shop-A-2"}, "shop-A-2", goal.Properties, nil, nil},
		"to change it":            {Task{Verb: ToUpdate}, "id", goal.Properties, map[string]any{"Value": "old"}, map[string]any{"Arn": "arn"}},
		"to change it from there": {Task{Verb: ToUpdate, Old: Values{"Value": "half"}, Undo: true}, "id", goal.Properties, map[string]any{"Value": "half"}, map[string]any{"Arn": "arn"}},
		"to delete what it was":   {Task{Verb: ToDelete}, "goal", goal.Properties, nil, map[string]any{"Arn": "goal's"}},
	} {
		t.Run(name, func(t *testing.T) {
			tt.task.Goal, tt.task.Token = goal, "token"
			got := o.order(r, &tt.task, true)
			got.Note = nil
			want := &Order{
				Stack:     Owner{Account: "123456789012", Region: "eu-central-1", ID: orderedIn, Name: "shop", Tags: o.tags, Role: "role"},
				LogicalID: "A", Type: "Thing", PhysicalID: tt.physicalID, Token: "token", Repeated: true, Properties: tt.properties, Old: tt.old,
				UpdatePolicy: map[string]any{"Rate": "1"}, Attributes: tt.present, OldTags: o.oldTags, Undo: tt.task.Undo,
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("\n got %+v\nwant %+v", got, want)
			}
		})
	}
	t.Run("never without properties", func(t *testing.T) {
		if got := o.order(&Resource{}, &Task{Verb: ToUpdate}, false); got.Properties == nil || got.Old == nil {
			t.Errorf("they are %v, before %v", got.Properties, got.Old)
		}
	})
}

// Who was cancelled gives the cause back, which is no reason of its own.
func TestReasonsOfFailures(t *testing.T) {
	cancelled, stop := context.WithCancelCause(t.Context())
	stop(errCancelled)
	for name, tt := range map[string]struct {
		ctx  context.Context
		verb Verb
		err  error
		want string
	}{
		"its own":                               {t.Context(), ToCreate, errors.New("no room"), "no room"},
		"its own, of who was cancelled too":     {cancelled, ToCreate, errors.New("no room"), "no room"},
		"a creation that was cancelled":         {cancelled, ToCreate, errCancelled, "Resource creation cancelled"},
		"an update that was cancelled":          {cancelled, ToUpdate, errCancelled, "Resource update cancelled"},
		"a replacement that was cancelled":      {cancelled, ToReplace, context.Canceled, "Resource update cancelled"},
		"another's cancelled, not this one":     {t.Context(), ToCreate, context.Canceled, "context canceled"},
		"the cause within what a provider says": {cancelled, ToCreate, errors.Join(errCancelled), "Resource creation cancelled"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := (&operation{}).reason(tt.ctx, tt.verb, tt.err); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestWhatAKilledServerWasDoing(t *testing.T) {
	for _, tt := range []struct {
		status ResourceStatus
		task   *Task
		asked  []Verb
		want   bool
	}{
		{Creating, &Task{Verb: ToCreate}, []Verb{ToCreate}, true}, {Updating, &Task{Verb: ToReplace}, []Verb{ToCreate, ToReplace}, true},
		{Deleting, &Task{Verb: ToDelete}, []Verb{ToDelete}, true}, {Creating, nil, []Verb{ToCreate}, false},
		{Created, &Task{Verb: ToCreate}, []Verb{ToCreate}, false}, {UpdateRefused, &Task{Verb: ToUpdate}, []Verb{ToUpdate}, false},
		{Updating, &Task{Verb: ToUpdate}, []Verb{ToCreate}, false},
	} {
		if got := (&Resource{Status: tt.status, Task: tt.task}).interrupted(tt.asked...); got != tt.want {
			t.Errorf("%s of %+v, asked for %v: %v", tt.status, tt.task, tt.asked, got)
		}
	}
}

// Something that was replaced is deleted once, and not while it is, or may be again, what the resource is.
func TestWhatIsSuperseded(t *testing.T) {
	at := func(id string) Instance { return Instance{PhysicalID: id} }
	before := at("before")
	for name, tt := range map[string]struct {
		gone string
		want []Instance
	}{
		"another":                   {"other", []Instance{at("left"), at("other")}},
		"what is there":             {"now", []Instance{at("left")}},
		"what there was before":     {"before", []Instance{at("left")}},
		"what is to go in any case": {"left", []Instance{at("left")}},
	} {
		t.Run(name, func(t *testing.T) {
			r := &Resource{Instance: at("now"), Before: &before, Leftovers: []Instance{at("left")}}
			if r.supersede(at(tt.gone)); !reflect.DeepEqual(r.Leftovers, tt.want) {
				t.Errorf("left are %v", r.Leftovers)
			}
		})
	}
}
