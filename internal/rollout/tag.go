package rollout

import (
	"maps"

	"sluice/internal/fault"
	"sluice/internal/function"
)

const maxTags = 50 // of one resource

// checkTags enforces AWS's limits for tags of any resource.
func checkTags(tags map[string]string) error {
	if function.CountTags(tags) > maxTags {
		return fault.Errorf(fault.Limit, "tags", "A resource can have at most %d tags", maxTags)
	}
	for key, value := range tags {
		if key == "" || len(key) > 128 || len(value) > 256 {
			return fault.Errorf(fault.Invalid, "tags", "A tag's key has 1 to 128 characters and its value up to 256")
		}
	}
	return nil
}

// changeTags applies a change to a copy.
func changeTags(tags map[string]string, change func(map[string]string)) (map[string]string, error) {
	changed := maps.Clone(tags)
	if changed == nil {
		changed = map[string]string{}
	}
	change(changed)
	return changed, checkTags(changed)
}
