package resource

import "sluice/internal/stack"

// groupSettings are the properties that creation and update share. Those of servers are handed on, for the API to refuse.
var groupSettings = []string{
	"AlarmConfiguration", "AutoRollbackConfiguration", "AutoScalingGroups", "BlueGreenDeploymentConfiguration", "DeploymentConfigName",
	"DeploymentStyle", "Ec2TagFilters", "Ec2TagSet", "ECSServices", "LoadBalancerInfo", "OnPremisesInstanceTagFilters", "OnPremisesTagSet",
	"OutdatedInstancesStrategy", "ServiceRoleArn", "TerminationHookEnabled", "TriggerConfigurations",
}

// deploymentGroup is AWS::CodeDeploy::DeploymentGroup. Its Ref is the group's name.
func deploymentGroup() *resource {
	return &resource{
		Schema: stack.Schema{Type: "AWS::CodeDeploy::DeploymentGroup", Properties: groupFields()},
		create: func(t *task) (*stack.Made, error) {
			if t.has("Deployment") {
				return nil, failf(invalidRequest, "Sluice makes no deployment along with a group: leave the property Deployment out and use the alias's UpdatePolicy, or CreateDeployment")
			}
			name := t.name("DeploymentGroupName", maxCodeDeployName)
			_, err := t.call("CodeDeploy", "CreateDeploymentGroup", with(t.groupMembers(), members{
				"applicationName": t.text("ApplicationName"), "deploymentGroupName": name, "tags": tagList(t.tags()),
			}))
			return unless(err, &stack.Made{PhysicalID: name})
		},
		find: func(t *task) (*stack.Made, error) {
			return &stack.Made{PhysicalID: t.name("DeploymentGroupName", maxCodeDeployName)}, nil
		},
		update: updateGroup,
		delete: func(t *task) error {
			in := members{"applicationName": t.text("ApplicationName"), "deploymentGroupName": t.PhysicalID}
			_, err := t.call("CodeDeploy", "DeleteDeploymentGroup", in)
			return err
		},
	}
}

func groupFields() fields {
	f := fields{
		"AlarmConfiguration": object(fields{
			"Alarms": list(object(fields{"Name": text()})), "Enabled": flag(), "IgnorePollAlarmFailure": flag(),
		}),
		"ApplicationName":           text(required, replaces),
		"AutoRollbackConfiguration": object(fields{"Enabled": flag(), "Events": list(text())}),
		"Deployment":                anything(), "DeploymentConfigName": text(), "DeploymentGroupName": text(replaces),
		"DeploymentStyle":           object(fields{"DeploymentOption": text(), "DeploymentType": text()}),
		"OutdatedInstancesStrategy": text(kept), "ServiceRoleArn": text(required), "Tags": tagged(), "TerminationHookEnabled": flag(),
		"TriggerConfigurations": list(object(fields{
			"TriggerEvents": list(text()), "TriggerName": text(), "TriggerTargetArn": text(),
		}), kept),
	}
	for _, name := range groupSettings {
		if f[name] == nil {
			f[name] = anything()
		}
	}
	return f
}

// groupMembers are the settings as members. The one that begins with an abbreviation is spelled otherwise.
func (t *task) groupMembers() members {
	in := t.lowered(groupSettings...)
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
	in := with(t.groupMembers(), members{"applicationName": t.text("ApplicationName"), "currentDeploymentGroupName": t.PhysicalID})
	for name, unset := range unsetGroup {
		if t.changed(name) && !t.has(name) {
			in[lower(name)] = unset
		}
	}
	if _, err := t.call("CodeDeploy", "UpdateDeploymentGroup", in); err != nil {
		return nil, err
	}
	key := members{"ResourceArn": t.arn("codedeploy", "deploymentgroup:"+t.text("ApplicationName")+"/"+t.PhysicalID)}
	return unchanged(t), t.retag(codeDeployTags, key)
}
