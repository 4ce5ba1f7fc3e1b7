package stack

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/stack/template"
)

// draft is a goal that was checked, but is not stored.
type draft struct {
	goal  Goal
	bound *template.Bound
}

// draft makes the goal that a request stands for. s is the stack, with the status that it has now, and before the goal in force, nil if
// there is none.
func (s *Service) draft(ctx context.Context, stack *Stack, r *Request, before *Goal, macros bool) (*draft, error) {
	goal := Goal{Stack: stack.ID, Text: r.Template, Settings: settings(r, stack.Settings)}
	if r.Capabilities == nil && !macros { // an update's that are not given stay, but acknowledge nothing (recorded: test_no_echo_parameter)
		goal.Capabilities = stack.Capabilities
	}
	if r.Previous {
		if before == nil {
			return nil, fault.Errorf(fault.Invalid, "template", "Stack [%s] has no template yet.", stack.Name)
		}
		goal.Text = before.Text
	}
	if err := checkTriggers(goal.Rollback, s.cfg.Alarms != nil); err != nil {
		return nil, err
	}
	parsed, err := template.Parse(goal.Text)
	if err != nil {
		return nil, err
	}
	in, err := s.inputs(ctx, stack, &goal, r.Parameters, before)
	if err != nil {
		return nil, err
	}
	final, err := s.expand(ctx, stack, &goal, parsed, in)
	if err != nil {
		return nil, err
	}
	bound, err := final.Bind(in)
	if err != nil {
		return nil, err
	}
	goal.Parameters = shown(bound.Parameters)
	if text, ok := final.Tree["Description"].(string); ok {
		goal.Description = text
	}
	if err := checkCapabilities(final, r.Capabilities, len(parsed.Transforms()) > 0 && !macros); err != nil {
		return nil, err
	}
	return &draft{goal, bound}, s.checkTypes(bound)
}

// settings are those that a request asks for; what it does not say stays.
func settings(r *Request, now Settings) Settings {
	next := Settings{Capabilities: r.Capabilities, Tags: now.Tags, Notifications: now.Notifications, Role: now.Role, Rollback: now.Rollback}
	if r.Tags != nil {
		next.Tags = r.Tags
	}
	if r.Notifications != nil {
		next.Notifications = r.Notifications
	}
	if r.Role != "" {
		next.Role = r.Role
	}
	if r.Rollback != nil {
		next.Rollback = *r.Rollback
	}
	return next
}

// inputs are the values of parameters that a client gave, with those that it wants to keep.
func (s *Service) inputs(ctx context.Context, stack *Stack, goal *Goal, given []Given, before *Goal) (template.Inputs, error) {
	values := map[string]string{}
	for _, g := range given {
		if g.Previous {
			at := -1
			if before != nil {
				at = slices.IndexFunc(before.Parameters, func(p Parameter) bool { return p.Key == g.Key })
			}
			if at < 0 {
				return template.Inputs{}, fault.Errorf(fault.Invalid, "parameter", "Invalid input for parameter key %s. "+
					"Cannot specify usePreviousValue as true for a parameter key not in the previous template", g.Key)
			}
			g.Value = before.Parameters[at].Value
		}
		if _, twice := values[g.Key]; twice {
			return template.Inputs{}, fault.Errorf(fault.Invalid, "parameter", "Duplicate parameter keys: [%s]", g.Key)
		}
		values[g.Key] = g.Value
	}
	return template.Inputs{Parameters: values, Pseudo: pseudo(stack, goal), Lookup: s.lookup(ctx, stack.Scope)}, nil
}

func pseudo(stack *Stack, goal *Goal) template.Pseudo {
	return template.Pseudo{
		AccountID: stack.Scope.Account, Region: stack.Scope.Region, StackName: stack.Name, StackID: stack.ID,
		NotificationARNs: goal.Notifications,
	}
}

// lookup reads the parameters of SSM that a template's parameters stand for.
func (s *Service) lookup(ctx context.Context, scope function.Scope) func(name string) (string, error) {
	if s.cfg.Parameters == nil {
		return nil
	}
	return func(name string) (string, error) { return s.cfg.Parameters.StackParameter(ctx, scope, name, 0) }
}

// expand applies the transforms and notes in the goal what they made.
func (s *Service) expand(ctx context.Context, stack *Stack, goal *Goal, parsed *template.Template, in template.Inputs) (*template.Template, error) {
	if s.cfg.Expand == nil {
		return parsed, nil
	}
	_, values, err := parsed.Values(in)
	if err != nil {
		return nil, err
	}
	tree, err := s.cfg.Expand(ctx, Source{Scope: stack.Scope, Stack: stack.ID, StackName: stack.Name, Template: parsed, Values: values})
	if err != nil || tree == nil {
		return parsed, err
	}
	text, err := json.Marshal(tree)
	goal.Processed = string(text)
	return parsed.With(tree), err
}

// shown lists parameters by their key.
func shown(values []template.Value) (parameters []Parameter) {
	for _, v := range values {
		parameters = append(parameters, Parameter{Key: v.Key, Value: v.Text, Resolved: v.Stored, Hidden: v.NoEcho})
	}
	slices.SortFunc(parameters, func(a, b Parameter) int { return strings.Compare(a.Key, b.Key) })
	return parameters
}

// bind makes a stored goal's resources known again.
func bind(stack *Stack, goal *Goal) (*template.Bound, error) {
	text := goal.Processed
	if text == "" {
		text = goal.Text
	}
	parsed, err := template.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("read the template of %s: %w", stack.ID, err)
	}
	values, stored := map[string]string{}, map[string]string{}
	for _, p := range goal.Parameters {
		values[p.Key] = p.Value
		stored[p.Value] = p.Resolved
	}
	// What SSM said when the operation was asked for holds until its end.
	return parsed.Bind(template.Inputs{Parameters: values, Pseudo: pseudo(stack, goal), Lookup: func(name string) (string, error) {
		return stored[name], nil
	}})
}

// checkCapabilities refuses a template that may do what nobody said it may ("Acknowledging IAM resources").
func checkCapabilities(t *template.Template, given []string, macros bool) error {
	summary, err := t.Summary()
	if err != nil {
		return err
	}
	needed := map[string]bool{}
	for _, capability := range summary.Capabilities {
		satisfied := slices.Contains(given, capability) ||
			capability == "CAPABILITY_IAM" && slices.Contains(given, "CAPABILITY_NAMED_IAM") || capability == "CAPABILITY_AUTO_EXPAND"
		if !satisfied {
			needed[capability] = true
		}
	}
	if macros && !slices.Contains(given, "CAPABILITY_AUTO_EXPAND") {
		needed["CAPABILITY_AUTO_EXPAND"] = true
	}
	if len(needed) == 0 {
		return nil
	}
	return fault.Errorf(fault.Denied, "capability", "Requires capabilities : [%s]", joined(slices.Sorted(maps.Keys(needed))))
}
