package stack

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"sluice/internal/fault"
)

// statement is one of a stack policy ("Prevent updates to stack resources").
type statement struct {
	Effect                string
	Action, NotAction     many
	Principal             any
	Resource, NotResource many
	Condition             map[string]struct{ ResourceType many }
}

// many is a text or a list of them.
type many []string

// UnmarshalJSON implements json.Unmarshaler.
func (m *many) UnmarshalJSON(text []byte) error {
	var one string
	if err := json.Unmarshal(text, &one); err == nil {
		*m = many{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(m))
}

// match reports whether one of the patterns, which may have stars, is a text.
func (m many) match(text string) bool {
	return slices.ContainsFunc(m, func(pattern string) bool {
		// path.Match lets no star stand for a slash; neither logical IDs nor actions have one besides the first.
		ok, err := path.Match(strings.ReplaceAll(strings.ToLower(pattern), "/", "\x00"), strings.ReplaceAll(strings.ToLower(text), "/", "\x00"))
		return pattern == "*" || err == nil && ok
	})
}

func parsePolicy(text string) ([]statement, error) {
	var document struct{ Statement []statement }
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		return nil, fault.Errorf(fault.Invalid, "stack policy", "Error validating stack policy: Invalid stack policy: %v", err)
	}
	for _, s := range document.Statement {
		if s.Effect != "Allow" && s.Effect != "Deny" {
			return nil, fault.Errorf(fault.Invalid, "stack policy", "Error validating stack policy: Invalid Effect %q: use Allow or Deny", s.Effect)
		}
		for condition := range s.Condition {
			if condition != "StringEquals" && condition != "StringLike" {
				return nil, fault.Errorf(fault.Invalid, "stack policy", "Error validating stack policy: Invalid Condition %q: use StringEquals or StringLike", condition)
			}
		}
	}
	return document.Statement, nil
}

func checkPolicy(text string) error {
	if text == "" {
		return nil
	}
	_, err := parsePolicy(text)
	return err
}

// denial says why a policy forbids an update of a resource, or nothing. Without a policy all is allowed; with one, what no statement allows is
// denied.
func denial(policy string, verb Verb, r *Resource) string {
	if policy == "" {
		return ""
	}
	statements, err := parsePolicy(policy)
	if err != nil {
		return err.Error()
	}
	action := map[Verb]string{ToUpdate: "Update:Modify", ToReplace: "Update:Replace", ToDelete: "Update:Delete"}[verb]
	allowed := false
	for i, s := range statements {
		switch {
		case !s.about(action, r):
		case s.Effect == "Deny":
			return fmt.Sprintf("Action denied by stack policy: Statement [#%d] does not allow [%s] for resource [LogicalResourceId/%s]", i+1, action, r.LogicalID)
		default:
			allowed = true
		}
	}
	if allowed {
		return ""
	}
	return fmt.Sprintf("Action not allowed by stack policy: no statement allows [%s] for resource [LogicalResourceId/%s]", action, r.LogicalID)
}

// about reports whether a statement speaks of an action on a resource.
func (s *statement) about(action string, r *Resource) bool {
	name := "LogicalResourceId/" + r.LogicalID
	for _, condition := range s.Condition {
		if !condition.ResourceType.match(r.Type) {
			return false
		}
	}
	acts := s.Action.match(action) || s.NotAction != nil && !s.NotAction.match(action)
	concerns := s.Resource.match(name) || s.NotResource != nil && !s.NotResource.match(name)
	return acts && concerns
}
