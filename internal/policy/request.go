package policy

import "strings"

// Request is what somebody wants to do.
type Request struct {
	// Caller is an account's number, the ARN of a user, role or session, or a service such as apigateway.amazonaws.com.
	// Empty: nobody who has shown who they are; only a statement for anyone allows them.
	Caller   string
	Action   string // such as lambda:InvokeFunctionUrl
	Resource string // an ARN
	// Context holds what conditions ask for, such as aws:SourceArn. The case of keys does not matter. A condition on a key
	// that is not there does not hold.
	Context map[string]string
}

// Allows reports whether a statement allows the request. A nil document allows nothing.
func (d *Document) Allows(r Request) bool {
	if d == nil {
		return false
	}
	for _, s := range d.Statements {
		if s.allows(r) {
			return true
		}
	}
	return false
}

func (s Statement) allows(r Request) bool {
	if !s.Principal.matches(r.Caller) || !Like(strings.ToLower(s.Action), strings.ToLower(r.Action)) || !Like(s.Resource, r.Resource) {
		return false
	}
	for _, c := range s.Conditions {
		if !c.holds(r.Context) {
			return false
		}
	}
	return true
}

func (c Condition) holds(context map[string]string) bool {
	value, ok := lookUp(context, c.Key)
	if !ok {
		return false
	}
	switch c.Operator {
	case "StringEquals":
		return value == c.Value
	case "StringLike":
		return Like(c.Value, value)
	case "ArnLike", "ArnEquals": // the same, says AWS's page "IAM JSON policy elements: Condition operators"
		return arnLike(c.Value, value)
	case "Bool":
		return strings.EqualFold(value, c.Value)
	}
	return false
}

func lookUp(context map[string]string, key string) (value string, ok bool) {
	if value, ok = context[key]; ok {
		return value, true
	}
	for name, value := range context {
		if strings.EqualFold(name, key) {
			return value, true
		}
	}
	return "", false
}
