package resource_test

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/resourcetest"
	"sluice/internal/api/resource/schema"
	"sluice/internal/api/wire"
	"sluice/internal/stack"
)

func TestReadTags(t *testing.T) {
	for name, tt := range map[string]struct {
		given any
		want  map[string]string
	}{
		"a list":  {[]any{object{"Key": "a", "Value": "1"}, object{"Key": "b", "Value": 2}}, map[string]string{"a": "1", "b": "2"}},
		"a map":   {object{"a": "1", "b": true}, map[string]string{"a": "1", "b": "true"}},
		"nothing": {nil, map[string]string{}},
		"a text":  {"a", map[string]string{}},
	} {
		if got := resource.ReadTags(tt.given); !maps.Equal(got, tt.want) {
			t.Errorf("of %s are read %v", name, got)
		}
	}
}

func TestTagsAsMembers(t *testing.T) {
	tags := map[string]string{"b": "2", "a": "1"}
	if got := resource.TagMap(tags); !reflect.DeepEqual(got, object{"a": "1", "b": "2"}) {
		t.Errorf("a map of them is %v", got)
	}
	if got := resource.TagList(tags); !reflect.DeepEqual(got, []any{object{"Key": "a", "Value": "1"}, object{"Key": "b", "Value": "2"}}) {
		t.Errorf("a list of them is %v", got)
	}
	if resource.TagMap(nil) != nil || resource.TagList(nil) != nil {
		t.Error("no tags are something")
	}
}

// The resource's own tags win over the stack's, and CloudFormation's over both.
func TestWhoseTagsWin(t *testing.T) {
	o := resourcetest.Order()
	o.Stack.Tags = map[string]string{"team": "blue", "stage": "test"}
	o.Properties = object{"Tags": []any{object{"Key": "team", "Value": "red"}}}
	carriedOut(t, &resourcetest.Calls{}, o, func(task *resource.Task) {
		want := map[string]string{"team": "red", "stage": "test"}
		if got := task.UserTags(); !maps.Equal(got, want) {
			t.Errorf("the users' tags are %v", got)
		}
		maps.Copy(want, map[string]string{
			"aws:cloudformation:stack-name": "app", "aws:cloudformation:stack-id": resourcetest.TheStack, "aws:cloudformation:logical-id": "C",
		})
		if got := task.Tags(); !maps.Equal(got, want) {
			t.Errorf("the tags are %v", got)
		}
		if !task.Marks(resource.TagMap(task.Tags())) || task.Marks(resource.TagMap(task.UserTags())) {
			t.Error("the marks are not known again")
		}
		if len(o.Stack.Tags) != 2 {
			t.Errorf("the stack has got the tags %v", o.Stack.Tags)
		}
	})
}

// Only CloudFormation sets tags of AWS's, and it does not let templates say them.
func TestTagsThatOnlyAWSSets(t *testing.T) {
	for key, refused := range map[string]bool{"aws:cloudformation:stack-name": true, "AWS:x": true, "aws": false, "team:aws:": false} {
		o := resourcetest.Order()
		o.Type, o.Properties = "Test::Thing", object{"Tags": []any{object{"Key": key, "Value": "v"}}}
		make := func(t *resource.Task) (*stack.Made, error) { return &stack.Made{}, nil }
		own := &resource.Type{Schema: stack.Schema{Type: "Test::Thing"}, Create: make, Update: make, Delete: func(*resource.Task) error { return nil }}
		p := new(resourcetest.Calls).Provider([]*resource.Type{own})
		_, created := p.Create(t.Context(), o)
		_, updated := p.Update(t.Context(), o)
		for what, err := range map[string]error{"creation": created, "update": updated} {
			if refused != (err != nil && strings.Contains(err.Error(), "aws: prefixed tag key names are not allowed for external use.")) {
				t.Errorf("%s with the tag %s: %v", what, key, err)
			}
		}
		if err := p.Delete(t.Context(), o); err != nil {
			t.Errorf("deletion with the tag %s: %v", key, err)
		}
	}
}

// retagged are the calls that an update makes of a resource that has some tags.
func retagged(t *testing.T, asMap bool, has any, wants object) (calls []string) {
	how := resource.Tagging{Service: "S", List: "List", Tag: "Tag", Untag: "Untag", Shown: "shown", Tags: "tags", Keys: "keys", AsMap: asMap}
	own := &resource.Type{
		Schema: stack.Schema{Type: "Test::Thing", Properties: schema.Fields{"Tags": schema.Tags()}},
		Update: func(t *resource.Task) (*stack.Made, error) {
			return resource.Unchanged(t), t.RetagUser(how, object{"Name": "n"})
		},
	}
	call := func(_ context.Context, _ wire.Origin, _, operation string, in object) (object, error) {
		if operation == "List" {
			return object{"shown": has}, nil
		}
		calls = append(calls, fmt.Sprint(operation, " ", in))
		return object{}, nil
	}
	o := resourcetest.Order()
	o.Type, o.Properties = "Test::Thing", object{"Tags": wants}
	if _, err := resource.New(resource.Config{Call: call}, own).Update(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	return calls
}

func TestRetag(t *testing.T) {
	for name, tt := range map[string]struct {
		asMap      bool
		has        any
		wants      object
		tag, untag string
	}{
		"the same":     {true, object{"a": "1"}, object{"a": "1"}, "", ""},
		"a new one":    {true, object{"a": "1"}, object{"a": "1", "b": "2"}, "Tag map[Name:n tags:map[b:2]]", ""},
		"another":      {false, []any{object{"Key": "a", "Value": "1"}}, object{"a": "2"}, "Tag map[Name:n tags:[map[Key:a Value:2]]]", ""},
		"one less":     {true, object{"a": "1", "b": "2"}, object{"a": "1"}, "", "Untag map[Name:n keys:[b]]"},
		"none at all":  {true, object{"a": "1", "b": "2"}, object{}, "", "Untag map[Name:n keys:[a b]]"},
		"none, and so": {true, nil, object{}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var want []string
			for _, each := range []string{tt.untag, tt.tag} {
				if each != "" {
					want = append(want, each)
				}
			}
			if got := retagged(t, tt.asMap, tt.has, tt.wants); !reflect.DeepEqual(got, want) {
				t.Errorf("the calls are %q, want %q", got, want)
			}
		})
	}
}
