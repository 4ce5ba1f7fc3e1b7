package template

import (
	"slices"
	"strings"

	"sluice/internal/fault"
)

// Value is what a parameter has for a stack.
type Value struct {
	Key, Type string
	// Text is as it was given, or the default; with NoEcho it is still the secret.
	Text string
	// Stored is what the parameter store has for a parameter of the types AWS::SSM::Parameter::Value<…>, and empty for others.
	Stored string
	NoEcho bool
	// Default reports that the caller gave none.
	Default bool
	// Value is what Ref returns: a string, or []any of strings for the list types.
	Value any
}

// Values binds the template's parameters alone, in the template's order: what a transform gets. The map has what Ref returns
// for each, and the pseudo parameters other than AWS::NoValue.
func (t *Template) Values(in Inputs) ([]Value, map[string]any, error) {
	values, refs, err := t.values(in)
	if err != nil {
		return nil, nil, t.placed(err)
	}
	return values, refs, nil
}

func (t *Template) values(in Inputs) ([]Value, map[string]any, *Error) {
	declared, err := parameters(t.root())
	if err != nil {
		return nil, nil, err
	}
	if err := checkGiven(declared, in.Parameters); err != nil {
		return nil, nil, err
	}
	refs := in.Pseudo.values()
	values := make([]Value, 0, len(declared))
	for _, p := range declared {
		value, err := p.bind(in)
		if err != nil {
			return nil, nil, err
		}
		values = append(values, value)
		refs[p.Key] = value.Value
	}
	return values, refs, nil
}

// checkGiven compares the names of the values with those of the parameters.
func checkGiven(declared []Parameter, given map[string]string) *Error {
	var unknown, missing []string
	known := make(map[string]bool, len(declared))
	for _, p := range declared {
		known[p.Key] = true
		if _, ok := given[p.Key]; !ok && p.Default == nil {
			missing = append(missing, p.Key)
		}
	}
	for name := range given {
		if !known[name] {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	switch {
	case unknown != nil:
		return errorAt(nil, "Parameters: [%s] do not exist in the template", strings.Join(unknown, ", "))
	case missing != nil:
		return errorAt(nil, "Parameters: [%s] must have values", strings.Join(missing, ", "))
	}
	return nil
}

func (p Parameter) bind(in Inputs) (Value, *Error) {
	v := Value{Key: p.Key, Type: p.Type, NoEcho: p.NoEcho}
	text, given := in.Parameters[p.Key]
	if v.Text = text; !given {
		v.Text, v.Default = *p.Default, true
	}
	kind := p.Type
	if err := p.satisfied(v.Text); err != nil {
		return v, err
	}
	if inner, ok := storedType(p.Type); ok {
		stored, err := p.lookup(v.Text, in.Lookup)
		if err != nil {
			return v, err
		}
		kind, v.Stored, text = inner, stored, stored
	} else {
		text = v.Text
	}
	if v.Value = text; isList(kind) {
		v.Value = split(text)
	}
	return v, nil
}

// lookup asks the parameter store. The text is recorded (test_resolve_ssm_missing_parameter).
func (p Parameter) lookup(name string, lookup func(string) (string, error)) (string, *Error) {
	if lookup != nil {
		stored, err := lookup(name)
		if err == nil {
			return stored, nil
		}
		if !fault.Is(err, fault.NotFound, "") {
			return "", errorAt(nil, "Parameter %s: %v", p.Key, err)
		}
	}
	return "", errorAt(nil, "Parameter %s should either have input value or default value", p.Key)
}

// split takes a list apart at its commas, without the blanks around its members. An empty text is an empty list.
func split(text string) []any {
	list := []any{}
	if text == "" {
		return list
	}
	for each := range strings.SplitSeq(text, ",") {
		list = append(list, strings.TrimSpace(each))
	}
	return list
}

// values are the pseudo parameters by name.
func (p Pseudo) values() map[string]any {
	partition, suffix := p.Partition, p.URLSuffix
	if partition == "" {
		partition = partitionOf(p.Region)
	}
	if suffix == "" {
		suffix = "amazonaws.com"
		if partition == "aws-cn" {
			suffix += ".cn"
		}
	}
	topics := []any{}
	for _, each := range p.NotificationARNs {
		topics = append(topics, each)
	}
	return map[string]any{
		"AWS::AccountId": p.AccountID, "AWS::Region": p.Region, "AWS::Partition": partition, "AWS::URLSuffix": suffix,
		"AWS::StackName": p.StackName, "AWS::StackId": p.StackID, "AWS::NotificationARNs": topics,
	}
}

func partitionOf(region string) string {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov"
	}
	return "aws"
}
