package codedeploy

import (
	"strings"

	"sluice/internal/api/shape"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// names are AWS's names for errors. All have the status 400, but that of a server that stops (AWS's page "StopDeployment" and its siblings).
var names = wire.Codes{
	fault.NotFound: {
		"application": "ApplicationDoesNotExistException",
		"group":       "DeploymentGroupDoesNotExistException",
		"config":      "DeploymentConfigDoesNotExistException",
		"deployment":  "DeploymentDoesNotExistException",
		"target":      "DeploymentTargetDoesNotExistException",
	},
	fault.Conflict: {
		"application":          "ApplicationAlreadyExistsException",
		"group":                "DeploymentGroupAlreadyExistsException",
		"config":               "DeploymentConfigAlreadyExistsException",
		"config in use":        "DeploymentConfigInUseException",
		"deployment":           "InvalidOperationException",
		"deployment ended":     "DeploymentAlreadyCompletedException",
		"hook ended":           "LifecycleEventAlreadyCompletedException",
		"deployment unstarted": "DeploymentNotStartedException",
	},
	fault.Limit: {
		"application": "ApplicationLimitExceededException",
		"group":       "DeploymentGroupLimitExceededException",
		"config":      "DeploymentConfigLimitExceededException",
		"deployment":  "DeploymentLimitExceededException",
		"alarms":      "AlarmsLimitExceededException",
		"triggers":    "TriggerTargetsLimitExceededException",
		"tags":        "InvalidTagsToAddException",
		"batch":       "BatchLimitExceededException",
		"targets":     "DeploymentTargetListSizeExceededException",
	},
	fault.Invalid: {
		"application":          "InvalidApplicationNameException",
		"application required": "ApplicationNameRequiredException",
		"group":                "InvalidDeploymentGroupNameException",
		"group required":       "DeploymentGroupNameRequiredException",
		"config":               "InvalidDeploymentConfigNameException",
		"config required":      "DeploymentConfigNameRequiredException",
		"deployment":           "InvalidDeploymentIdException",
		"deployment required":  "DeploymentIdRequiredException",
		"target required":      "DeploymentTargetIdRequiredException",
		"role":                 "InvalidRoleException",
		"role required":        "RoleRequiredException",
		"revision":             "InvalidRevisionException",
		"revision required":    "RevisionRequiredException",
		"execution":            "InvalidLifecycleEventHookExecutionIdException",
		"hook status":          "InvalidLifecycleEventHookExecutionStatusException",
		"description":          "DescriptionTooLongException",
		"routing":              "InvalidTrafficRoutingConfigurationException",
		"healthy hosts":        "InvalidMinimumHealthyHostValueException",
		"zones":                "InvalidZonalDeploymentConfigurationException",
		"rollback":             "InvalidAutoRollbackConfigException",
		"alarms":               "InvalidAlarmConfigException",
		"triggers":             "InvalidTriggerConfigException",
		"style":                "InvalidDeploymentStyleException",
		"platform":             "InvalidComputePlatformException",
		"outdated":             "InvalidUpdateOutdatedInstancesOnlyValueException",
		"stop failures":        "InvalidIgnoreApplicationStopFailuresValueException",
		"file behavior":        "InvalidFileExistsBehaviorException",
		"instances":            "InvalidTargetInstancesException",
		"tags":                 "InvalidTagsToAddException",
		"tags required":        "TagRequiredException",
		"arn":                  "InvalidArnException",
		"arn kind":             "ArnNotSupportedException",
		"arn required":         "ResourceArnRequiredException",
		"status":               "InvalidDeploymentStatusException",
		"time range":           "InvalidTimeRangeException",
		"external":             "InvalidExternalIdException",
		"filter":               "InvalidTargetFilterNameException",
		"page":                 "InvalidNextTokenException",
		"":                     "InvalidInputException",
	},
	fault.Unavailable: {"": "ServiceUnavailable"},
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
	if _, ok := names[fault.Invalid][noun+" required"]; ok && first.Null && !nested {
		noun += " required"
	}
	return names.Error(fault.Errorf(fault.Invalid, noun, "%s", shape.Message(violations)))
}
