package rollout

import (
	"maps"
	"regexp"

	"sluice/internal/fault"
)

const (
	maxName        = 100 // characters of the name of an application, a group or a configuration
	maxDescription = 256 // characters of a deployment's description
	maxTags        = 50
)

// nameForm is the form of the names of applications, groups and configurations (AWS's page "CodeDeploy quotas").
var nameForm = regexp.MustCompile(`^[A-Za-z0-9._+=,@-]+$`)

// checkName checks the name of a new noun. The error is about that noun.
func checkName(noun, name string) error {
	if name == "" {
		return fault.Errorf(fault.Invalid, noun+" required", "The name of the %s must be specified", noun)
	}
	if len(name) > maxName || !nameForm.MatchString(name) {
		return fault.Errorf(fault.Invalid, noun,
			"'%s' is not a valid name for the %s: use up to %d letters, digits and the characters . _ + = , @ -", name, noun, maxName)
	}
	return nil
}

// checkTags enforces AWS's limits for tags of any resource.
func checkTags(tags map[string]string) error {
	if len(tags) > maxTags {
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
