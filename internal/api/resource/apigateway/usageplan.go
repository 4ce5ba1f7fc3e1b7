package apigateway

import (
	"maps"
	"slices"
	"strings"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// usagePlan is AWS::ApiGateway::UsagePlan. Its Ref is the plan's ID.
func usagePlan() *resource.Type {
	throttle := func() schema.Fields {
		return schema.Fields{"BurstLimit": schema.Integer(), "RateLimit": schema.Number()}
	}
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::UsagePlan", Attributes: []string{"Id"},
			Properties: schema.Fields{
				"ApiStages":   schema.List(schema.Object(schema.Fields{"ApiId": schema.String(), "Stage": schema.String(), "Throttle": schema.Map(schema.Object(throttle()))})),
				"Description": schema.String(), "Quota": schema.Object(schema.Fields{"Limit": schema.Integer(), "Offset": schema.Integer(schema.Kept), "Period": schema.String()}), "Tags": schema.Tags(),
				"Throttle": schema.Object(throttle()), "UsagePlanName": schema.String(),
			},
		},
		Create: func(t *task) (*stack.Made, error) {
			name := t.Name("UsagePlanName", maxName)
			found, err := t.Earlier(listing, "GetUsagePlans", members{}, func(p members) bool { return resource.TextOf(p["name"]) == name })
			if err == nil && found == nil {
				found, err = call(t, "CreateUsagePlan", resource.With(t.Lowered("ApiStages", "Description", "Quota", "Throttle"), members{"name": name, "tags": resource.TagMap(t.Tags())}))
			}
			return resource.Unless(err, resource.Identified("Id", resource.TextOf(found["id"])))
		},
		Update: updateUsagePlan,
		Delete: deleteUsagePlan,
	}
}

func updateUsagePlan(t *task) (*stack.Made, error) {
	var p patches
	p.replace(t, "UsagePlanName", "/name", t.Generated(maxName))
	p.replace(t, "Description", "/description", "")
	p.planStages(t.Old["ApiStages"], t.Properties["ApiStages"])
	p.limits(t, "Throttle", "BurstLimit", "RateLimit")
	p.limits(t, "Quota", "Limit", "Offset", "Period")
	if err := patch(t, "UpdateUsagePlan", members{"UsagePlanId": t.PhysicalID}, p); err != nil {
		return nil, err
	}
	return resource.Unchanged(t), t.Retag(tagging, members{"ResourceArn": arn(t, "usageplans/"+t.PhysicalID)})
}

// limits changes a plan's throttle or quota: it is made anew.
func (p *patches) limits(t *task, property string, names ...string) {
	if !t.Changed(property) {
		return
	}
	path := "/" + resource.Lower(property)
	if len(resource.ObjectOf(t.Old[property])) > 0 {
		p.add("remove", path, nil)
	}
	now := resource.ObjectOf(t.Properties[property])
	for _, name := range names {
		if now[name] != nil {
			p.add("replace", path+"/"+resource.Lower(name), resource.TextOf(now[name]))
		}
	}
}

// planStages changes which stages a plan opens, and how fast each of their methods.
func (p *patches) planStages(before, after any) {
	old, now := stagesByName(before), stagesByName(after)
	p.list(slices.Collect(anyOf(old)), slices.Collect(anyOf(now)), "/apiStages", false)
	for _, name := range slices.Sorted(maps.Keys(now)) {
		was, is := resource.ObjectOf(resource.ObjectOf(old[name])["Throttle"]), resource.ObjectOf(resource.ObjectOf(now[name])["Throttle"])
		if resource.Same(was, is) {
			continue
		}
		base := "/apiStages/" + name + "/throttle"
		if len(was) > 0 {
			p.add("remove", base, nil)
		}
		for _, method := range slices.Sorted(maps.Keys(is)) {
			path, httpMethod := method[:strings.LastIndexByte(method, '/')+1], method[strings.LastIndexByte(method, '/')+1:]
			limit := resource.ObjectOf(is[method])
			for _, each := range []string{"BurstLimit", "RateLimit"} {
				if limit[each] != nil {
					p.add("replace", base+"/"+escaped(strings.TrimSuffix(path, "/"))+"/"+httpMethod+"/"+resource.Lower(each), resource.TextOf(limit[each]))
				}
			}
		}
	}
}

// anyOf yields the names of a table in their order.
func anyOf(table map[string]any) func(func(any) bool) {
	return func(yield func(any) bool) {
		for _, name := range slices.Sorted(maps.Keys(table)) {
			if !yield(name) {
				return
			}
		}
	}
}

func stagesByName(value any) map[string]any {
	all := map[string]any{}
	for _, each := range resource.ListOf(value) {
		stage := resource.ObjectOf(each)
		all[resource.TextOf(stage["ApiId"])+":"+resource.TextOf(stage["Stage"])] = stage
	}
	return all
}

// deleteUsagePlan closes the plan's stages first: one that opens any is not deleted.
func deleteUsagePlan(t *task) error {
	shown, err := call(t, "GetUsagePlan", members{"UsagePlanId": t.PhysicalID})
	if err != nil {
		return err
	}
	var p patches
	for _, each := range resource.ListOf(shown["apiStages"]) {
		stage := resource.ObjectOf(each)
		p.add("remove", "/apiStages", resource.TextOf(stage["apiId"])+":"+resource.TextOf(stage["stage"]))
	}
	if err := patch(t, "UpdateUsagePlan", members{"UsagePlanId": t.PhysicalID}, p); err != nil {
		return err
	}
	_, err = call(t, "DeleteUsagePlan", members{"UsagePlanId": t.PhysicalID})
	return err
}
