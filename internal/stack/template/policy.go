package template

import "slices"

// policies are the values of DeletionPolicy and UpdateReplacePolicy; the former may be RetainExceptOnCreate as well.
var policies = []string{"Delete", "Retain", "Snapshot"}

// policyKeys are the attributes that may be such a policy, or a function that depends on parameters and conditions
// (recorded elsewhere: CloudFormation takes functions there without AWS::LanguageExtensions).
var policyKeys = []string{"DeletionPolicy", "UpdateReplacePolicy"}

func (c *checker) checkPolicies(name string, n node) *Error {
	for _, key := range policyKeys {
		written := n.key(key)
		if !n.has(key) {
			continue
		}
		if _, _, ok := written.function(); ok {
			if err := c.check(written); err != nil {
				return err
			}
		} else if err := policy(written.value, name, key, written.at); err != nil {
			return err
		}
	}
	return nil
}

// policy is the error unless a value is a policy.
func policy(value any, name, key string, at *place) *Error {
	text, ok := value.(string)
	if !ok {
		return errorAt(at, "Template format error: Every %s member must be a string.", key)
	}
	if !slices.Contains(policies, text) && (text != "RetainExceptOnCreate" || key != "DeletionPolicy") {
		return errorAt(at, "Template format error: Unrecognized %s %s for resource %s", key, text, name)
	}
	return nil
}

// policies evaluates the policies of a resource. AWS::NoValue is none.
func (e *evaluator) policies(r *Resource, n node) error {
	for _, key := range policyKeys {
		written := n.key(key)
		if !n.has(key) {
			continue
		}
		value, _, err := e.try(written)
		if err != nil {
			return err
		}
		if _, none := value.(omitted); none {
			continue
		}
		if err := policy(value, r.LogicalID, key, written.at); err != nil {
			return err
		}
		if key == "DeletionPolicy" {
			r.DeletionPolicy = value.(string)
		} else {
			r.UpdateReplacePolicy = value.(string)
		}
	}
	return nil
}
