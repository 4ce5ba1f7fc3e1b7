package sam

import (
	"slices"
	"strings"

	"sluice/internal/stack/sam/openapi"
)

// passToImplied gives the implied API the conditions and policies of the functions whose events are on it: a condition if all
// have one, and the policy that keeps most.
func (t *transform) passToImplied(p *impliedAPI) {
	api := t.given[p.id].(map[string]any)
	if conditions, all := distinct(p.conditions[p.id]); all {
		api["Condition"] = t.anyOf(conditions, p.id+"Condition")
	}
	for attribute, keeps := range map[string][]string{
		"DeletionPolicy": {"Retain", "Delete"}, "UpdateReplacePolicy": {"Retain", "Snapshot", "Delete"},
	} {
		for _, policy := range keeps {
			if slices.Contains(p.policies[attribute], any(policy)) {
				api[attribute] = policy
				break
			}
		}
	}
}

// conditionPaths puts each path under the condition of its functions, if all have one.
func (t *transform) conditionPaths(p *impliedAPI) error {
	for _, id := range t.apis.resources.Keys() {
		if resource := t.given[id].(map[string]any); resource["Type"] != p.typ || !t.apis.managed[id] {
			continue
		}
		d, err := p.open(t.apis.bodies[id])
		if err != nil {
			return err
		}
		for _, path := range d.Paths() {
			conditions, all := distinct(map[string]map[string]any{path: p.conditions[id][path]})
			if !all {
				continue
			}
			name := id + strings.NewReplacer("/", "SLASH", "{", "OB", "}", "CB").Replace(path) + "PathCondition"
			if condition := t.anyOf(conditions, name); len(conditions) > 1 {
				d.MakeConditional(path, openapi.Word(condition))
			} else {
				d.MakeConditional(path, condition)
			}
		}
		t.apis.bodies[id] = d.Body()
	}
	return nil
}

// distinct returns the conditions of paths' methods, sorted, and whether there are some and no method is without.
func distinct(paths map[string]map[string]any) (conditions []string, all bool) {
	for _, methods := range paths {
		for _, condition := range methods {
			name, ok := condition.(string)
			if !ok {
				return nil, false
			}
			if !slices.Contains(conditions, name) {
				conditions = append(conditions, name)
			}
		}
	}
	slices.Sort(conditions)
	return conditions, len(conditions) > 0
}

// anyOf returns the only condition, or the name of a new one that holds if one of them does.
func (t *transform) anyOf(conditions []string, name string) string {
	if len(conditions) == 1 {
		return conditions[0]
	}
	t.anyCondition(name, conditions)
	return name
}
