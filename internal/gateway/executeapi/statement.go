package executeapi

import (
	"encoding/json"
	"strings"

	"sluice/internal/policy"
)

// Statements are those of the policy in an authorizer's answer.
type Statements []statement

// statement allows or denies calls of methods. Effect, actions and resources are in lower case: they are compared without regard to
// case.
type statement struct {
	effect             string
	actions, resources []string
}

// UnmarshalJSON implements json.Unmarshaler.
func (s *statement) UnmarshalJSON(text []byte) error {
	var read struct {
		Effect           string
		Action, Resource oneOrMore
	}
	if err := json.Unmarshal(text, &read); err != nil {
		return err
	}
	*s = statement{effect: strings.ToLower(read.Effect), actions: read.Action, resources: read.Resource}
	return nil
}

// oneOrMore is a text or a list of texts, in lower case.
type oneOrMore []string

// UnmarshalJSON implements json.Unmarshaler.
func (o *oneOrMore) UnmarshalJSON(text []byte) error {
	list := []string{""}
	var err error
	if text[0] == '[' {
		err = json.Unmarshal(text, &list)
	} else {
		err = json.Unmarshal(text, &list[0])
	}
	for i := range list {
		list[i] = strings.ToLower(list[i])
	}
	*o = list
	return err
}

// Judgement is what a policy says of a call.
type Judgement int

// The judgements. Nothing said is no permission.
const (
	Unsaid Judgement = iota
	Allowed
	Denied
)

// Judge says what the statements mean for a call of the method or route with an ARN: one that denies it outweighs all others.
func (all Statements) Judge(source string) (j Judgement) {
	source = strings.ToLower(source)
	for i := range all {
		s := &all[i]
		switch {
		case !likeAny(s.actions, "execute-api:invoke") || !likeAny(s.resources, source):
		case s.effect == "deny":
			return Denied
		case s.effect == "allow":
			j = Allowed
		}
	}
	return j
}

func likeAny(patterns []string, text string) bool {
	for _, pattern := range patterns {
		if policy.Like(pattern, text) {
			return true
		}
	}
	return false
}
