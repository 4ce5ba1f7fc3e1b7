package account

import (
	"slices"
	"strings"

	"sluice/internal/fault"
)

// Tag is a label of a role, a policy or a session. Keys that differ in the case of letters are the same.
type Tag struct{ Key, Value string }

func checkTags(tags []Tag) error {
	if len(tags) > maxTags {
		return fault.Errorf(fault.Limit, "tags", "The number of tags has reached the maximum limit.")
	}
	seen := map[string]bool{}
	for _, t := range tags {
		key := strings.ToLower(t.Key)
		if strings.HasPrefix(key, "aws:") {
			return fault.Errorf(fault.Invalid, "input", "Caller is not an internal AWS service. Invalid tag key: %s", t.Key)
		}
		if seen[key] {
			return fault.Errorf(fault.Invalid, "input", "Duplicate tag keys found. Please note that Tag keys are case insensitive.")
		}
		seen[key] = true
	}
	return nil
}

// tagged returns tags with more of them set; those that are there keep their places.
func tagged(tags, more []Tag) ([]Tag, error) {
	if err := checkTags(more); err != nil {
		return nil, err
	}
	tags = slices.Clone(tags)
	for _, t := range more {
		i := slices.IndexFunc(tags, func(old Tag) bool { return strings.EqualFold(old.Key, t.Key) })
		if i < 0 {
			tags = append(tags, t)
		} else {
			tags[i] = t
		}
	}
	return tags, checkTags(tags)
}

// untagged returns tags without those of some keys.
func untagged(tags []Tag, keys []string) []Tag {
	return slices.DeleteFunc(slices.Clone(tags), func(t Tag) bool {
		return slices.ContainsFunc(keys, func(key string) bool { return strings.EqualFold(key, t.Key) })
	})
}
