package cloudformation

import (
	"reflect"
	"regexp"
	"strings"

	shape "sluice/internal/api/shape/cloudformation"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// What the ARNs that a stack keeps look like; the API's model knows their lengths only.
var (
	topicARN = regexp.MustCompile(`^arn:aws[-a-z]*:sns:[-a-z0-9]+:\d{12}:[-\w]+(\.fifo)?$`)
	roleARN  = regexp.MustCompile(`^arn:aws[-a-z]*:iam::\d{12}:role/[-\w+=,.@/]+$`)
)

// checkSettings refuses tags, topics and a role of a request that can't be. It finds them by their names, the same in all operations.
func checkSettings(in any) error {
	fields := reflect.ValueOf(in).Elem()
	if tags, ok := field[[]shape.Tag](fields, "Tags"); ok {
		if err := checkTags(tags); err != nil {
			return err
		}
	}
	topics, _ := field[[]string](fields, "NotificationARNs")
	for _, topic := range topics {
		if !topicARN.MatchString(topic) {
			return fault.Errorf(fault.Invalid, "notification", "%q of NotificationARNs is not the ARN of an SNS topic.", topic)
		}
	}
	if role, _ := field[*string](fields, "RoleARN"); role != nil && !roleARN.MatchString(*role) {
		return fault.Errorf(fault.Invalid, "role", "Role %s is invalid or cannot be assumed", *role)
	}
	return nil
}

// field is a member of a request, if it has one of that name and type.
func field[T any](of reflect.Value, name string) (value T, ok bool) {
	member := of.FieldByName(name)
	if !member.IsValid() {
		return value, false
	}
	value, ok = member.Interface().(T)
	return value, ok
}

// checkTags refuses the keys that AWS keeps for itself, in the words of its services.
func checkTags(tags []shape.Tag) error {
	for _, tag := range tags {
		if strings.HasPrefix(strings.ToLower(wire.Value(tag.Key)), "aws:") {
			return fault.Errorf(fault.Invalid, "tag", "aws: prefixed tag key names are not allowed for external use.")
		}
	}
	return nil
}
