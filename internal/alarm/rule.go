package alarm

import (
	"slices"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Limits of rules (PutCompositeAlarm, AlarmRule).
const (
	maxRule     = 10_240 // characters
	maxElements = 500    // alarms, TRUE, FALSE and parentheses
	maxChildren = 100
	maxParents  = 150 // of one alarm
)

// Rule is a composite alarm's rule, ready to be evaluated. It is immutable.
type Rule struct {
	root     term
	children []string
}

// Children are the names or ARNs that the rule has, each once, in the rule's order.
func (r *Rule) Children() []string { return slices.Clone(r.children) }

// Holds reports whether the rule is true when the alarms that it names are in the states that state says.
func (r *Rule) Holds(state func(child string) State) bool { return r.root.holds(state) }

// term is a part of a rule.
type term interface {
	holds(state func(child string) State) bool
}

type (
	constant bool
	is       struct {
		state State
		child string
	}
	not    struct{ of term }
	both   struct{ a, b term }
	either struct{ a, b term }
)

func (c constant) holds(func(string) State) bool     { return bool(c) }
func (i is) holds(state func(string) State) bool     { return state(i.child) == i.state }
func (n not) holds(state func(string) State) bool    { return !n.of.holds(state) }
func (b both) holds(state func(string) State) bool   { return b.a.holds(state) && b.b.holds(state) }
func (e either) holds(state func(string) State) bool { return e.a.holds(state) || e.b.holds(state) }

// nameOf returns the name of the alarm of a scope that a rule means by a name or an ARN. ok is false for an ARN of another
// scope.
func nameOf(scope function.Scope, child string) (name string, ok bool) {
	if !strings.HasPrefix(child, "arn:") {
		return child, true
	}
	s, name, ok := splitARN(child)
	return name, ok && s == scope
}

// splitARN takes an alarm's ARN apart.
func splitARN(arn string) (scope function.Scope, name string, ok bool) {
	parts := strings.SplitN(arn, ":", 7)
	if len(parts) != 7 || parts[0] != "arn" || parts[2] != "cloudwatch" || parts[5] != "alarm" || parts[6] == "" {
		return function.Scope{}, "", false
	}
	return function.Scope{Account: parts[4], Region: parts[3]}, parts[6], true
}

func errRule(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "alarm rule", format, args...)
}
