package resource

import (
	"maps"
	"slices"
)

// tags returns the resource's tags, and with them the stack's, of which the resource's own win.
func (t *task) tags() map[string]string {
	all := maps.Clone(t.Stack.Tags)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, readTags(t.Properties["Tags"]))
	return all
}

// readTags reads tags that are a map or a list of Key and Value.
func readTags(given any) map[string]string {
	all := map[string]string{}
	switch x := given.(type) {
	case map[string]any:
		for key, value := range x {
			all[key] = textOf(value)
		}
	case []any:
		for _, each := range x {
			pair := objectOf(each)
			all[textOf(pair["Key"])] = textOf(pair["Value"])
		}
	}
	return all
}

// tagMap are tags as a member, or nothing.
func tagMap(tags map[string]string) any {
	if len(tags) == 0 {
		return nil
	}
	out := members{}
	for key, value := range tags {
		out[key] = value
	}
	return out
}

// tagList are tags as a list of Key and Value, or nothing.
func tagList(tags map[string]string) any {
	if len(tags) == 0 {
		return nil
	}
	var out []any
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		out = append(out, members{"Key": key, "Value": tags[key]})
	}
	return out
}

// tagging is how a service shows and changes a resource's tags.
type tagging struct {
	service           string
	list, tag, untag  string // operations
	shown, tags, keys string // members: of the answer to list, and of the requests
	asMap             bool   // tags are a map, else a list of Key and Value
}

// retag gives a resource the tags that the template and the stack say, and takes others from it. key are the members that
// name the resource.
func (t *task) retag(how tagging, key members) error {
	out, err := t.call(how.service, how.list, maps.Clone(key))
	if err != nil {
		return err
	}
	want, have := t.tags(), readTags(out[how.shown])
	var gone []any
	for _, name := range slices.Sorted(maps.Keys(have)) {
		if _, stays := want[name]; !stays {
			gone = append(gone, name)
		}
	}
	if gone != nil {
		if _, err := t.call(how.service, how.untag, with(maps.Clone(key), members{how.keys: gone})); err != nil {
			return err
		}
	}
	if maps.Equal(want, have) || len(want) == 0 {
		return nil
	}
	given := tagList(want)
	if how.asMap {
		given = tagMap(want)
	}
	_, err = t.call(how.service, how.tag, with(maps.Clone(key), members{how.tags: given}))
	return err
}
