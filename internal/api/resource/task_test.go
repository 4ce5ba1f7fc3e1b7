package resource_test

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"testing"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/resourcetest"
	"sluice/internal/api/resource/schema"
	"sluice/internal/api/wire"
	"sluice/internal/function"
	"sluice/internal/stack"
)

// carriedOut carries an order out by a function, as the creation of a type with some properties.
func carriedOut(t *testing.T, calls *resourcetest.Calls, o *stack.Order, do func(*resource.Task)) {
	t.Helper()
	o.Type = "Test::Thing"
	own := &resource.Type{
		Schema: stack.Schema{Type: o.Type, Properties: schema.Fields{
			"Name": schema.String(), "Sizes": schema.List(schema.Object(schema.Fields{"InCm": schema.Integer()})), "Labels": schema.Map(schema.String()),
		}},
		Create: func(t *resource.Task) (*stack.Made, error) {
			do(t)
			return &stack.Made{PhysicalID: "made"}, nil
		},
	}
	if _, err := calls.Provider([]*resource.Type{own}).Create(t.Context(), o); err != nil {
		t.Fatal(err)
	}
}

func TestWhatATaskReadsOfItsOrder(t *testing.T) {
	o := resourcetest.Order()
	o.Properties = object{"Name": "n", "Sizes": []any{object{"InCm": "1"}}, "Labels": object{"Key": "v"}, "Count": 3, "None": nil}
	o.Old = object{"Name": "n", "Count": "3", "Labels": object{"Key": "w"}}
	carriedOut(t, &resourcetest.Calls{}, o, func(task *resource.Task) {
		for what, tt := range map[string]struct{ got, want any }{
			"a text":                   {task.Text("Name"), "n"},
			"a number's text":          {task.Text("Count"), "3"},
			"the text of nothing":      {task.Text("None"), ""},
			"what there is":            {task.Has("Name"), true},
			"what there is not":        {task.Has("None"), false},
			"what stays":               {task.Changed("Name", "Count"), false},
			"what differs":             {task.Changed("Name", "Labels"), true},
			"what is new":              {task.Changed("Sizes"), true},
			"some properties":          {task.Pick("Name", "None", "Other"), object{"Name": "n"}},
			"as members":               {task.Lowered("Name", "Sizes", "None"), object{"name": "n", "sizes": []any{object{"inCm": "1"}}}},
			"a map's keys":             {task.Lowered("Labels"), object{"labels": object{"Key": "v"}}},
			"the scope":                {task.Scope(), function.Scope{Account: resourcetest.Owner, Region: resourcetest.Region}},
			"an ARN":                   {task.ARN("logs", "x:y"), "arn:aws:logs:us-east-1:000000000000:x:y"},
			"that it is being created": {task.Creating, true},
		} {
			if !reflect.DeepEqual(tt.got, tt.want) {
				t.Errorf("%s is %v, want %v", what, tt.got, tt.want)
			}
		}
	})
}

func TestWith(t *testing.T) {
	got := resource.With(object{"a": 1, "b": 2}, object{"b": 3, "c": nil, "d": false})
	if want := (object{"a": 1, "b": 3, "d": false}); !maps.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestOperationsAreCalledAsTheStacksRole(t *testing.T) {
	for role, want := range map[string]string{"": "arn:aws:iam::000000000000:root", resourcetest.RoleARN: resourcetest.RoleARN} {
		o := resourcetest.Order()
		o.Stack.Role = role
		carriedOut(t, &resourcetest.Calls{}, o, func(task *resource.Task) {
			if got := task.Origin(); got.Caller.ARN != want || got.Account != resourcetest.Owner || got.Region != resourcetest.Region {
				t.Errorf("with the role %q the origin is %+v", role, got)
			}
		})
	}
}

func TestNotesGoToWhoeverListens(t *testing.T) {
	o := resourcetest.Order()
	notes := new(resourcetest.Notes).Of(o)
	carriedOut(t, &resourcetest.Calls{}, o, func(task *resource.Task) { task.Notef("%d of %s", 1, "two") })
	if notes.Text() != "1 of two" {
		t.Errorf("noted is %q", notes.Text())
	}
	carriedOut(t, &resourcetest.Calls{}, resourcetest.Order(), func(task *resource.Task) { task.Notef("nobody listens") })
}

func TestClosing(t *testing.T) {
	for name, tt := range map[string]struct {
		cause error
		want  bool
	}{
		"the server closes": {stack.ErrClosing, true}, "the caller is gone": {context.Canceled, true}, "the order is cancelled": {errors.New("cancelled"), false},
	} {
		carriedOut(t, &resourcetest.Calls{}, resourcetest.Order(), func(task *resource.Task) {
			ctx, cancel := context.WithCancelCause(t.Context())
			cancel(tt.cause)
			if got := task.Within(ctx).Closing(); got != tt.want || task.Closing() {
				t.Errorf("%s: closing is %v, that of the task itself %v", name, got, task.Closing())
			}
		})
	}
}

func TestUntil(t *testing.T) {
	failed := errors.New("failed")
	carriedOut(t, &resourcetest.Calls{}, resourcetest.Order(), func(task *resource.Task) {
		asked := 0
		if err := task.Until(func() (bool, error) { asked++; return asked == 3, nil }); err != nil || asked != 3 {
			t.Errorf("asked %d times, %v", asked, err)
		}
		if err := task.Until(func() (bool, error) { return false, failed }); !errors.Is(err, failed) {
			t.Errorf("it ends with %v", err)
		}
		ctx, cancel := context.WithCancelCause(t.Context())
		if err := task.Within(ctx).Until(func() (bool, error) { cancel(failed); return false, nil }); !errors.Is(err, failed) {
			t.Errorf("it ends with its context by %v", err)
		}
	})
}

func TestEarlier(t *testing.T) {
	how := resource.Listing{Service: "Things", Items: "items", Next: "next", From: "From"}
	pages := func() *resourcetest.Calls {
		return &resourcetest.Calls{Answers: map[string][]object{"ListThings": {
			{"items": []any{object{"id": "1"}, object{"id": "2"}}, "next": "more"}, {"items": []any{object{"id": "3"}}},
		}}}
	}
	for id, tt := range map[string]struct {
		first bool // order
		want  object
		calls int
	}{
		"1": {false, object{"id": "1"}, 1}, "3": {false, object{"id": "3"}, 2}, "4": {false, nil, 2}, "2": {true, nil, 0},
	} {
		t.Run("the thing "+id, func(t *testing.T) {
			calls, o := pages(), resourcetest.Order()
			o.Repeated = !tt.first
			carriedOut(t, calls, o, func(task *resource.Task) {
				got, err := task.Earlier(how, "ListThings", object{}, func(item object) bool { return item["id"] == id })
				if err != nil || !maps.Equal(got, tt.want) || len(calls.Made) != tt.calls {
					t.Errorf("got %v, %v, by %d calls", got, err, len(calls.Made))
				}
			})
		})
	}
	o := resourcetest.Order()
	o.Repeated = true
	broken := &resourcetest.Calls{Err: &wire.Error{Code: "ThingsException", Status: 500, Message: "no things"}}
	carriedOut(t, broken, o, func(task *resource.Task) {
		if got, err := task.Earlier(how, "ListThings", object{}, nil); got != nil || err == nil {
			t.Errorf("a list that fails gives %v, %v", got, err)
		}
	})
}
