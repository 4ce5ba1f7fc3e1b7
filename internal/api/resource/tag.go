package resource

import (
	"maps"
	"slices"
	"strings"
)

// The tags that CloudFormation puts on what it makes.
const (
	stackName = "aws:cloudformation:stack-name"
	stackID   = "aws:cloudformation:stack-id"
	logicalID = "aws:cloudformation:logical-id"
)

// reserved is how the keys of tags begin that only AWS's services set, in either case.
const reserved = "aws:"

// Tags returns the resource's tags, and with them the stack's, of which the resource's own win, and CloudFormation's, by which
// a repeated order finds what it made.
func (t *Task) Tags() map[string]string {
	all := t.UserTags()
	maps.Copy(all, map[string]string{stackName: t.Stack.Name, stackID: t.Stack.ID, logicalID: t.LogicalID})
	return all
}

// UserTags are Tags without CloudFormation's: for types whose services take none (cloudFormationSystemTags is false in the
// type's schema, as of roles).
func (t *Task) UserTags() map[string]string {
	all := maps.Clone(t.Stack.Tags)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, ReadTags(t.Properties["Tags"]))
	return all
}

// Marks reports whether tags are those that the order's resource has by Tags.
func (t *Task) Marks(tags any) bool {
	given := ReadTags(tags)
	return given[stackID] == t.Stack.ID && given[logicalID] == t.LogicalID
}

// checkTags refuses what only CloudFormation may set.
func (t *Task) checkTags() error {
	for _, key := range slices.Sorted(maps.Keys(ReadTags(t.Properties["Tags"]))) {
		if strings.HasPrefix(strings.ToLower(key), reserved) {
			return Failf(InvalidRequest, "aws: prefixed tag key names are not allowed for external use.")
		}
	}
	return nil
}

// ReadTags reads tags that are a map or a list of Key and Value.
func ReadTags(given any) map[string]string {
	all := map[string]string{}
	switch x := given.(type) {
	case map[string]any:
		for key, value := range x {
			all[key] = TextOf(value)
		}
	case []any:
		for _, each := range x {
			pair := ObjectOf(each)
			all[TextOf(pair["Key"])] = TextOf(pair["Value"])
		}
	}
	return all
}

// TagMap are tags as a member, or nothing.
func TagMap(tags map[string]string) any {
	if len(tags) == 0 {
		return nil
	}
	out := Members{}
	for key, value := range tags {
		out[key] = value
	}
	return out
}

// TagList are tags as a list of Key and Value, or nothing.
func TagList(tags map[string]string) any {
	if len(tags) == 0 {
		return nil
	}
	var out []any
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		out = append(out, Members{"Key": key, "Value": tags[key]})
	}
	return out
}

// Tagging is how a service shows and changes a resource's tags.
type Tagging struct {
	Service           string
	List, Tag, Untag  string // operations
	Shown, Tags, Keys string // members: of the answer to list, and of the requests
	AsMap             bool   // tags are a map, else a list of Key and Value
}

// Retag gives a resource the tags that the template and the stack say, and takes others from it. key are the members that
// name the resource.
func (t *Task) Retag(how Tagging, key Members) error { return t.retag(how, key, t.Tags()) }

// RetagUser is Retag with UserTags.
func (t *Task) RetagUser(how Tagging, key Members) error { return t.retag(how, key, t.UserTags()) }

func (t *Task) retag(how Tagging, key Members, want map[string]string) error {
	out, err := t.Call(how.Service, how.List, maps.Clone(key))
	if err != nil {
		return err
	}
	have := ReadTags(out[how.Shown])
	var gone []any
	for _, name := range slices.Sorted(maps.Keys(have)) {
		if _, stays := want[name]; !stays {
			gone = append(gone, name)
		}
	}
	if gone != nil {
		if _, err := t.Call(how.Service, how.Untag, With(maps.Clone(key), Members{how.Keys: gone})); err != nil {
			return err
		}
	}
	maps.DeleteFunc(want, func(name, value string) bool {
		was, there := have[name]
		return there && was == value
	})
	if len(want) == 0 {
		return nil
	}
	given := TagList(want)
	if how.AsMap {
		given = TagMap(want)
	}
	_, err = t.Call(how.Service, how.Tag, With(maps.Clone(key), Members{how.Tags: given}))
	return err
}
