package sam

import (
	"slices"
)

// sharedPlan is the usage plan of all APIs that share one.
type sharedPlan struct {
	dependsOn, stages, keys []any

	conditions    []string
	unconditional bool // an API without a condition is among them
	deletion      any  // DeletionPolicy
	replacement   any  // UpdateReplacePolicy
}

const sharedPlanCondition = "SharedUsagePlanCondition"

// usagePlan makes the usage plan that Auth asks for, a key and what ties them.
func (a *restBuild) usagePlan() ([]*resource, error) {
	value := a.auth["UsagePlan"]
	if value == nil {
		return nil, nil
	}
	properties, ok := value.(map[string]any)
	if !ok {
		return nil, invalidResource(a.id, "'UsagePlan' must be a dictionary")
	}
	if !onlyKeys(properties, []string{"CreateUsagePlan", "Description", "Quota", "Tags", "Throttle", "UsagePlanName"}) {
		return nil, invalidResource(a.id, "Invalid property for 'UsagePlan'")
	}
	switch properties["CreateUsagePlan"] {
	case nil:
		return nil, invalidResource(a.id, "'CreateUsagePlan' is a required field for UsagePlan.")
	case "NONE":
		return nil, nil
	case "PER_API":
		return a.ownPlan(properties), nil
	case "SHARED":
		return a.planForAll(properties)
	}
	return nil, invalidResource(a.id, "'CreateUsagePlan' accepts one of ['SHARED', 'PER_API', 'NONE'].")
}

func (a *restBuild) ownPlan(properties map[string]any) []*resource {
	stages := []any{map[string]any{"ApiId": ref(a.id), "Stage": ref(a.stageName)}}
	keys := []any{map[string]any{"RestApiId": ref(a.id), "StageName": ref(a.stageName)}}
	return planResources(a.id, a.passed, []any{a.id}, stages, keys, properties)
}

// planForAll adds the API to the shared plan. Each API makes the plan again, with more in it; the last one counts.
func (a *restBuild) planForAll(properties map[string]any) ([]*resource, error) {
	p := &a.t.apis.plan
	if !slices.Contains(p.dependsOn, any(a.id)) {
		p.dependsOn = append(p.dependsOn, a.id)
		p.stages = append(p.stages, map[string]any{"ApiId": ref(a.id), "Stage": ref(a.stageName)})
		p.keys = append(p.keys, map[string]any{"RestApiId": ref(a.id), "StageName": ref(a.stageName)})
	}
	if err := p.join(a.t, a.attributes); err != nil {
		return nil, err
	}
	return planResources("Serverless", p.attributes, clone(p.dependsOn).([]any), clone(p.stages).([]any), clone(p.keys).([]any), properties), nil
}

func planResources(prefix string, attributes func() map[string]any, dependsOn, stages, keys []any, properties map[string]any) []*resource {
	plan := &resource{id: prefix + "UsagePlan", typ: "AWS::ApiGateway::UsagePlan", dependsOn: dependsOn, attributes: attributes(),
		properties: map[string]any{"ApiStages": stages}}
	for _, name := range [...]string{"UsagePlanName", "Description", "Quota", "Tags", "Throttle"} {
		if value := properties[name]; truthy(value) {
			plan.properties[name] = value
		}
	}
	key := &resource{id: prefix + "ApiKey", typ: "AWS::ApiGateway::ApiKey", dependsOn: []any{plan.id}, attributes: attributes(),
		properties: map[string]any{"Enabled": true, "StageKeys": keys}}
	tie := &resource{id: prefix + "UsagePlanKey", typ: "AWS::ApiGateway::UsagePlanKey", dependsOn: []any{key.id}, attributes: attributes(),
		properties: map[string]any{"KeyId": ref(key.id), "KeyType": "API_KEY", "UsagePlanId": ref(plan.id)}}
	return []*resource{plan, key, tie}
}

// join takes an API's attributes into account: of policies the one that keeps most, of conditions any, unless an API is
// without.
func (p *sharedPlan) join(t *transform, attributes map[string]any) error {
	p.deletion = stronger(p.deletion, attributes["DeletionPolicy"], "Retain")
	p.replacement = stronger(p.replacement, attributes["UpdateReplacePolicy"], "Retain")
	if p.replacement == "Delete" && attributes["UpdateReplacePolicy"] == "Snapshot" {
		p.replacement = "Snapshot"
	}
	if p.unconditional {
		return nil
	}
	condition, _ := attributes["Condition"].(string)
	if _, given := attributes["Condition"]; !given {
		p.unconditional = true
		if conditions, ok := t.template["Conditions"].(map[string]any); ok {
			delete(conditions, sharedPlanCondition)
		}
		return nil
	}
	if condition == "" || slices.Contains(p.conditions, condition) {
		return nil
	}
	conditions, ok := t.template["Conditions"].(map[string]any)
	if !ok {
		return invalidTemplate("Can't have condition without having 'Conditions' section in the template")
	}
	p.conditions = append(p.conditions, condition)
	conditions[sharedPlanCondition] = condition
	if len(p.conditions) > 1 {
		var all []any
		for _, c := range p.conditions {
			all = append(all, map[string]any{"Condition": c})
		}
		conditions[sharedPlanCondition] = map[string]any{"Fn::Or": all}
	}
	return nil
}

func stronger(have, given any, strongest string) any {
	if !truthy(have) || given == strongest {
		if truthy(given) {
			return given
		}
	}
	return have
}

func (p *sharedPlan) attributes() map[string]any {
	attributes := map[string]any{}
	if truthy(p.deletion) {
		attributes["DeletionPolicy"] = p.deletion
	}
	if truthy(p.replacement) {
		attributes["UpdateReplacePolicy"] = p.replacement
	}
	if len(p.conditions) > 0 && !p.unconditional {
		attributes["Condition"] = sharedPlanCondition
	}
	return attributes
}
