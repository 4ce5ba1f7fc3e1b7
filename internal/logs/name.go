package logs

import (
	"strings"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// maxName is the longest name of a group, a stream or a filter, in characters.
const maxName = 512

// checkGroupName refuses a name that no group can have: fault.Invalid "name".
func checkGroupName(name string) error {
	if err := checkLength(name); err != nil {
		return err
	}
	for _, c := range name {
		if !isGroupLetter(c) {
			return fault.Errorf(fault.Invalid, "name", "The log group name %q has the character %q: "+
				"use letters, digits and . - _ / #", name, c)
		}
	}
	return nil
}

// checkStreamName refuses a name that no stream can have: fault.Invalid "name".
func checkStreamName(name string) error {
	if err := checkLength(name); err != nil {
		return err
	}
	if strings.ContainsAny(name, ":*") {
		return fault.Errorf(fault.Invalid, "name", "The log stream name %q can't have : or *", name)
	}
	return nil
}

func checkLength(name string) error {
	switch n := len([]rune(name)); {
	case n == 0:
		return fault.Errorf(fault.Invalid, "name", "The name is empty")
	case n > maxName: // recording test_create_log_group_invalid_name_length
		return fault.Errorf(fault.Invalid, "name",
			"Invalid LogGroup or LogStream, both must have length less than or equal to %d.", maxName)
	}
	return nil
}

func isGroupLetter(c rune) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune(".-_/#", c)
}

// ParseGroup reads a group's name or ARN, the latter with or without ":*" at its end. A name is of the given scope. Another
// account's or region's ARN is fault.NotFound "group".
func ParseGroup(scope function.Scope, identifier string) (GroupID, error) {
	name, isARN := identifier, strings.HasPrefix(identifier, "arn:")
	if isARN {
		parts := strings.SplitN(strings.TrimSuffix(identifier, ":*"), ":", 7)
		if len(parts) != 7 || parts[2] != "logs" || parts[5] != "log-group" {
			return GroupID{}, fault.Errorf(fault.Invalid, "name", "%q is no ARN of a log group", identifier)
		}
		if parts[3] != scope.Region || parts[4] != scope.Account {
			return GroupID{}, errNoGroup()
		}
		name = parts[6]
	}
	if err := checkGroupName(name); err != nil {
		return GroupID{}, err
	}
	return GroupID{Scope: scope, Name: name}, nil
}

// matchesName reports whether a name fits a GroupQuery's pattern.
func matchesName(pattern, name string) bool {
	if pattern == "" {
		return true
	}
	for part := range strings.SplitSeq(pattern, "|") {
		if start, ok := strings.CutPrefix(part, "^"); ok && strings.HasPrefix(name, start) || !ok && strings.Contains(name, part) {
			return true
		}
	}
	return false
}

// errNoGroup and its siblings have AWS's words (recordings test_delete_subscription_filter_errors,
// test_put_log_events_to_invalid_stream and test_create_log_group_duplicate_error).
func errNoGroup() error {
	return fault.Errorf(fault.NotFound, "group", "The specified log group does not exist.")
}

// ErrNoStream makes the error of Files about a stream that does not exist: fault.NotFound "stream".
func ErrNoStream() error {
	return fault.Errorf(fault.NotFound, "stream", "The specified log stream does not exist.")
}

func errGroupExists() error {
	return fault.Errorf(fault.Conflict, "group", "The specified log group already exists")
}
