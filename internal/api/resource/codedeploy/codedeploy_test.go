package codedeploy_test

import (
	"strings"
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func TestCodeDeploy(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	app := f.Order("App", "AWS::CodeDeploy::Application", object{"ComputePlatform": "Lambda"})
	name := f.Create(app).PhysicalID
	f.Update(f.Change(app, object{"Tags": []any{object{"Key": "own", "Value": "1"}}}))
	tags := f.Call("CodeDeploy", "ListTagsForResource", object{"ResourceArn": f.ARN("codedeploy", "application:"+name)})
	f.Tagged("App", tags["Tags"], map[string]string{"own": "1"})

	config := f.Order("Config", "AWS::CodeDeploy::DeploymentConfig", object{
		"DeploymentConfigName": "quick", "ComputePlatform": "Lambda",
		"TrafficRoutingConfig": object{"Type": "TimeBasedLinear", "TimeBasedLinear": object{"LinearInterval": "1", "LinearPercentage": "50"}},
	})
	f.Create(config)
	shown := f.Call("CodeDeploy", "GetDeploymentConfig", object{"deploymentConfigName": "quick"})
	f.Equal("the step", resourcetest.At(shown, "deploymentConfigInfo", "trafficRoutingConfig", "timeBasedLinear", "linearPercentage"), 50)

	group := f.Order("Group", "AWS::CodeDeploy::DeploymentGroup", object{
		"ApplicationName": name, "DeploymentConfigName": "quick", "ServiceRoleArn": resourcetest.RoleARN,
		"AlarmConfiguration": object{"Enabled": true, "Alarms": []any{object{"Name": "a"}}},
	})
	groupName := f.Create(group).PhysicalID
	next := f.Change(group, object{"AlarmConfiguration": nil, "DeploymentConfigName": "CodeDeployDefault.LambdaAllAtOnce", "Tags": []any{object{"Key": "k", "Value": "v"}}})
	f.Update(next)
	tags = f.Call("CodeDeploy", "ListTagsForResource", object{"ResourceArn": f.ARN("codedeploy", "deploymentgroup:"+name+"/"+groupName)})
	f.Tagged("Group", tags["Tags"], map[string]string{"k": "v"})
	shown = f.Call("CodeDeploy", "GetDeploymentGroup", object{"applicationName": name, "deploymentGroupName": groupName})
	f.Equal("the configuration", resourcetest.At(shown, "deploymentGroupInfo", "deploymentConfigName"), "CodeDeployDefault.LambdaAllAtOnce")
	f.Equal("the alarms", resourcetest.At(shown, "deploymentGroupInfo", "alarmConfiguration", "enabled"), false)

	servers := f.Order("Servers", "AWS::CodeDeploy::DeploymentGroup", object{
		"ApplicationName": name, "ServiceRoleArn": resourcetest.RoleARN, "AutoScalingGroups": []any{"fleet"}, "ECSServices": []any{object{"ClusterName": "c"}},
	})
	if _, err := f.Provider.Create(t.Context(), servers); err == nil || !strings.Contains(err.Error(), "Service: CodeDeploy") {
		t.Errorf("a group of servers: %v", err)
	}
	f.Delete(next)
	f.Delete(config)
	f.Delete(app)
	f.Missing("CodeDeploy", "GetApplication", object{"applicationName": name}, "ApplicationDoesNotExistException")
}
