package restapi_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/restapi"
)

// A period begins at midnight UTC: each day, on Sundays, or on the first of a month. A bubble begins on Saturday, 2000-01-01.
func TestWhenAPeriodBegins(t *testing.T) {
	for _, tt := range []struct {
		period string
		after  time.Duration // of a quota's last request
		want   restapi.Verdict
	}{
		{"DAY", 24*time.Hour - time.Second, restapi.Exhausted}, {"DAY", 24 * time.Hour, restapi.Admitted},
		{"WEEK", 24*time.Hour - time.Second, restapi.Exhausted}, {"WEEK", 24 * time.Hour, restapi.Admitted},
		{"MONTH", 31*24*time.Hour - time.Second, restapi.Exhausted}, {"MONTH", 31 * 24 * time.Hour, restapi.Admitted},
	} {
		t.Run(fmt.Sprint(tt.period, " ", tt.after), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, v := restapi.NewService(nil), stageOf(nil)
				key := &restapi.PlanKey{Key: &restapi.APIKey{ID: "k"}, Plan: &restapi.UsagePlan{ID: "p", Quota: &restapi.Quota{Limit: 1, Period: tt.period}}}
				if got := s.Admit(v, key, "GET", "/"); got != restapi.Admitted {
					t.Fatalf("the first request: %v", got)
				}
				time.Sleep(tt.after)
				if got := s.Admit(v, key, "GET", "/"); got != tt.want {
					t.Errorf("got %v, want %v", got, tt.want)
				}
			})
		})
	}
}

func TestAWeekIsOneQuota(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, v := restapi.NewService(nil), stageOf(nil)
		key := &restapi.PlanKey{Key: &restapi.APIKey{ID: "k"}, Plan: &restapi.UsagePlan{ID: "p", Quota: &restapi.Quota{Limit: 7, Period: "WEEK"}}}
		time.Sleep(24 * time.Hour) // to Sunday
		for day := range 7 {
			if got := s.Admit(v, key, "GET", "/"); got != restapi.Admitted {
				t.Errorf("day %d: %v", day, got)
			}
			time.Sleep(24*time.Hour - time.Second/7)
		}
		if got := s.Admit(v, key, "GET", "/"); got != restapi.Exhausted {
			t.Errorf("the last second of the week: %v", got)
		}
	})
}

// Each key of a plan has a quota of its own, and a throttle; what is throttled is not counted.
func TestKeysAreCountedApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, v := restapi.NewService(nil), stageOf(nil)
		plan := &restapi.UsagePlan{ID: "p", Quota: &restapi.Quota{Limit: 3, Period: "DAY"}, Throttle: &restapi.Throttle{Burst: 2, Rate: 1}}
		for _, id := range []string{"a", "b"} {
			key := &restapi.PlanKey{Key: &restapi.APIKey{ID: id}, Plan: plan}
			if count, last := admitted(s, v, key, "/", 5); count != 2 || last != restapi.Throttled {
				t.Errorf("%s: %d at once, then %v", id, count, last)
			}
		}
		time.Sleep(10 * time.Second)
		key := &restapi.PlanKey{Key: &restapi.APIKey{ID: "a"}, Plan: plan}
		if count, last := admitted(s, v, key, "/", 2); count != 1 || last != restapi.Exhausted {
			t.Errorf("later %d, then %v", count, last)
		}
	})
}

// A bucket takes no more than its burst, however long nobody comes.
func TestABucketIsNeverFullerThanItsBurst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, v := restapi.NewService(nil), stageOf(map[string]*restapi.MethodSettings{"*/*": {Burst: 3, Rate: 100}})
		admitted(s, v, nil, "/", 3)
		time.Sleep(time.Hour)
		if count, _ := admitted(s, v, nil, "/", 9); count != 3 {
			t.Errorf("%d requests go on", count)
		}
	})
}

// What is left of a quota on a day is what its period has left at the day's end.
func TestUsageOfDays(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	deploy(t, s, a.ID, restapi.Release{Stage: "dev"})
	k, err := s.CreateKey(t.Context(), restapi.APIKey{Scope: scope, Value: value, Enabled: true})
	must(t, err)
	p, err := s.CreatePlan(t.Context(), restapi.UsagePlan{Scope: scope, Name: "p", Stages: []restapi.PlanStage{{API: a.ID.API, Stage: "dev"}}, Quota: &restapi.Quota{Limit: 5, Period: "DAY"}})
	must(t, err)
	must(t, failed(s.AddKey(t.Context(), scope, p.ID, k.ID)))
	v := find(t, s, a.ID, "dev")
	admitted(s, v, v.Key(value), "/", 2)
	today := time.Now()
	for key, want := range map[string]string{"": "[[0 5] [2 3]]", k.ID: "[[0 5] [2 3]]", "other": "[]"} {
		used, err := s.Usage(t.Context(), scope, p.ID, key, today.Add(-24*time.Hour), today)
		must(t, err)
		wantText(t, fmt.Sprint(used[k.ID]), want)
	}
}
