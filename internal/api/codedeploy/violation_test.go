package codedeploy

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// long is longer than any name may be.
var long = strings.Repeat("a", 101)

// violations change one member of a valid request to what can't be, and name the exception for that.
var violations = []struct {
	operation, member string
	value             any
	want              string
}{
	{"CreateApplication", "applicationName", long, "InvalidApplicationNameException"},
	{"CreateApplication", "applicationName", "", "InvalidApplicationNameException"},
	{"CreateApplication", "applicationName", "a b", "InvalidApplicationNameException"},
	{"CreateApplication", "applicationName", "app", "ApplicationAlreadyExistsException"},
	{"CreateApplication", "computePlatform", "Lamda", "InvalidComputePlatformException"},
	{"CreateApplication", "computePlatform", "Server", "InvalidComputePlatformException"},
	{"CreateApplication", "computePlatform", "ECS", "InvalidComputePlatformException"},
	{"CreateApplication", "computePlatform", nil, "InvalidComputePlatformException"},
	{"CreateApplication", "tags", list{object{"Key": "", "Value": "x"}}, "InvalidTagsToAddException"},
	{"CreateApplication", "tags", list{object{"Value": "x"}}, "InvalidTagsToAddException"},
	{"CreateApplication", "tags", tags(51), "InvalidTagsToAddException"},
	{"CreateApplication", "tags", list{object{"Key": strings.Repeat("k", 129)}}, "InvalidTagsToAddException"},
	{"GetApplication", "applicationName", "none", "ApplicationDoesNotExistException"},
	{"GetApplication", "applicationName", long, "InvalidApplicationNameException"},
	{"GetApplication", "applicationName", "", "InvalidApplicationNameException"},
	{"BatchGetApplications", "applicationNames", list{"app", "none"}, "ApplicationDoesNotExistException"},
	{"BatchGetApplications", "applicationNames", list{long}, "InvalidApplicationNameException"},
	{"BatchGetApplications", "applicationNames", repeat("app", 101), "BatchLimitExceededException"},
	{"BatchGetApplications", "applicationNames", list{}, "ApplicationNameRequiredException"},
	{"ListApplications", "nextToken", "%", "InvalidNextTokenException"},
	{"UpdateApplication", "applicationName", nil, "ApplicationNameRequiredException"},
	{"UpdateApplication", "applicationName", "none", "ApplicationDoesNotExistException"},
	{"UpdateApplication", "newApplicationName", nil, "ApplicationNameRequiredException"},
	{"UpdateApplication", "newApplicationName", "a/b", "InvalidApplicationNameException"},
	{"UpdateApplication", "newApplicationName", long, "InvalidApplicationNameException"},
	{"DeleteApplication", "applicationName", long, "InvalidApplicationNameException"},
	{"DeleteApplication", "applicationName", "", "InvalidApplicationNameException"},

	{"CreateDeploymentGroup", "applicationName", "none", "ApplicationDoesNotExistException"},
	{"CreateDeploymentGroup", "deploymentGroupName", long, "InvalidDeploymentGroupNameException"},
	{"CreateDeploymentGroup", "deploymentGroupName", "", "InvalidDeploymentGroupNameException"},
	{"CreateDeploymentGroup", "deploymentGroupName", "a b", "InvalidDeploymentGroupNameException"},
	{"CreateDeploymentGroup", "deploymentGroupName", "group", "DeploymentGroupAlreadyExistsException"},
	{"CreateDeploymentGroup", "deploymentConfigName", "none", "DeploymentConfigDoesNotExistException"},
	{"CreateDeploymentGroup", "deploymentConfigName", long, "InvalidDeploymentConfigNameException"},
	{"CreateDeploymentGroup", "serviceRoleArn", "", "RoleRequiredException"},
	{"CreateDeploymentGroup", "triggerConfigurations", triggersOf(11), "TriggerTargetsLimitExceededException"},
	{"CreateDeploymentGroup", "triggerConfigurations", list{object{"triggerEvents": list{"Whatever"}}}, "InvalidTriggerConfigException"},
	{"CreateDeploymentGroup", "alarmConfiguration", alarmsOf(true, numbered(11)...), "AlarmsLimitExceededException"},
	{"CreateDeploymentGroup", "alarmConfiguration", alarmsOf(true), "InvalidAlarmConfigException"},
	{"CreateDeploymentGroup", "alarmConfiguration", alarmsOf(false, "a", "a"), "InvalidAlarmConfigException"},
	{"CreateDeploymentGroup", "alarmConfiguration", alarmsOf(true, ""), "InvalidAlarmConfigException"},
	{"CreateDeploymentGroup", "alarmConfiguration", alarmsOf(true, strings.Repeat("a", 256)), "InvalidAlarmConfigException"},
	{"CreateDeploymentGroup", "autoRollbackConfiguration", object{"enabled": true}, "InvalidAutoRollbackConfigException"},
	{"CreateDeploymentGroup", "autoRollbackConfiguration", object{"enabled": true, "events": list{"NEVER"}}, "InvalidAutoRollbackConfigException"},
	{"CreateDeploymentGroup", "deploymentStyle", object{"deploymentType": "IN_PLACE"}, "InvalidDeploymentStyleException"},
	{"CreateDeploymentGroup", "deploymentStyle", object{"deploymentType": "BLUE_GREEN"}, "InvalidDeploymentStyleException"},
	{"CreateDeploymentGroup", "deploymentStyle", object{"deploymentType": "PURPLE"}, "InvalidDeploymentStyleException"},
	{"CreateDeploymentGroup", "outdatedInstancesStrategy", "FORGET", "InvalidInputException"},
	{"CreateDeploymentGroup", "tags", tags(51), "InvalidTagsToAddException"},
	{"GetDeploymentGroup", "applicationName", "none", "ApplicationDoesNotExistException"},
	{"GetDeploymentGroup", "deploymentGroupName", "none", "DeploymentGroupDoesNotExistException"},
	{"GetDeploymentGroup", "deploymentGroupName", "", "InvalidDeploymentGroupNameException"},
	{"BatchGetDeploymentGroups", "applicationName", "none", "ApplicationDoesNotExistException"},
	{"BatchGetDeploymentGroups", "deploymentGroupNames", repeat("group", 101), "BatchLimitExceededException"},
	{"BatchGetDeploymentGroups", "deploymentGroupNames", list{long}, "InvalidDeploymentGroupNameException"},
	{"BatchGetDeploymentGroups", "deploymentGroupNames", list{}, "DeploymentGroupNameRequiredException"},
	{"ListDeploymentGroups", "applicationName", "none", "ApplicationDoesNotExistException"},
	{"ListDeploymentGroups", "nextToken", "=", "InvalidNextTokenException"},
	{"UpdateDeploymentGroup", "applicationName", "none", "ApplicationDoesNotExistException"},
	{"UpdateDeploymentGroup", "currentDeploymentGroupName", "none", "DeploymentGroupDoesNotExistException"},
	{"UpdateDeploymentGroup", "currentDeploymentGroupName", long, "InvalidDeploymentGroupNameException"},
	{"UpdateDeploymentGroup", "newDeploymentGroupName", "idle", "DeploymentGroupAlreadyExistsException"},
	{"UpdateDeploymentGroup", "newDeploymentGroupName", "a b", "InvalidDeploymentGroupNameException"},
	{"UpdateDeploymentGroup", "deploymentConfigName", "none", "DeploymentConfigDoesNotExistException"},
	{"UpdateDeploymentGroup", "autoRollbackConfiguration", object{"enabled": true}, "InvalidAutoRollbackConfigException"},
	{"UpdateDeploymentGroup", "alarmConfiguration", alarmsOf(true), "InvalidAlarmConfigException"},
	{"UpdateDeploymentGroup", "deploymentStyle", object{"deploymentType": "IN_PLACE"}, "InvalidDeploymentStyleException"},
	{"UpdateDeploymentGroup", "triggerConfigurations", triggersOf(11), "TriggerTargetsLimitExceededException"},
	{"DeleteDeploymentGroup", "deploymentGroupName", long, "InvalidDeploymentGroupNameException"},
	{"DeleteDeploymentGroup", "deploymentGroupName", "", "InvalidDeploymentGroupNameException"},

	{"CreateDeploymentConfig", "deploymentConfigName", long, "InvalidDeploymentConfigNameException"},
	{"CreateDeploymentConfig", "deploymentConfigName", "", "InvalidDeploymentConfigNameException"},
	{"CreateDeploymentConfig", "deploymentConfigName", "CodeDeployDefault.Mine", "InvalidDeploymentConfigNameException"},
	{"CreateDeploymentConfig", "deploymentConfigName", "own", "DeploymentConfigAlreadyExistsException"},
	{"CreateDeploymentConfig", "computePlatform", "Server", "InvalidComputePlatformException"},
	{"CreateDeploymentConfig", "minimumHealthyHosts", object{"type": "HOST_COUNT", "value": 1}, "InvalidMinimumHealthyHostValueException"},
	{"CreateDeploymentConfig", "minimumHealthyHosts", object{"type": "SOME"}, "InvalidMinimumHealthyHostValueException"},
	{"CreateDeploymentConfig", "zonalConfig", object{"monitorDurationInSeconds": 1}, "InvalidZonalDeploymentConfigurationException"},
	{"CreateDeploymentConfig", "trafficRoutingConfig", nil, "InvalidTrafficRoutingConfigurationException"},
	{"CreateDeploymentConfig", "trafficRoutingConfig", object{"type": "Sudden"}, "InvalidTrafficRoutingConfigurationException"},
	{"CreateDeploymentConfig", "trafficRoutingConfig", object{}, "InvalidTrafficRoutingConfigurationException"},
	{"CreateDeploymentConfig", "trafficRoutingConfig", object{"type": "TimeBasedCanary"}, "InvalidTrafficRoutingConfigurationException"},
	{"CreateDeploymentConfig", "trafficRoutingConfig", canaryOf(0, 5), "InvalidTrafficRoutingConfigurationException"},
	{"CreateDeploymentConfig", "trafficRoutingConfig", canaryOf(100, 5), "InvalidTrafficRoutingConfigurationException"},
	{"CreateDeploymentConfig", "trafficRoutingConfig", canaryOf(10, 0), "InvalidTrafficRoutingConfigurationException"},
	{"CreateDeploymentConfig", "trafficRoutingConfig", canaryOf(10, 2881), "InvalidTrafficRoutingConfigurationException"},
	{"CreateDeploymentConfig", "trafficRoutingConfig", canaryOf(1<<40, 1<<40), "InvalidTrafficRoutingConfigurationException"},
	{"CreateDeploymentConfig", "trafficRoutingConfig", linearOf(1, 30), "InvalidTrafficRoutingConfigurationException"},
	{"CreateDeploymentConfig", "trafficRoutingConfig", linearOf(1, 1<<62), "InvalidTrafficRoutingConfigurationException"},
	{"GetDeploymentConfig", "deploymentConfigName", "none", "DeploymentConfigDoesNotExistException"},
	{"GetDeploymentConfig", "deploymentConfigName", "", "InvalidDeploymentConfigNameException"},
	{"ListDeploymentConfigs", "nextToken", "~", "InvalidNextTokenException"},
	{"DeleteDeploymentConfig", "deploymentConfigName", "CodeDeployDefault.LambdaAllAtOnce", "InvalidDeploymentConfigNameException"},
	{"DeleteDeploymentConfig", "deploymentConfigName", "", "InvalidDeploymentConfigNameException"},

	{"CreateDeployment", "applicationName", "none", "ApplicationDoesNotExistException"},
	{"CreateDeployment", "deploymentGroupName", "none", "DeploymentGroupDoesNotExistException"},
	{"CreateDeployment", "deploymentGroupName", nil, "DeploymentGroupNameRequiredException"},
	{"CreateDeployment", "deploymentGroupName", "", "InvalidDeploymentGroupNameException"},
	{"CreateDeployment", "deploymentGroupName", "idle", "DeploymentLimitExceededException"},
	{"CreateDeployment", "deploymentConfigName", "none", "DeploymentConfigDoesNotExistException"},
	{"CreateDeployment", "deploymentConfigName", long, "InvalidDeploymentConfigNameException"},
	{"CreateDeployment", "description", strings.Repeat("ä", 257), "DescriptionTooLongException"},
	{"CreateDeployment", "ignoreApplicationStopFailures", true, "InvalidIgnoreApplicationStopFailuresValueException"},
	{"CreateDeployment", "updateOutdatedInstancesOnly", true, "InvalidUpdateOutdatedInstancesOnlyValueException"},
	{"CreateDeployment", "fileExistsBehavior", "OVERWRITE", "InvalidFileExistsBehaviorException"},
	{"CreateDeployment", "fileExistsBehavior", "BURN", "InvalidFileExistsBehaviorException"},
	{"CreateDeployment", "autoRollbackConfiguration", object{"enabled": true}, "InvalidAutoRollbackConfigException"},
	{"CreateDeployment", "overrideAlarmConfiguration", alarmsOf(true), "InvalidAlarmConfigException"},
	{"CreateDeployment", "overrideAlarmConfiguration", alarmsOf(true, numbered(11)...), "AlarmsLimitExceededException"},
	{"CreateDeployment", "targetInstances", object{"autoScalingGroups": list{"x"}}, "InvalidTargetInstancesException"},
	{"CreateDeployment", "targetInstances", object{"tagFilters": list{object{"Type": "?"}}}, "InvalidTargetInstancesException"},
	{"GetDeployment", "deploymentId", "d-999999999", "DeploymentDoesNotExistException"},
	{"GetDeployment", "deploymentId", "d-99999999", "InvalidDeploymentIdException"},
	{"GetDeployment", "deploymentId", "d-00000000a", "InvalidDeploymentIdException"},
	{"GetDeployment", "deploymentId", "", "DeploymentIdRequiredException"},
	{"BatchGetDeployments", "deploymentIds", list{"x"}, "InvalidDeploymentIdException"},
	{"BatchGetDeployments", "deploymentIds", list{}, "DeploymentIdRequiredException"},
	{"BatchGetDeployments", "deploymentIds", repeat("d-000000003", 101), "BatchLimitExceededException"},
	{"ListDeployments", "applicationName", nil, "ApplicationNameRequiredException"},
	{"ListDeployments", "applicationName", "none", "ApplicationDoesNotExistException"},
	{"ListDeployments", "applicationName", long, "InvalidApplicationNameException"},
	{"ListDeployments", "deploymentGroupName", nil, "DeploymentGroupNameRequiredException"},
	{"ListDeployments", "deploymentGroupName", "none", "DeploymentGroupDoesNotExistException"},
	{"ListDeployments", "externalId", "stack", "InvalidExternalIdException"},
	{"ListDeployments", "includeOnlyStatuses", list{"Succeeded", "Done"}, "InvalidDeploymentStatusException"},
	{"ListDeployments", "createTimeRange", object{"start": 2, "end": 1}, "InvalidTimeRangeException"},
	{"ListDeployments", "nextToken", "!", "InvalidNextTokenException"},
	{"ListDeployments", "nextToken", *deployments.Token("d-999999999"), "InvalidNextTokenException"},
	{"StopDeployment", "deploymentId", "d-999999999", "DeploymentDoesNotExistException"},
	{"StopDeployment", "deploymentId", "x", "InvalidDeploymentIdException"},
	{"StopDeployment", "deploymentId", "", "DeploymentIdRequiredException"},

	{"ListDeploymentTargets", "deploymentId", "d-999999999", "DeploymentDoesNotExistException"},
	{"ListDeploymentTargets", "deploymentId", "x", "InvalidDeploymentIdException"},
	{"ListDeploymentTargets", "deploymentId", "d-000000001", "DeploymentNotStartedException"},
	{"ListDeploymentTargets", "targetFilters", object{"ServerInstanceLabel": list{"Blue"}}, "InvalidTargetFilterNameException"},
	{"ListDeploymentTargets", "targetFilters", object{"Colour": list{"Blue"}}, "InvalidTargetFilterNameException"},
	{"ListDeploymentTargets", "nextToken", "!", "InvalidNextTokenException"},
	{"GetDeploymentTarget", "deploymentId", "d-999999999", "DeploymentDoesNotExistException"},
	{"GetDeploymentTarget", "deploymentId", "d-000000001", "DeploymentNotStartedException"},
	{"GetDeploymentTarget", "targetId", "none", "DeploymentTargetDoesNotExistException"},
	{"GetDeploymentTarget", "targetId", "", "DeploymentTargetIdRequiredException"},
	{"BatchGetDeploymentTargets", "deploymentId", "d-000000001", "DeploymentNotStartedException"},
	{"BatchGetDeploymentTargets", "targetIds", list{"calculator", "none"}, "DeploymentTargetDoesNotExistException"},
	{"BatchGetDeploymentTargets", "targetIds", list{}, "DeploymentTargetIdRequiredException"},
	{"BatchGetDeploymentTargets", "targetIds", repeat("calculator", 101), "DeploymentTargetListSizeExceededException"},
}

func TestInvalidMembers(t *testing.T) {
	d := newDesk(t)
	requests := valid(stock(d))
	d.put(group("app", "group2"), deployment("d-000000001", canaryPlan))
	exceptions := readExceptions(t)
	for _, tt := range violations {
		in := object{}
		for member, value := range requests[tt.operation] {
			in[member] = value
		}
		in[tt.member] = tt.value
		if tt.value == nil {
			delete(in, tt.member)
		}
		code, message := d.refused(tt.operation, in)
		if code != tt.want {
			t.Errorf("%s with %s %.60s: %s (%s), want %s", tt.operation, tt.member, fmt.Sprint(tt.value), code, message, tt.want)
		}
		if !slices.Contains(exceptions[tt.operation], code) {
			t.Errorf("AWS's %s has no %s", tt.operation, code)
		}
	}
}

// Requests that are no requests get an error and no 5xx.
func TestMalformedRequests(t *testing.T) {
	d := newDesk(t)
	for _, body := range []string{"", "{", "[]", "null", `"x"`, `{"applicationName": 7}`, `{"applicationName": ["a"]}`, `{"tags": {}}`, "\x00", `{"applicationName":"\ud800"}`} {
		status, answer := serve(t, d.server, "CreateApplication", []byte(body))
		if status != 400 {
			t.Errorf("%q: %d %s", body, status, answer)
		}
	}
}

func tags(n int) list {
	var all list
	for i := range n {
		all = append(all, object{"Key": fmt.Sprint(i), "Value": "x"})
	}
	return all
}

func triggersOf(n int) list {
	var all list
	for i := range n {
		all = append(all, object{"triggerName": fmt.Sprint(i), "triggerTargetArn": "arn:aws:sns:us-east-1:000000000000:t",
			"triggerEvents": list{"DeploymentFailure"}})
	}
	return all
}

func alarmsOf(enabled bool, names ...string) object {
	alarms := list{}
	for _, name := range names {
		alarms = append(alarms, object{"name": name})
	}
	return object{"enabled": enabled, "alarms": alarms}
}

func numbered(n int) (names []string) {
	for i := range n {
		names = append(names, fmt.Sprint(i))
	}
	return names
}

func repeat(item any, n int) list { return slices.Repeat(list{item}, n) }

func canaryOf(percent, minutes int) object {
	return object{"type": "TimeBasedCanary", "timeBasedCanary": object{"canaryPercentage": percent, "canaryInterval": minutes}}
}

func linearOf(percent, minutes int) object {
	return object{"type": "TimeBasedLinear", "timeBasedLinear": object{"linearPercentage": percent, "linearInterval": minutes}}
}
