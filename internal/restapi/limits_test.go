package restapi_test

import (
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/restapi"
)

// stageOf is a View as a front finds it.
func stageOf(methods map[string]*restapi.MethodSettings) *restapi.View {
	id := restapi.ID{Scope: scope, API: "api"}
	return &restapi.View{API: id, Stage: &restapi.Stage{API: id, Name: "dev", Methods: methods}}
}

// admitted counts how many of some requests go on, and tells the last other verdict.
func admitted(s *restapi.Service, v *restapi.View, key *restapi.PlanKey, path string, requests int) (count int, last restapi.Verdict) {
	for range requests {
		if verdict := s.Admit(v, key, "GET", path); verdict != restapi.Admitted {
			last = verdict
		} else {
			count++
		}
	}
	return count, last
}

func TestRequestsAreThrottled(t *testing.T) {
	key := func(p *restapi.UsagePlan) *restapi.PlanKey {
		return &restapi.PlanKey{Key: &restapi.APIKey{ID: "k"}, Plan: p}
	}
	for name, tt := range map[string]struct {
		methods             map[string]*restapi.MethodSettings
		key                 *restapi.PlanKey
		now, afterTwoSecond int // of 10 requests each
	}{
		"no limit":            {nil, nil, 10, 10},
		"the stage's":         {map[string]*restapi.MethodSettings{"*/*": {Burst: 3, Rate: 2}}, nil, 3, 3},
		"the rate":            {map[string]*restapi.MethodSettings{"*/*": {Burst: 9, Rate: 2}}, nil, 9, 4},
		"the method's":        {map[string]*restapi.MethodSettings{"*/*": {Burst: 3, Rate: 2}, "~1x~1{id}/GET": {Burst: 5, Rate: 1}}, nil, 5, 2},
		"without a slash":     {map[string]*restapi.MethodSettings{"x~1{id}/GET": {Burst: 5, Rate: 1}}, nil, 5, 2},
		"another method's":    {map[string]*restapi.MethodSettings{"~1x~1{id}/PUT": {Burst: 5, Rate: 1}}, nil, 10, 10},
		"none":                {map[string]*restapi.MethodSettings{"*/*": {Burst: -1, Rate: -1}}, nil, 10, 10},
		"the plan's":          {nil, key(&restapi.UsagePlan{ID: "p", Throttle: &restapi.Throttle{Burst: 2, Rate: 1}}), 2, 2},
		"the plan's a method": {nil, key(&restapi.UsagePlan{ID: "p", Throttle: &restapi.Throttle{Burst: 2, Rate: 1}, Stages: []restapi.PlanStage{{API: "api", Stage: "dev", Throttle: map[string]restapi.Throttle{"/x/{id}/GET": {Burst: 4, Rate: 1}}}}}), 4, 2},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, v := restapi.NewService(nil), stageOf(tt.methods)
				now, _ := admitted(s, v, tt.key, "/x/{id}", 10)
				time.Sleep(2 * time.Second)
				later, last := admitted(s, v, tt.key, "/x/{id}", 10)
				if now != tt.now || later != tt.afterTwoSecond {
					t.Errorf("%d and %d go on, want %d and %d", now, later, tt.now, tt.afterTwoSecond)
				}
				if later < 10 && last != restapi.Throttled {
					t.Errorf("the others are %v", last)
				}
			})
		})
	}
}

func TestQuotasAreOfAPeriod(t *testing.T) {
	for period, days := range map[string]int{"DAY": 1, "WEEK": 7, "MONTH": 31} {
		t.Run(period, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // which begins on the first of January 2000, a Saturday
				s, v := restapi.NewService(nil), stageOf(nil)
				key := &restapi.PlanKey{Key: &restapi.APIKey{ID: "k"}, Plan: &restapi.UsagePlan{ID: "p", Quota: &restapi.Quota{Limit: 3, Period: period}}}
				if count, last := admitted(s, v, key, "/", 5); count != 3 || last != restapi.Exhausted {
					t.Errorf("%d go on, and then %v", count, last)
				}
				time.Sleep(time.Duration(days) * 24 * time.Hour)
				if count, _ := admitted(s, v, key, "/", 5); count != 3 {
					t.Errorf("in the next period %d go on", count)
				}
			})
		})
	}
}
