package wire

import (
	"reflect"
	"strings"

	"sluice/internal/fault"
)

// systemTag is how the keys of tags begin that only AWS's services set and take away, in either case of the letters.
const systemTag = "aws:"

// checkTags refuses a client's change of AWS's own tags: operations take tags in the member Tags, and keys in it or in TagKeys.
// A call from within is one of AWS's services, such as CloudFormation that marks what it makes.
func (r *Request) checkTags(in any) error {
	if _, within := r.codec.(direct); within || r.service == nil || r.service.SystemTags == "" {
		return nil
	}
	v := reflect.ValueOf(in).Elem()
	for _, member := range []string{"Tags", "TagKeys"} {
		tags := v.FieldByName(member)
		if !tags.IsValid() {
			continue
		}
		for _, key := range tagKeys(tags) {
			if strings.HasPrefix(strings.ToLower(key), systemTag) {
				return fault.Errorf(fault.Invalid, "tags", "%s", r.service.SystemTags)
			}
		}
	}
	return nil
}

// tagKeys are the keys of tags that are a map, a list of structures with a Key, or a list of keys.
func tagKeys(tags reflect.Value) (keys []string) {
	switch all := tags.Interface().(type) {
	case []string:
		return all
	case map[string]string:
		for key := range all {
			keys = append(keys, key)
		}
		return keys
	}
	for i := 0; tags.Kind() == reflect.Slice && i < tags.Len(); i++ {
		if key := reflect.Indirect(tags.Index(i)).FieldByName("Key"); key.IsValid() {
			if text, ok := key.Interface().(*string); ok {
				keys = append(keys, Value(text))
			}
		}
	}
	return keys
}
