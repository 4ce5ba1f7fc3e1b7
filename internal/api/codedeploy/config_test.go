package codedeploy

import (
	"fmt"
	"testing"

	"sluice/internal/rollout"
)

func TestConfigAnswers(t *testing.T) {
	tr := &transcript{desk: newDesk(t)}
	own := func(name string, strategy rollout.Strategy, percent, minutes int) *rollout.Config {
		return &rollout.Config{Scope: here, Name: name, ID: "8d2b5ac0-6a1c-4f5e-9b86-3f0a0b4a5f11", Created: noon, Strategy: strategy, Percent: percent, Minutes: minutes}
	}
	g := group("app", "group")
	g.Config = "Canary25"
	tr.put(own("Canary25", rollout.Canary, 25, 7), own("Linear33", rollout.Linear, 33, 2), own("Once", rollout.AllAtOnce, 0, 0), application("app"), g)
	names := []string{"Canary25", "Linear33", "Once", "CodeDeployDefault.LambdaAllAtOnce", "CodeDeployDefault.LambdaCanary10Percent30Minutes",
		"CodeDeployDefault.LambdaLinear10PercentEvery1Minute", "CodeDeployDefault.LambdaLinear10PercentEvery10Minutes", "CodeDeployDefault.OneAtATime"}
	for _, name := range names {
		tr.ask(name, "GetDeploymentConfig", object{"deploymentConfigName": name})
	}
	tr.ask("list", "ListDeploymentConfigs", object{})
	tr.ask("deletion of one that a group names", "DeleteDeploymentConfig", object{"deploymentConfigName": "Canary25"})
	tr.ask("deletion", "DeleteDeploymentConfig", object{"deploymentConfigName": "Once"})
	tr.ask("deletion of what is gone", "DeleteDeploymentConfig", object{"deploymentConfigName": "Once"})
	tr.compare("config")
}

func TestAConfigIsShownAsItWasCreated(t *testing.T) {
	d := newDesk(t)
	for i, routing := range []object{canaryOf(1, 2880), canaryOf(99, 1), linearOf(50, 2880), linearOf(7, 1), {"type": "AllAtOnce"}} {
		name := fmt.Sprint("own-", i)
		made := d.must("CreateDeploymentConfig", object{"deploymentConfigName": name, "computePlatform": "Lambda", "trafficRoutingConfig": routing})
		shown := d.must("GetDeploymentConfig", object{"deploymentConfigName": name})["deploymentConfigInfo"].(map[string]any)
		if made["deploymentConfigId"] != shown["deploymentConfigId"] || shown["computePlatform"] != "Lambda" {
			t.Errorf("created %v, shown %v", made, shown)
		}
		if fmt.Sprint(shown["trafficRoutingConfig"]) != fmt.Sprint(routing) {
			t.Errorf("the routing is %v, want %v", shown["trafficRoutingConfig"], routing)
		}
	}
}

func TestListsOfConfigsArePaged(t *testing.T) {
	d := newDesk(t)
	predefined := d.must("ListDeploymentConfigs", object{})["deploymentConfigsList"].([]any)
	if len(predefined) != 9 {
		t.Errorf("predefined are %v, want nine", predefined)
	}
	var want list
	for i := range 95 {
		name := fmt.Sprintf("a-%03d", i) // behind the capital of CodeDeployDefault
		d.put(&rollout.Config{Scope: here, Name: name, Strategy: rollout.AllAtOnce})
		want = append(want, name)
	}
	wantPages(t, d, "ListDeploymentConfigs", object{}, "deploymentConfigsList", append(list(predefined), want...), 100, 4)
}

// A config refers to what its type names, and to nothing else.
func TestARoutingHasThePartThatItsTypeNames(t *testing.T) {
	d := newDesk(t)
	canary, linear := canaryOf(10, 5)["timeBasedCanary"], linearOf(10, 5)["timeBasedLinear"]
	for i, routing := range []object{
		{"type": "TimeBasedCanary", "timeBasedLinear": linear},
		{"type": "TimeBasedCanary", "timeBasedLinear": linear, "timeBasedCanary": canary},
		{"type": "TimeBasedLinear", "timeBasedCanary": canary},
		{"type": "AllAtOnce", "timeBasedCanary": canary},
		{"timeBasedCanary": canary},
		{"type": "TimeBasedCanary", "timeBasedCanary": object{"canaryPercentage": 10}},
		{"type": "TimeBasedLinear", "timeBasedLinear": object{"linearInterval": 10}},
	} {
		d.wantRefused("InvalidTrafficRoutingConfigurationException", "CreateDeploymentConfig",
			object{"deploymentConfigName": fmt.Sprint(i), "computePlatform": "Lambda", "trafficRoutingConfig": routing})
	}
	if all := d.must("ListDeploymentConfigs", object{})["deploymentConfigsList"].([]any); len(all) != 9 {
		t.Errorf("there are %v", all)
	}
}
