package codedeploy

import (
	"encoding/json"
	"testing"

	"sluice/internal/rollout"
)

func TestAHooksReport(t *testing.T) {
	d := newDesk(t)
	stock(d)
	d.put(stages()["13 waits for the hook before"])
	d.start()
	report := func(execution, status string) object {
		return object{"deploymentId": "d-000000013", "lifecycleEventHookExecutionId": execution, "status": status}
	}
	const operation = "PutLifecycleEventHookExecutionStatus"
	for _, status := range []string{"InProgress", "Pending", "Skipped", "Unknown"} {
		d.wantRefused("InvalidLifecycleEventHookExecutionStatusException", operation, report("before's", status))
	}
	d.wantRefused("InvalidLifecycleEventHookExecutionIdException", operation, report("nobody's", "Succeeded"))
	d.wantRefused("InvalidLifecycleEventHookExecutionIdException", operation, report("after's", "Succeeded")) // not begun
	d.wantRefused("DeploymentDoesNotExistException", operation,
		object{"deploymentId": "d-NOTTHERE0", "lifecycleEventHookExecutionId": "before's", "status": "Succeeded"})
	if out := d.must(operation, report("before's", "Succeeded")); out["lifecycleEventHookExecutionId"] != "before's" {
		t.Errorf("answer %v", out)
	}
	d.wantRefused("LifecycleEventAlreadyCompletedException", operation, report("before's", "Succeeded"))
	d.wantRefused("LifecycleEventAlreadyCompletedException", operation, report("before's", "Failed"))
}

func TestWhatAHookIsToldOf(t *testing.T) {
	d := deployment("d-000000001", canaryPlan)
	call := rollout.HookCall{Deployment: d, Phase: rollout.AfterAllowTraffic, Execution: "after's"}
	event, err := HookEvent(call)
	if want := `{"DeploymentId":"d-000000001","LifecycleEventHookExecutionId":"after's"}`; err != nil || string(event) != want {
		t.Errorf("event %s, %v", event, err)
	}
	text, err := HookContext(call)
	var about struct{ Custom map[string]string }
	if err != nil || json.Unmarshal([]byte(text), &about) != nil {
		t.Fatalf("%s, %v", text, err)
	}
	for name, want := range map[string]string{
		"lifecycleEvent": "AfterAllowTraffic", "functionName": "calculator", "functionAlias": "LIVE", "currentVersion": "1", "targetVersion": "2",
	} {
		if about.Custom[name] != want {
			t.Errorf("%s is %q, want %q", name, about.Custom[name], want)
		}
	}
}
