package codedeploy

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// groupSettings are the properties that creation and update share. Those of servers are handed on, for the API to refuse.
var groupSettings = []string{
	"AlarmConfiguration", "AutoRollbackConfiguration", "AutoScalingGroups", "BlueGreenDeploymentConfiguration", "DeploymentConfigName",
	"DeploymentStyle", "Ec2TagFilters", "Ec2TagSet", "ECSServices", "LoadBalancerInfo", "OnPremisesInstanceTagFilters", "OnPremisesTagSet",
	"OutdatedInstancesStrategy", "ServiceRoleArn", "TerminationHookEnabled", "TriggerConfigurations",
}

// deploymentGroup is AWS::CodeDeploy::DeploymentGroup. Its Ref is the group's name.
func deploymentGroup() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{Type: "AWS::CodeDeploy::DeploymentGroup", Properties: groupFields()},
		Create: func(t *task) (*stack.Made, error) {
			if t.Has("Deployment") {
				return nil, resource.Failf(resource.InvalidRequest, "Sluice makes no deployment along with a group: leave the property Deployment out and use the alias's UpdatePolicy, or CreateDeployment")
			}
			name := t.Name("DeploymentGroupName", maxName)
			_, err := t.Call("CodeDeploy", "CreateDeploymentGroup", resource.With(groupMembers(t), members{
				"applicationName": t.Text("ApplicationName"), "deploymentGroupName": name, "tags": resource.TagList(t.Tags()),
			}))
			return resource.Unless(err, &stack.Made{PhysicalID: name})
		},
		Find: func(t *task) (*stack.Made, error) {
			return &stack.Made{PhysicalID: t.Name("DeploymentGroupName", maxName)}, nil
		},
		Update: updateGroup,
		Delete: func(t *task) error {
			in := members{"applicationName": t.Text("ApplicationName"), "deploymentGroupName": t.PhysicalID}
			_, err := t.Call("CodeDeploy", "DeleteDeploymentGroup", in)
			return err
		},
	}
}

func groupFields() schema.Fields {
	f := schema.Fields{
		"AlarmConfiguration": schema.Object(schema.Fields{
			"Alarms": schema.List(schema.Object(schema.Fields{"Name": schema.String()})), "Enabled": schema.Boolean(), "IgnorePollAlarmFailure": schema.Boolean(),
		}),
		"ApplicationName":           schema.String(schema.Required, schema.Replaces),
		"AutoRollbackConfiguration": schema.Object(schema.Fields{"Enabled": schema.Boolean(), "Events": schema.List(schema.String())}),
		"Deployment":                schema.Any(), "DeploymentConfigName": schema.String(), "DeploymentGroupName": schema.String(schema.Replaces),
		"DeploymentStyle":           schema.Object(schema.Fields{"DeploymentOption": schema.String(), "DeploymentType": schema.String()}),
		"OutdatedInstancesStrategy": schema.String(schema.Kept), "ServiceRoleArn": schema.String(schema.Required), "Tags": schema.Tags(), "TerminationHookEnabled": schema.Boolean(),
		"TriggerConfigurations": schema.List(schema.Object(schema.Fields{
			"TriggerEvents": schema.List(schema.String()), "TriggerName": schema.String(), "TriggerTargetArn": schema.String(),
		}), schema.Kept),
	}
	for _, name := range groupSettings {
		if f[name] == nil {
			f[name] = schema.Any()
		}
	}
	return f
}

// groupMembers are the settings as members. The one that begins with an abbreviation is spelled otherwise.
func groupMembers(t *task) members {
	in := t.Lowered(groupSettings...)
	if services, there := in["eCSServices"]; there {
		delete(in, "eCSServices")
		in["ecsServices"] = services
	}
	return in
}

// unsetGroup are what a group has of what its template gives no more.
var unsetGroup = map[string]any{
	"AlarmConfiguration":        members{"enabled": false, "alarms": []any{}},
	"AutoRollbackConfiguration": members{"enabled": false, "events": []any{}},
	"TriggerConfigurations":     []any{},
	"DeploymentConfigName":      "CodeDeployDefault.OneAtATime",
}

func updateGroup(t *task) (*stack.Made, error) {
	in := resource.With(groupMembers(t), members{"applicationName": t.Text("ApplicationName"), "currentDeploymentGroupName": t.PhysicalID})
	for name, unset := range unsetGroup {
		if t.Changed(name) && !t.Has(name) {
			in[resource.Lower(name)] = unset
		}
	}
	if _, err := t.Call("CodeDeploy", "UpdateDeploymentGroup", in); err != nil {
		return nil, err
	}
	key := members{"ResourceArn": t.ARN("codedeploy", "deploymentgroup:"+t.Text("ApplicationName")+"/"+t.PhysicalID)}
	return resource.Unchanged(t), t.Retag(tagging, key)
}
