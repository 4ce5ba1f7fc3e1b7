package apigateway

import (
	"context"
	"time"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/restapi"
)

func (a *api) createPlan(ctx context.Context, r *wire.Request, in *shape.CreateUsagePlanRequest) (*shape.UsagePlan, error) {
	p := restapi.UsagePlan{Scope: scope(r), Name: wire.Value(in.Name), Description: wire.Value(in.Description), Tags: in.Tags}
	for _, stage := range in.ApiStages {
		p.Stages = append(p.Stages, planStage(stage))
	}
	if t := in.Throttle; t != nil {
		p.Throttle = new(throttle(*t))
	}
	if q := in.Quota; q != nil {
		p.Quota = &restapi.Quota{Limit: wire.Value(q.Limit), Offset: wire.Value(q.Offset), Period: wire.Value(q.Period)}
	}
	made, err := a.apis.CreatePlan(ctx, p)
	return wire.Answer(made, err, plan)
}

func planStage(s shape.ApiStage) restapi.PlanStage {
	out := restapi.PlanStage{API: wire.Value(s.ApiId), Stage: wire.Value(s.Stage)}
	for method, t := range s.Throttle {
		if out.Throttle == nil {
			out.Throttle = map[string]restapi.Throttle{}
		}
		out.Throttle[method] = throttle(t)
	}
	return out
}

func throttle(t shape.ThrottleSettings) restapi.Throttle {
	return restapi.Throttle{Burst: wire.Value(t.BurstLimit), Rate: wire.Value(t.RateLimit)}
}

func throttleShape(t restapi.Throttle) shape.ThrottleSettings {
	return shape.ThrottleSettings{BurstLimit: &t.Burst, RateLimit: &t.Rate}
}

func plan(p *restapi.UsagePlan) *shape.UsagePlan {
	out := &shape.UsagePlan{
		Id: &p.ID, Name: &p.Name, Description: wire.Optional(p.Description), ApiStages: []shape.ApiStage{}, ProductCode: wire.Optional(p.ProductCode), Tags: tagged(p.Tags),
	}
	for _, stage := range p.Stages {
		each := shape.ApiStage{ApiId: &stage.API, Stage: &stage.Stage}
		for method, t := range stage.Throttle {
			if each.Throttle == nil {
				each.Throttle = map[string]shape.ThrottleSettings{}
			}
			each.Throttle[method] = throttleShape(t)
		}
		out.ApiStages = append(out.ApiStages, each)
	}
	if p.Throttle != nil {
		out.Throttle = new(throttleShape(*p.Throttle))
	}
	if q := p.Quota; q != nil {
		out.Quota = &shape.QuotaSettings{Limit: &q.Limit, Offset: &q.Offset, Period: &q.Period}
	}
	return out
}

// shownPlan shows tags also where there are none.
func shownPlan(p *restapi.UsagePlan) *shape.UsagePlan {
	out := plan(p)
	if out.Tags == nil {
		out.Tags = map[string]string{}
	}
	return out
}

func (a *api) getPlan(ctx context.Context, r *wire.Request, in *shape.GetUsagePlanRequest) (*shape.UsagePlan, error) {
	found, err := a.apis.Plan(ctx, scope(r), wire.Value(in.UsagePlanId))
	return wire.Answer(found, err, shownPlan)
}

func (a *api) getPlans(ctx context.Context, r *wire.Request, in *shape.GetUsagePlansRequest) (*shape.UsagePlans, error) {
	found, err := a.apis.Plans(ctx, scope(r), wire.Value(in.KeyId))
	if err != nil {
		return nil, err
	}
	cut, next, err := page(planList, found, func(p *restapi.UsagePlan) string { return p.ID }, in.Position, in.Limit)
	out := &shape.UsagePlans{Position: next, Items: []shape.UsagePlan{}}
	for _, each := range cut {
		out.Items = append(out.Items, *plan(each))
	}
	return out, err
}

func (a *api) updatePlan(ctx context.Context, r *wire.Request, in *shape.UpdateUsagePlanRequest) (*shape.UsagePlan, error) {
	changed, err := a.apis.UpdatePlan(ctx, scope(r), wire.Value(in.UsagePlanId), patches(in.PatchOperations))
	return wire.Answer(changed, err, shownPlan)
}

func (a *api) deletePlan(ctx context.Context, r *wire.Request, in *shape.DeleteUsagePlanRequest) (*apishape.Nothing, error) {
	return nil, a.apis.DeletePlan(ctx, scope(r), wire.Value(in.UsagePlanId))
}

func (a *api) getUsage(ctx context.Context, r *wire.Request, in *shape.GetUsageRequest) (*shape.Usage, error) {
	from, err := time.Parse(time.DateOnly, wire.Value(in.StartDate))
	to, err2 := time.Parse(time.DateOnly, wire.Value(in.EndDate))
	if err != nil || err2 != nil {
		return nil, fault.Errorf(fault.Invalid, "date", "Invalid date specified: dates are of the form YYYY-MM-DD")
	}
	items, err := a.apis.Usage(ctx, scope(r), wire.Value(in.UsagePlanId), wire.Value(in.KeyId), from, to)
	return &shape.Usage{UsagePlanId: in.UsagePlanId, StartDate: in.StartDate, EndDate: in.EndDate, Items: items}, err
}
