package rollout

import (
	"regexp"

	"sluice/internal/fault"
)

// maxName is how many characters the name of an application, a group or a configuration has at most.
const maxName = 100

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
