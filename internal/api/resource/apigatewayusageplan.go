package resource

import (
	"maps"
	"slices"
	"strings"

	"sluice/internal/stack"
)

// usagePlan is AWS::ApiGateway::UsagePlan. Its Ref is the plan's ID.
func usagePlan() *resource {
	throttle := func() fields { return fields{"BurstLimit": whole(), "RateLimit": number()} }
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::UsagePlan", Attributes: []string{"Id"},
			Properties: fields{
				"ApiStages":   list(object(fields{"ApiId": text(), "Stage": text(), "Throttle": table(object(throttle()))})),
				"Description": text(), "Quota": object(fields{"Limit": whole(), "Offset": whole(kept), "Period": text()}), "Tags": tagged(),
				"Throttle": object(throttle()), "UsagePlanName": text(),
			},
		},
		create: func(t *task) (*stack.Made, error) {
			name := t.name("UsagePlanName", maxGatewayName)
			found, err := t.madeBefore("GetUsagePlans", members{}, func(p members) bool { return textOf(p["name"]) == name })
			if err == nil && found == nil {
				found, err = t.gateway("CreateUsagePlan", with(t.lowered("ApiStages", "Description", "Quota", "Throttle"), members{"name": name, "tags": tagMap(t.tags())}))
			}
			return unless(err, identified(textOf(found["id"])))
		},
		update: updateUsagePlan,
		delete: deleteUsagePlan,
	}
}

func updateUsagePlan(t *task) (*stack.Made, error) {
	var p patches
	p.replace(t, "UsagePlanName", "/name", t.generated(maxGatewayName))
	p.replace(t, "Description", "/description", "")
	p.planStages(t.Old["ApiStages"], t.Properties["ApiStages"])
	p.limits(t, "Throttle", "BurstLimit", "RateLimit")
	p.limits(t, "Quota", "Limit", "Offset", "Period")
	if err := t.patch("UpdateUsagePlan", members{"UsagePlanId": t.PhysicalID}, p); err != nil {
		return nil, err
	}
	return unchanged(t), t.retag(apiGatewayTags, members{"ResourceArn": t.gatewayARN("usageplans/" + t.PhysicalID)})
}

// limits changes a plan's throttle or quota: it is made anew.
func (p *patches) limits(t *task, property string, names ...string) {
	if !t.changed(property) {
		return
	}
	path := "/" + lower(property)
	if len(objectOf(t.Old[property])) > 0 {
		p.add("remove", path, nil)
	}
	now := objectOf(t.Properties[property])
	for _, name := range names {
		if now[name] != nil {
			p.add("replace", path+"/"+lower(name), textOf(now[name]))
		}
	}
}

// planStages changes which stages a plan opens, and how fast each of their methods.
func (p *patches) planStages(before, after any) {
	old, now := stagesByName(before), stagesByName(after)
	p.list(slices.Collect(anyOf(old)), slices.Collect(anyOf(now)), "/apiStages", false)
	for _, name := range slices.Sorted(maps.Keys(now)) {
		was, is := objectOf(objectOf(old[name])["Throttle"]), objectOf(objectOf(now[name])["Throttle"])
		if same(was, is) {
			continue
		}
		base := "/apiStages/" + name + "/throttle"
		if len(was) > 0 {
			p.add("remove", base, nil)
		}
		for _, method := range slices.Sorted(maps.Keys(is)) {
			path, httpMethod := method[:strings.LastIndexByte(method, '/')+1], method[strings.LastIndexByte(method, '/')+1:]
			limit := objectOf(is[method])
			for _, each := range []string{"BurstLimit", "RateLimit"} {
				if limit[each] != nil {
					p.add("replace", base+"/"+escaped(strings.TrimSuffix(path, "/"))+"/"+httpMethod+"/"+lower(each), textOf(limit[each]))
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
	for _, each := range listOf(value) {
		stage := objectOf(each)
		all[textOf(stage["ApiId"])+":"+textOf(stage["Stage"])] = stage
	}
	return all
}

// deleteUsagePlan closes the plan's stages first: one that opens any is not deleted.
func deleteUsagePlan(t *task) error {
	shown, err := t.gateway("GetUsagePlan", members{"UsagePlanId": t.PhysicalID})
	if err != nil {
		return err
	}
	var p patches
	for _, each := range listOf(shown["apiStages"]) {
		stage := objectOf(each)
		p.add("remove", "/apiStages", textOf(stage["apiId"])+":"+textOf(stage["stage"]))
	}
	if err := t.patch("UpdateUsagePlan", members{"UsagePlanId": t.PhysicalID}, p); err != nil {
		return err
	}
	_, err = t.gateway("DeleteUsagePlan", members{"UsagePlanId": t.PhysicalID})
	return err
}
