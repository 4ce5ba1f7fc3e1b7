package rollout

import (
	"strings"

	"sluice/internal/fault"
)

// Options are what Sluice can do for a group's deployments beyond CodeDeploy. They are set by tags of the group, which
// every tool can write; the zero Options are AWS's behaviour.
type Options struct {
	// NewAlarms lets only alarms count that begin to ring after the deployment was created.
	NewAlarms bool
	// Compare stops a deployment whose target does worse than the version that it replaces.
	Compare bool
	// Rollback is the deployment configuration by which a rollback brings traffic back; empty means all at once.
	Rollback string
}

// The tags, and what they may say.
const (
	optionPrefix   = "sluice:"
	optionAlarms   = "sluice:alarms"   // "any" or "new"
	optionCompare  = "sluice:compare"  // "off" or "on"
	optionRollback = "sluice:rollback" // a deployment configuration's name
)

// options reads the tags of a group.
// Errors: fault.Invalid "tags" for a tag with the prefix that is no option, or a value that it does not have.
func options(tags map[string]string) (o Options, err error) {
	for key, value := range tags {
		if !strings.HasPrefix(key, optionPrefix) {
			continue
		}
		switch key {
		case optionAlarms:
			o.NewAlarms, err = choose(key, value, "any", "new")
		case optionCompare:
			o.Compare, err = choose(key, value, "off", "on")
		case optionRollback:
			o.Rollback = value
		default:
			err = fault.Errorf(fault.Invalid, "tags", "Sluice has no option '%s': there are %s, %s and %s", key, optionAlarms, optionCompare, optionRollback)
		}
		if err != nil {
			return Options{}, err
		}
	}
	return o, nil
}

// refuseOptions refuses options among the tags of what is no group: somebody would believe in a guard that is not there.
func refuseOptions(tags map[string]string) error {
	for key := range tags {
		if strings.HasPrefix(key, optionPrefix) {
			return fault.Errorf(fault.Invalid, "tags", "The option '%s' is a deployment group's: tag the group, not the application", key)
		}
	}
	return nil
}

// choose reads an option with two values and reports whether it is the second.
func choose(key, value, usual, other string) (bool, error) {
	if value != usual && value != other {
		return false, fault.Errorf(fault.Invalid, "tags", "The option '%s' can't be '%s': it is '%s' (as if it were not there) or '%s'", key, value, usual, other)
	}
	return value == other, nil
}

// checkOptions checks the options among a group's tags.
// Errors: fault.Invalid "tags", for a deployment configuration that does not exist too.
func checkOptions(r Reader, g *Group) error {
	o, err := options(g.Tags)
	if err != nil || o.Rollback == "" {
		return err
	}
	if _, err := config(r, g.Scope, o.Rollback); fault.Is(err, fault.NotFound, "") {
		return fault.Errorf(fault.Invalid, "tags", "The option '%s' names the deployment configuration '%s', which does not exist", optionRollback, o.Rollback)
	} else if err != nil {
		return err
	}
	return nil
}
