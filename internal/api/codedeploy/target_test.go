package codedeploy

import (
	"maps"
	"slices"
	"testing"

	"sluice/internal/rollout"
)

// The targets of deployments wherever one can stand, as whole answers.
func TestTargetAnswers(t *testing.T) {
	tr := &transcript{desk: newDesk(t)}
	all := stages()
	for _, title := range slices.Sorted(maps.Keys(all)) {
		tr.put(all[title])
		tr.ask(title, "GetDeploymentTarget", object{"deploymentId": all[title].ID, "targetId": "calculator"})
	}
	tr.ask("list", "ListDeploymentTargets", object{"deploymentId": "d-000000003"})
	tr.ask("list of an unusable revision's", "ListDeploymentTargets", object{"deploymentId": "d-000000007"})
	tr.ask("list before the start", "ListDeploymentTargets", object{"deploymentId": "d-000000001"})
	tr.ask("batch", "BatchGetDeploymentTargets", object{"deploymentId": "d-000000003", "targetIds": list{"calculator"}})
	tr.ask("batch before the start", "BatchGetDeploymentTargets", object{"deploymentId": "d-000000001", "targetIds": list{"calculator"}})
	tr.compare("target")
}

func TestFiltersOfTargets(t *testing.T) {
	d := newDesk(t)
	d.put(deployment("d-SHIFTING0", canaryPlan, event(rollout.Start), event(rollout.Claimed), event(rollout.Warmed)),
		deployment("d-STOPPED00", canaryPlan, event(rollout.Start), failure(rollout.Stop, rollout.StopAsked)))
	for _, tt := range []struct {
		id     string
		filter object
		want   string
	}{
		{"d-SHIFTING0", object{}, `["calculator"]`},
		{"d-SHIFTING0", object{"TargetStatus": list{"InProgress"}}, `["calculator"]`},
		{"d-SHIFTING0", object{"TargetStatus": list{"Failed", "InProgress"}}, `["calculator"]`},
		{"d-SHIFTING0", object{"TargetStatus": list{"Failed"}}, `[]`},
		{"d-STOPPED00", object{"TargetStatus": list{"Failed"}}, `["calculator"]`},
		{"d-STOPPED00", object{"TargetStatus": list{"Succeeded"}}, `[]`},
	} {
		out := d.must("ListDeploymentTargets", object{"deploymentId": tt.id, "targetFilters": tt.filter})
		wantJSON(t, out, `{"targetIds": `+tt.want+`}`)
	}
}
