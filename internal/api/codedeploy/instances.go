package codedeploy

import (
	"reflect"
	"strings"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// checkPlatform refuses servers and containers. A request that names no platform means servers.
func checkPlatform(asked *string) error {
	if wire.Value(asked) == platform {
		return nil
	}
	return fault.Errorf(fault.Invalid, "platform",
		"Sluice serves the compute platform Lambda alone: set computePlatform to Lambda (without it, CodeDeploy means Server)")
}

// refuseInstances refuses a request that sets one of the members, which concern servers and containers. They are named
// as in the request's structure.
func refuseInstances(in any, members ...string) error {
	var given []string
	for _, name := range members {
		if v := reflect.ValueOf(in).Elem().FieldByName(name); says(v) {
			given = append(given, strings.ToLower(name[:1])+name[1:])
		}
	}
	if given == nil {
		return nil
	}
	return fault.Errorf(fault.Invalid, "members", "%s can't be specified for the compute platform Lambda", strings.Join(given, ", "))
}

// says reports whether a member says more than its absence would.
func says(v reflect.Value) bool {
	if v.Kind() == reflect.Slice {
		return v.Len() > 0
	}
	return !v.IsNil() && !v.Elem().IsZero()
}

// ofInstances are the members of a group that concern servers and containers.
var ofInstances = []string{
	"Ec2TagFilters", "OnPremisesInstanceTagFilters", "AutoScalingGroups", "BlueGreenDeploymentConfiguration", "LoadBalancerInfo",
	"Ec2TagSet", "EcsServices", "OnPremisesTagSet", "Ec2DeploymentOptions", "TerminationHookEnabled",
}
