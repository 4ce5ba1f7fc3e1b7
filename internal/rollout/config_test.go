package rollout_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluice/internal/fault"
	"sluice/internal/rollout"
)

func TestPlan(t *testing.T) {
	minutes := func(n int) time.Duration { return time.Duration(n) * time.Minute }
	tests := []struct {
		name   string
		config rollout.Config
		want   []rollout.Shift
	}{
		{"all at once", rollout.Config{Strategy: rollout.AllAtOnce}, []rollout.Shift{{Percent: 100}}},
		{"canary", rollout.Config{Strategy: rollout.Canary, Percent: 10, Minutes: 5},
			[]rollout.Shift{{Percent: 10, Wait: minutes(5)}, {Percent: 100}}},
		{"linear", rollout.Config{Strategy: rollout.Linear, Percent: 25, Minutes: 2},
			[]rollout.Shift{{25, minutes(2)}, {50, minutes(2)}, {75, minutes(2)}, {Percent: 100}}},
		{"linear with a remainder", rollout.Config{Strategy: rollout.Linear, Percent: 40, Minutes: 1},
			[]rollout.Shift{{40, minutes(1)}, {80, minutes(1)}, {Percent: 100}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.config.Plan(); !slices.Equal(got, tt.want) {
				t.Errorf("plan %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestEveryPlanGrowsToAllOfTheTraffic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := config(t)
		plan := c.Plan()
		before := 0
		for i, shift := range plan {
			if shift.Percent <= before || (shift.Wait > 0) != (i < len(plan)-1) {
				t.Fatalf("%+v: step %d", plan, i)
			}
			before = shift.Percent
		}
		if before != 100 {
			t.Fatalf("%+v ends at %d %%", plan, before)
		}
	})
}

func TestValidateConfig(t *testing.T) {
	tests := []struct {
		name   string
		config rollout.Config
		noun   string // of the error; empty if there is none
	}{
		{"canary", rollout.Config{Name: "c", Strategy: rollout.Canary, Percent: 1, Minutes: 2880}, ""},
		{"linear for the longest time", rollout.Config{Name: "c", Strategy: rollout.Linear, Percent: 50, Minutes: 2880}, ""},
		{"linear for too long", rollout.Config{Name: "c", Strategy: rollout.Linear, Percent: 49, Minutes: 1441}, "routing"},
		{"canary for too long", rollout.Config{Name: "c", Strategy: rollout.Canary, Percent: 1, Minutes: 2881}, "routing"},
		{"no percentage", rollout.Config{Name: "c", Strategy: rollout.Canary, Minutes: 1}, "routing"},
		{"all of it", rollout.Config{Name: "c", Strategy: rollout.Linear, Percent: 100, Minutes: 1}, "routing"},
		{"less than nothing", rollout.Config{Name: "c", Strategy: rollout.Linear, Percent: -1, Minutes: 1}, "routing"},
		{"no interval", rollout.Config{Name: "c", Strategy: rollout.Canary, Percent: 10}, "routing"},
		{"all at once", rollout.Config{Name: "c", Strategy: rollout.AllAtOnce}, ""},
		{"no name", rollout.Config{Strategy: rollout.AllAtOnce}, "config required"},
		{"a name with a slash", rollout.Config{Name: "a/b", Strategy: rollout.AllAtOnce}, "config"},
		{"a reserved name", rollout.Config{Name: "CodeDeployDefault.Mine", Strategy: rollout.AllAtOnce}, "config"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.config.Validate()
			if tt.noun == "" && err != nil || tt.noun != "" && !fault.Is(err, fault.Invalid, tt.noun) {
				t.Errorf("error %v, want one about %q", err, tt.noun)
			}
		})
	}
}

func TestConfigs(t *testing.T) {
	s := newService(t)
	own, err := s.CreateConfig(t.Context(), rollout.Config{Scope: scope, Name: "Half", Strategy: rollout.Canary, Percent: 50, Minutes: 1})
	if err != nil || own.ID == "" || own.Created.IsZero() {
		t.Fatalf("%+v, %v", own, err)
	}
	names, err := s.Configs(t.Context(), scope)
	want := []string{
		"CodeDeployDefault.LambdaAllAtOnce",
		"CodeDeployDefault.LambdaCanary10Percent10Minutes", "CodeDeployDefault.LambdaCanary10Percent15Minutes",
		"CodeDeployDefault.LambdaCanary10Percent30Minutes", "CodeDeployDefault.LambdaCanary10Percent5Minutes",
		"CodeDeployDefault.LambdaLinear10PercentEvery10Minutes", "CodeDeployDefault.LambdaLinear10PercentEvery1Minute",
		"CodeDeployDefault.LambdaLinear10PercentEvery2Minutes", "CodeDeployDefault.LambdaLinear10PercentEvery3Minutes",
		"Half",
	}
	if err != nil || !slices.Equal(names, want) {
		t.Errorf("%q, %v", names, err)
	}
	for _, name := range want {
		if c, err := s.Config(t.Context(), scope, name); err != nil || c.Name != name {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
	_, err = s.CreateConfig(t.Context(), rollout.Config{Scope: scope, Name: "Half", Strategy: rollout.AllAtOnce})
	wantFault(t, err, fault.Conflict, "config")
	_, err = s.Config(t.Context(), scope, "Third")
	wantFault(t, err, fault.NotFound, "config")
}

func TestDeleteConfig(t *testing.T) {
	s := newService(t)
	mustGroup(t, s, "g", "CodeDeployDefault.LambdaAllAtOnce")
	if _, err := s.CreateConfig(t.Context(), rollout.Config{Scope: scope, Name: "Half", Strategy: rollout.AllAtOnce}); err != nil {
		t.Fatal(err)
	}
	err := s.UpdateGroup(t.Context(), scope, "app", "g", func(g *rollout.Group) { g.Config = "Half" })
	if err != nil {
		t.Fatal(err)
	}
	wantFault(t, s.DeleteConfig(t.Context(), scope, "Half"), fault.Conflict, "config in use")
	wantFault(t, s.DeleteConfig(t.Context(), scope, "CodeDeployDefault.LambdaAllAtOnce"), fault.Invalid, "config")
	if err := s.DeleteGroup(t.Context(), scope, "app", "g"); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second finds none, which is no error
		if err := s.DeleteConfig(t.Context(), scope, "Half"); err != nil {
			t.Error(err)
		}
	}
	_, err = s.Config(t.Context(), scope, "Half")
	wantFault(t, err, fault.NotFound, "config")
}

func config(t *rapid.T) rollout.Config {
	return rollout.Config{
		Strategy: rapid.SampledFrom([]rollout.Strategy{rollout.AllAtOnce, rollout.Canary, rollout.Linear}).Draw(t, "strategy"),
		Percent:  rapid.IntRange(1, 99).Draw(t, "percent"), Minutes: rapid.IntRange(1, 60).Draw(t, "minutes"),
	}
}
