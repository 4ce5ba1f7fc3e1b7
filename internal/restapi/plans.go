package restapi

import (
	"context"
	"slices"
	"strings"
	"time"

	"sluice/internal/executeapi"
	"sluice/internal/fault"
	"sluice/internal/function"
)

func noPlan() error {
	return fault.Errorf(fault.NotFound, "usage plan", "Invalid Usage Plan ID specified")
}

// apis are those that a plan's keys open.
func (p *UsagePlan) apis() (ids []ID) {
	for _, stage := range p.Stages {
		if id := (ID{Scope: p.Scope, API: stage.API}); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// CreatePlan makes a usage plan.
// Errors: fault.Invalid "request"; fault.NotFound "stage".
func (s *Service) CreatePlan(ctx context.Context, p UsagePlan) (*UsagePlan, error) {
	p.ID, p.Keys = executeapi.NewID(executeapi.ShortID), nil
	err := s.store.WriteRESTAPIs(ctx, func(tx Tx) error {
		if err := p.check(tx, p.Stages); err != nil {
			return err
		}
		return tx.PutUsagePlan(&p)
	})
	if err != nil {
		return nil, err
	}
	s.follow(ctx, p.apis()...)
	return &p, nil
}

// check refuses a plan that can't be so; added are the stages that were not in it before.
func (p *UsagePlan) check(r Reader, added []PlanStage) error {
	if p.Name == "" {
		return bad("Usage Plan name cannot be blank")
	}
	if err := executeapi.CheckTags(p.Tags); err != nil {
		return err
	}
	if err := p.Quota.check(); err != nil {
		return err
	}
	if err := p.Throttle.check(); err != nil {
		return err
	}
	for _, stage := range p.Stages {
		for _, t := range stage.Throttle {
			if err := t.check(); err != nil {
				return err
			}
		}
	}
	for _, stage := range added {
		if err := stage.check(r, p); err != nil {
			return err
		}
	}
	return nil
}

// check follows AWS's page "QuotaSettings".
func (q *Quota) check() error {
	if q == nil {
		return nil
	}
	last, known := map[string]int64{"DAY": 0, "WEEK": 6, "MONTH": 27}[q.Period]
	if q.Limit <= 0 || !known {
		return bad("Usage Plan quota must have a positive limit, and a period of DAY, WEEK or MONTH")
	}
	switch {
	case q.Offset != 0 && last == 0:
		return bad("Usage Plan quota offset must be zero in the %s period", q.Period)
	case q.Offset < 0 || q.Offset > last:
		return bad("Usage Plan quota offset must be between 0 and %d in the %s period", last, q.Period)
	}
	return nil
}

func (t *Throttle) check() error {
	if t != nil && (t.Burst < 0 || t.Rate < 0) {
		return bad("Usage Plan throttle must have a burst limit and a rate limit that are not negative")
	}
	return nil
}

func (s *PlanStage) check(r Reader, p *UsagePlan) error {
	if s.API == "" || s.Stage == "" {
		return bad("Invalid API Stage specified")
	}
	if _, err := r.RESTStage(ID{Scope: p.Scope, API: s.API}, s.Stage); err != nil {
		return missing(err, s.absent(p))
	}
	return nil
}

func (s *PlanStage) absent(p *UsagePlan) error {
	return fault.Errorf(fault.NotFound, "stage", "Invalid API Stage {api: %s, stage: %s} specified for usageplan %s", s.API, s.Stage, p.ID)
}

// Plan returns a usage plan.
// Errors: fault.NotFound "usage plan".
func (s *Service) Plan(ctx context.Context, scope function.Scope, id string) (*UsagePlan, error) {
	return read(ctx, s, func(r Reader) (*UsagePlan, error) {
		p, err := r.UsagePlan(scope, id)
		return p, missing(err, noPlan())
	})
}

// Plans lists usage plans by ID: all, or those with a key.
func (s *Service) Plans(ctx context.Context, scope function.Scope, key string) ([]*UsagePlan, error) {
	return read(ctx, s, func(r Reader) ([]*UsagePlan, error) {
		all, err := r.UsagePlans(scope, "", 0)
		return slices.DeleteFunc(all, func(p *UsagePlan) bool { return key != "" && !slices.Contains(p.Keys, key) }), err
	})
}

// UpdatePlan changes a usage plan.
// Errors: fault.NotFound "usage plan" and "stage"; fault.Invalid "patch" and "request".
func (s *Service) UpdatePlan(ctx context.Context, scope function.Scope, id string, patches []Patch) (*UsagePlan, error) {
	return s.writePlan(ctx, scope, id, func(tx Tx, p *UsagePlan) error {
		before := slices.Clone(p.Stages)
		if err := p.patch(patches); err != nil {
			return err
		}
		added := slices.DeleteFunc(slices.Clone(p.Stages), func(s PlanStage) bool {
			return slices.ContainsFunc(before, s.same)
		})
		if err := p.check(tx, added); err != nil {
			return err
		}
		return tx.PutUsagePlan(p)
	})
}

func (s PlanStage) same(other PlanStage) bool { return s.API == other.API && s.Stage == other.Stage }

// DeletePlan deletes a usage plan that opens no stage.
// Errors: fault.NotFound "usage plan"; fault.Invalid "request".
func (s *Service) DeletePlan(ctx context.Context, scope function.Scope, id string) error {
	_, err := s.writePlan(ctx, scope, id, func(tx Tx, p *UsagePlan) error {
		for _, stage := range p.Stages {
			if _, err := tx.RESTStage(ID{Scope: p.Scope, API: stage.API}, stage.Stage); err == nil {
				return bad("Cannot delete Usage Plan %s because API Stages are associated to it. Please remove all API stages from the usage plan before deleting.", id)
			}
		}
		return tx.DeleteUsagePlan(scope, id)
	})
	return err
}

// AddKey lets a key into what a plan opens.
// Errors: fault.NotFound "usage plan" and "API key"; fault.Conflict "request".
func (s *Service) AddKey(ctx context.Context, scope function.Scope, plan, key string) (k *APIKey, err error) {
	_, err = s.writePlan(ctx, scope, plan, func(tx Tx, p *UsagePlan) error {
		if k, err = tx.APIKey(scope, key); err != nil {
			return missing(err, noKey())
		}
		if slices.Contains(p.Keys, key) {
			return taken("%s already exists for this usage plan", key)
		}
		p.Keys = append(p.Keys, key)
		return tx.PutUsagePlan(p)
	})
	return k, err
}

// RemoveKey takes a key from a plan.
// Errors: fault.NotFound "usage plan" and "API key".
func (s *Service) RemoveKey(ctx context.Context, scope function.Scope, plan, key string) error {
	_, err := s.writePlan(ctx, scope, plan, func(tx Tx, p *UsagePlan) error {
		if !slices.Contains(p.Keys, key) {
			return noKey()
		}
		p.Keys = slices.DeleteFunc(p.Keys, func(each string) bool { return each == key })
		return tx.PutUsagePlan(p)
	})
	return err
}

// PlanKeys lists the keys of a plan whose names begin so, the newest first (recording test_get_usage_plan_api_keys).
// Errors: fault.NotFound "usage plan".
func (s *Service) PlanKeys(ctx context.Context, scope function.Scope, plan, prefix string) ([]*APIKey, error) {
	return read(ctx, s, func(r Reader) (found []*APIKey, err error) {
		p, err := r.UsagePlan(scope, plan)
		if err != nil {
			return nil, missing(err, noPlan())
		}
		for _, id := range p.Keys {
			k, err := r.APIKey(scope, id)
			if err != nil {
				return nil, err
			}
			if strings.HasPrefix(k.Name, prefix) {
				found = append(found, k)
			}
		}
		slices.SortFunc(found, newer)
		return found, nil
	})
}

// writePlan changes a plan, and then the stages that it opens or opened.
func (s *Service) writePlan(ctx context.Context, scope function.Scope, id string, change func(Tx, *UsagePlan) error) (p *UsagePlan, err error) {
	var before []ID
	err = s.store.WriteRESTAPIs(ctx, func(tx Tx) error {
		if p, err = tx.UsagePlan(scope, id); err != nil {
			return missing(err, noPlan())
		}
		before = p.apis()
		return change(tx, p)
	})
	if err != nil {
		return nil, err
	}
	s.follow(ctx, append(before, p.apis()...)...)
	return p, nil
}

// Usage is how many requests the keys of a plan made on each day of a span, and how many they had left; all days in UTC.
// The counts begin when the server does.
// Errors: fault.NotFound "usage plan"; fault.Invalid "request".
func (s *Service) Usage(ctx context.Context, scope function.Scope, plan, key string, from, to time.Time) (map[string][][]int64, error) {
	if to.Before(from) || to.Sub(from) > 90*24*time.Hour {
		return nil, bad("Invalid date range specified: at most 90 days, from %s to %s", from.Format(time.DateOnly), to.Format(time.DateOnly))
	}
	p, err := s.Plan(ctx, scope, plan)
	if err != nil {
		return nil, err
	}
	days := map[string][][]int64{}
	for _, id := range p.Keys {
		if key == "" || key == id {
			days[id] = s.limits.used(p, id, dayOf(from), dayOf(to))
		}
	}
	return days, nil
}

// used lists how often a key was used on each day, and how much was left of its quota.
func (l *limits) used(p *UsagePlan, key string, from, to day) (days [][]int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	spent := l.spent[spender{p.ID, key}]
	for d := from; d <= to; d++ {
		left := int64(0)
		if p.Quota != nil {
			left = p.Quota.Limit
			for each := p.Quota.begin(time.Unix(int64(d)*86400, 0)); each <= d; each++ {
				left -= spent[each]
			}
		}
		days = append(days, []int64{spent[d], left})
	}
	return days
}
