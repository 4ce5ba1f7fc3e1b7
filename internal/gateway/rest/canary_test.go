package rest

import (
	"math"
	"testing"

	"sluice/internal/function"
	"sluice/internal/restapi"
)

// canaried is a stage whose canary gets so many percent.
func canaried(percent float64) *restapi.View {
	id := restapi.ID{Scope: function.Scope{Account: owner, Region: "us-east-1"}, API: apiID}
	return &restapi.View{
		API: id, Deployment: &restapi.Deployment{ID: "main"}, Canary: &restapi.Deployment{ID: "canary"},
		Stage: &restapi.Stage{Name: "dev", Variables: map[string]string{"a": "1", "b": "1"}, Canary: &restapi.Canary{Percent: percent, Variables: map[string]string{"b": "2", "c": "2"}}},
	}
}

// After any number of requests the canary has had its share of them, rounded down or up.
func TestACanaryGetsItsShareExactly(t *testing.T) {
	for _, percent := range []float64{0, 0.5, 10, 33.3, 50, 90, 100} {
		s := compileStage(canaried(percent)).(*stage)
		got := 0.0
		for n := 1.0; n <= 1000; n++ {
			if s.choose().canary {
				got++
			}
			if share := n * percent / 100; math.Abs(got-share) >= 1 {
				t.Fatalf("after %v requests the canary with %v %% has had %v", n, percent, got)
			}
		}
	}
}

func TestAStageWithoutACanaryShowsItsDeployment(t *testing.T) {
	for name, change := range map[string]func(*restapi.View){
		"no deployment of its own": func(v *restapi.View) { v.Canary = nil },
		"no settings":              func(v *restapi.View) { v.Stage.Canary = nil },
	} {
		t.Run(name, func(t *testing.T) {
			v := canaried(100)
			change(v)
			if got := compileStage(v).(*stage).choose(); got.deployment != "main" || got.canary {
				t.Errorf("the request goes to %s", got.deployment)
			}
		})
	}
}

func TestACanarysVariablesLieOverTheStages(t *testing.T) {
	v := canaried(100)
	s := compileStage(v).(*stage)
	if got := s.choose().variables; len(got) != 3 || got["a"] != "1" || got["b"] != "2" || got["c"] != "2" {
		t.Errorf("the canary has %v", got)
	}
	if len(s.main.variables) != 2 || s.main.variables["b"] != "1" || v.Stage.Variables["c"] != "" {
		t.Errorf("the stage has %v", s.main.variables)
	}
	v.Stage.Variables = nil
	if got := compileStage(v).(*stage).choose().variables; len(got) != 2 {
		t.Errorf("over none: %v", got)
	}
}
