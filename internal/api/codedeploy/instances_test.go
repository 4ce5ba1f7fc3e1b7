package codedeploy

import (
	"strings"
	"testing"
)

// A request that sets what concerns servers and containers is refused by the member's name; empty ones say nothing.
func TestMembersOfServers(t *testing.T) {
	d := newDesk(t)
	requests := valid(stock(d))
	d.put(group("app", "group2"))
	for _, tt := range []struct {
		operation, member string
		value, nothing    any
	}{
		{"CreateDeploymentGroup", "ec2TagFilters", list{object{"Key": "k"}}, list{}},
		{"CreateDeploymentGroup", "onPremisesInstanceTagFilters", list{object{"Key": "k"}}, list{}},
		{"CreateDeploymentGroup", "autoScalingGroups", list{"asg"}, list{}},
		{"CreateDeploymentGroup", "blueGreenDeploymentConfiguration", object{"deploymentReadyOption": object{"actionOnTimeout": "STOP_DEPLOYMENT"}}, object{}},
		{"CreateDeploymentGroup", "loadBalancerInfo", object{"elbInfoList": list{object{"name": "lb"}}}, object{}},
		{"CreateDeploymentGroup", "ec2TagSet", object{"ec2TagSetList": list{list{object{"Key": "k"}}}}, object{}},
		{"CreateDeploymentGroup", "ecsServices", list{object{"serviceName": "s"}}, list{}},
		{"CreateDeploymentGroup", "onPremisesTagSet", object{"onPremisesTagSetList": list{list{object{"Key": "k"}}}}, object{}},
		{"CreateDeploymentGroup", "terminationHookEnabled", true, false},
		{"UpdateDeploymentGroup", "ecsServices", list{object{"serviceName": "s"}}, list{}},
		{"UpdateDeploymentGroup", "autoScalingGroups", list{"asg"}, list{}},
		{"CreateDeployment", "targetInstances", object{"autoScalingGroups": list{"asg"}}, object{}},
	} {
		in := object{}
		for member, value := range requests[tt.operation] {
			in[member] = value
		}
		in[tt.member] = tt.value
		if _, message := d.refused(tt.operation, in); !strings.Contains(message, tt.member) {
			t.Errorf("%s with %s says %q", tt.operation, tt.member, message)
		}
		in[tt.member] = tt.nothing
		if tt.operation == "CreateDeploymentGroup" {
			in["deploymentGroupName"] = tt.member
		}
		d.must(tt.operation, in)
		if tt.operation == "UpdateDeploymentGroup" { // back, for the next row
			d.must(tt.operation, object{"applicationName": "app", "currentDeploymentGroupName": "renamed", "newDeploymentGroupName": "group"})
		}
	}
}
