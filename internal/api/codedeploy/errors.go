package codedeploy

import (
	"strings"

	"sluice/internal/api/shape"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// key is what an error is looked up by.
type key struct {
	kind fault.Kind
	noun string
}

// names are AWS's names for errors. All have the status 400 (AWS's page "StopDeployment" and its siblings).
var names = map[key]string{
	{fault.NotFound, "application"}:          "ApplicationDoesNotExistException",
	{fault.NotFound, "group"}:                "DeploymentGroupDoesNotExistException",
	{fault.NotFound, "config"}:               "DeploymentConfigDoesNotExistException",
	{fault.NotFound, "deployment"}:           "DeploymentDoesNotExistException",
	{fault.NotFound, "target"}:               "DeploymentTargetDoesNotExistException",
	{fault.Conflict, "application"}:          "ApplicationAlreadyExistsException",
	{fault.Conflict, "group"}:                "DeploymentGroupAlreadyExistsException",
	{fault.Conflict, "config"}:               "DeploymentConfigAlreadyExistsException",
	{fault.Conflict, "config in use"}:        "DeploymentConfigInUseException",
	{fault.Conflict, "deployment"}:           "InvalidOperationException",
	{fault.Conflict, "deployment ended"}:     "DeploymentAlreadyCompletedException",
	{fault.Conflict, "hook ended"}:           "LifecycleEventAlreadyCompletedException",
	{fault.Conflict, "deployment unstarted"}: "DeploymentNotStartedException",
	{fault.Limit, "application"}:             "ApplicationLimitExceededException",
	{fault.Limit, "group"}:                   "DeploymentGroupLimitExceededException",
	{fault.Limit, "config"}:                  "DeploymentConfigLimitExceededException",
	{fault.Limit, "deployment"}:              "DeploymentLimitExceededException",
	{fault.Limit, "alarms"}:                  "AlarmsLimitExceededException",
	{fault.Limit, "triggers"}:                "TriggerTargetsLimitExceededException",
	{fault.Limit, "tags"}:                    "InvalidTagsToAddException",
	{fault.Limit, "batch"}:                   "BatchLimitExceededException",
	{fault.Limit, "targets"}:                 "DeploymentTargetListSizeExceededException",
	{fault.Invalid, "application"}:           "InvalidApplicationNameException",
	{fault.Invalid, "application required"}:  "ApplicationNameRequiredException",
	{fault.Invalid, "group"}:                 "InvalidDeploymentGroupNameException",
	{fault.Invalid, "group required"}:        "DeploymentGroupNameRequiredException",
	{fault.Invalid, "config"}:                "InvalidDeploymentConfigNameException",
	{fault.Invalid, "config required"}:       "DeploymentConfigNameRequiredException",
	{fault.Invalid, "deployment"}:            "InvalidDeploymentIdException",
	{fault.Invalid, "deployment required"}:   "DeploymentIdRequiredException",
	{fault.Invalid, "target required"}:       "DeploymentTargetIdRequiredException",
	{fault.Invalid, "role"}:                  "InvalidRoleException",
	{fault.Invalid, "role required"}:         "RoleRequiredException",
	{fault.Invalid, "revision"}:              "InvalidRevisionException",
	{fault.Invalid, "revision required"}:     "RevisionRequiredException",
	{fault.Invalid, "execution"}:             "InvalidLifecycleEventHookExecutionIdException",
	{fault.Invalid, "hook status"}:           "InvalidLifecycleEventHookExecutionStatusException",
	{fault.Invalid, "description"}:           "DescriptionTooLongException",
	{fault.Invalid, "routing"}:               "InvalidTrafficRoutingConfigurationException",
	{fault.Invalid, "healthy hosts"}:         "InvalidMinimumHealthyHostValueException",
	{fault.Invalid, "zones"}:                 "InvalidZonalDeploymentConfigurationException",
	{fault.Invalid, "rollback"}:              "InvalidAutoRollbackConfigException",
	{fault.Invalid, "alarms"}:                "InvalidAlarmConfigException",
	{fault.Invalid, "triggers"}:              "InvalidTriggerConfigException",
	{fault.Invalid, "style"}:                 "InvalidDeploymentStyleException",
	{fault.Invalid, "platform"}:              "InvalidComputePlatformException",
	{fault.Invalid, "outdated"}:              "InvalidUpdateOutdatedInstancesOnlyValueException",
	{fault.Invalid, "stop failures"}:         "InvalidIgnoreApplicationStopFailuresValueException",
	{fault.Invalid, "file behavior"}:         "InvalidFileExistsBehaviorException",
	{fault.Invalid, "instances"}:             "InvalidTargetInstancesException",
	{fault.Invalid, "tags"}:                  "InvalidTagsToAddException",
	{fault.Invalid, "tags required"}:         "TagRequiredException",
	{fault.Invalid, "arn"}:                   "InvalidArnException",
	{fault.Invalid, "arn kind"}:              "ArnNotSupportedException",
	{fault.Invalid, "arn required"}:          "ResourceArnRequiredException",
	{fault.Invalid, "status"}:                "InvalidDeploymentStatusException",
	{fault.Invalid, "time range"}:            "InvalidTimeRangeException",
	{fault.Invalid, "external"}:              "InvalidExternalIdException",
	{fault.Invalid, "filter"}:                "InvalidTargetFilterNameException",
	{fault.Invalid, "page"}:                  "InvalidNextTokenException",
	{fault.Invalid, ""}:                      "InvalidInputException",
}

// translate turns an error into AWS's. Nil means that it is our own fault.
func translate(err error) *wire.Error {
	f := fault.Of(err)
	if f.Kind == fault.Unavailable {
		return &wire.Error{Code: "ServiceUnavailable", Status: 503, Message: f.Message, Cause: err}
	}
	code, ok := names[key{f.Kind, f.Noun}]
	if !ok {
		code = names[key{f.Kind, ""}]
	}
	if code == "" {
		return nil
	}
	return &wire.Error{Code: code, Status: 400, Message: f.Message, Cause: err}
}

// nouns are what the model's constraints are about, by a member's name or the beginning of its path.
var nouns = map[string]string{
	"applicationName": "application", "applicationNames": "application", "newApplicationName": "application",
	"deploymentGroupName": "group", "deploymentGroupNames": "group", "currentDeploymentGroupName": "group",
	"newDeploymentGroupName": "group", "deploymentConfigName": "config", "serviceRoleArn": "role",
	"deploymentId": "deployment", "deploymentIds": "deployment", "targetId": "target", "targetIds": "target",
	"computePlatform": "platform", "revision": "revision", "description": "description", "resourceArn": "arn",
	"tags": "tags", "tagKeys": "tags", "deploymentStyle": "style", "alarmConfiguration": "alarms",
	"overrideAlarmConfiguration": "alarms", "autoRollbackConfiguration": "rollback", "triggerConfigurations": "triggers",
	"trafficRoutingConfig": "routing", "minimumHealthyHosts": "healthy hosts", "zonalConfig": "zones",
	"includeOnlyStatuses": "status", "createTimeRange": "time range", "nextToken": "page", "externalId": "external",
	"lifecycleEventHookExecutionId": "execution", "status": "hook status",
	"fileExistsBehavior": "file behavior", "targetInstances": "instances", "targetFilters": "filter",
}

// invalid words a request that breaks the model's constraints with the name that the API has for the first of them.
func invalid(_ *shape.Operation, violations []shape.Violation) *wire.Error {
	first := violations[0]
	member, _, nested := strings.Cut(first.Path, ".")
	noun := nouns[member]
	if _, ok := names[key{fault.Invalid, noun + " required"}]; ok && first.Null && !nested {
		noun += " required"
	}
	return translate(fault.Errorf(fault.Invalid, noun, "%s", shape.Message(violations)))
}
