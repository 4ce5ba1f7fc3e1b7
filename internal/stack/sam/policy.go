package sam

import (
	_ "embed"
	"encoding/json"
	"sync"
)

// policyKind is what an entry of the property Policies is.
type policyKind int

const (
	unknownPolicy policyKind = iota
	managedPolicy
	policyStatement
	policyTemplate
)

// policyEntries are the entries of the property Policies, which may be given without a list.
func policyEntries(policies any) []any {
	if !truthy(policies) {
		return nil
	}
	if entries, ok := policies.([]any); ok {
		return entries
	}
	return []any{policies}
}

// policyKinds tells what each entry is.
func policyKinds(entries []any) ([]policyKind, error) {
	kinds := make([]policyKind, len(entries))
	for i, entry := range entries {
		var err error
		if kinds[i], err = policyKindOf(entry); err != nil {
			return nil, err
		}
	}
	return kinds, nil
}

// policyKindOf tells what an entry is. Both branches of a condition have to be the same.
func policyKindOf(policy any) (policyKind, error) {
	if is[string](policy) {
		return managedPolicy, nil
	}
	if isIf(policy) {
		return branchKind(policy)
	}
	m, _ := policy.(map[string]any)
	if isIntrinsic(policy) {
		return managedPolicy, nil
	}
	if _, ok := m["Statement"]; ok {
		return policyStatement, nil
	}
	if name, _ := single(m); policyTemplates()[name] != nil {
		return policyTemplate, nil
	}
	return unknownPolicy, nil
}

func branchKind(policy any) (policyKind, error) {
	arguments, ok := ifArguments(policy)
	if !ok {
		return 0, invalidTemplate(wrongIf)
	}
	then, err := policyKindOf(arguments[1])
	if err != nil {
		return 0, err
	}
	otherwise, err := policyKindOf(arguments[2])
	switch {
	case err != nil:
		return 0, err
	case then == otherwise || isNoValue(arguments[2]):
		return then, nil
	case isNoValue(arguments[1]):
		return otherwise, nil
	}
	return 0, invalidTemplate("Different policy types within the same Fn::If statement is unsupported. " +
		"Separate different policy types into different Fn::If statements")
}

// single returns the only member of a map.
func single(m map[string]any) (name string, value any) {
	if len(m) != 1 {
		return "", nil
	}
	for name, value = range m {
	}
	return name, value
}

// templateOfPolicy is a policy with blanks.
type templateOfPolicy struct {
	Parameters map[string]any
	Definition map[string]any
}

//go:embed data/policy-templates.json
var policyTemplateText []byte

var policyTemplates = sync.OnceValue(func() map[string]*templateOfPolicy {
	var file struct{ Templates map[string]*templateOfPolicy }
	if err := json.Unmarshal(policyTemplateText, &file); err != nil {
		panic("policy-templates.json: " + err.Error()) // embedded, and read by every test
	}
	return file.Templates
})

// convertPolicyTemplates replaces the policy templates among the policies of a source by the policies that they stand for.
func convertPolicyTemplates(s *source) error {
	entries := policyEntries(s.properties["Policies"])
	if len(entries) == 0 {
		return nil
	}
	kinds, err := policyKinds(entries)
	if err != nil {
		return err
	}
	converted := make([]any, len(entries))
	for i, entry := range entries {
		converted[i] = entry
		if kinds[i] != policyTemplate {
			continue
		}
		if converted[i], err = convertBranches(s.id, entry); err != nil {
			return err
		}
	}
	s.properties["Policies"] = converted
	return nil
}

// convertBranches converts a policy template, or those that a condition chooses between.
func convertBranches(id string, entry any) (any, error) {
	if isNoValue(entry) {
		return entry, nil
	}
	arguments, conditional := ifArguments(entry)
	if !conditional {
		return convertPolicyTemplate(id, entry.(map[string]any))
	}
	then, err := convertBranches(id, arguments[1])
	if err != nil {
		return nil, err
	}
	otherwise, err := convertBranches(id, arguments[2])
	return map[string]any{"Fn::If": []any{arguments[0], then, otherwise}}, err
}

func convertPolicyTemplate(id string, entry map[string]any) (any, error) {
	name, given := single(entry)
	values, ok := given.(map[string]any)
	if !ok {
		return nil, invalidResource(id, "Must specify valid parameter values for policy template '%s'", name)
	}
	template := policyTemplates()[name]
	missing := []any{}
	for _, parameter := range sorted(template.Parameters) {
		if _, ok := values[parameter]; !ok {
			missing = append(missing, parameter)
		}
	}
	if len(missing) > 0 {
		return nil, invalidResource(id, "Following required parameters of template '%s' don't have values: %s", name, repr(missing))
	}
	return template.fill(template.Definition, values), nil
}

// fill returns a copy of a part of the template with values in its blanks.
func (p *templateOfPolicy) fill(part any, values map[string]any) any {
	switch v := part.(type) {
	case map[string]any:
		if name, ok := v["Ref"].(string); ok && len(v) == 1 && p.Parameters[name] != nil {
			return values[name]
		}
		m := make(map[string]any, len(v))
		for name, member := range v {
			m[name] = p.fill(member, values)
		}
		return m
	case []any:
		l := make([]any, len(v))
		for i, member := range v {
			l[i] = p.fill(member, values)
		}
		return l
	}
	return part
}
