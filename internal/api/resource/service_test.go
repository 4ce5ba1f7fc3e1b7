package resource_test

import (
	"strings"
	"testing"
)

func TestCodeDeploy(t *testing.T) {
	t.Parallel()
	f := inRegion(t, 60)
	app := f.order("App", "AWS::CodeDeploy::Application", object{"ComputePlatform": "Lambda"})
	name := f.create(app).PhysicalID
	f.update(f.change(app, object{"Tags": []any{object{"Key": "own", "Value": "1"}}}))
	tags := f.call("CodeDeploy", "ListTagsForResource", object{"ResourceArn": f.arn("codedeploy", "application:"+name)})
	f.equal("the tags", tags["Tags"], []any{object{"Key": "own", "Value": "1"}, object{"Key": "team", "Value": "blue"}})

	config := f.order("Config", "AWS::CodeDeploy::DeploymentConfig", object{
		"DeploymentConfigName": "quick", "ComputePlatform": "Lambda",
		"TrafficRoutingConfig": object{"Type": "TimeBasedLinear", "TimeBasedLinear": object{"LinearInterval": "1", "LinearPercentage": "50"}},
	})
	f.create(config)
	shown := f.call("CodeDeploy", "GetDeploymentConfig", object{"deploymentConfigName": "quick"})
	f.equal("the step", at(shown, "deploymentConfigInfo", "trafficRoutingConfig", "timeBasedLinear", "linearPercentage"), 50)

	group := f.order("Group", "AWS::CodeDeploy::DeploymentGroup", object{
		"ApplicationName": name, "DeploymentConfigName": "quick", "ServiceRoleArn": roleARN,
		"AlarmConfiguration": object{"Enabled": true, "Alarms": []any{object{"Name": "a"}}},
	})
	groupName := f.create(group).PhysicalID
	next := f.change(group, object{"AlarmConfiguration": nil, "DeploymentConfigName": atOnce, "Tags": []any{object{"Key": "k", "Value": "v"}}})
	f.update(next)
	shown = f.call("CodeDeploy", "GetDeploymentGroup", object{"applicationName": name, "deploymentGroupName": groupName})
	f.equal("the configuration", at(shown, "deploymentGroupInfo", "deploymentConfigName"), atOnce)
	f.equal("the alarms", at(shown, "deploymentGroupInfo", "alarmConfiguration", "enabled"), false)

	servers := f.order("Servers", "AWS::CodeDeploy::DeploymentGroup", object{
		"ApplicationName": name, "ServiceRoleArn": roleARN, "AutoScalingGroups": []any{"fleet"}, "ECSServices": []any{object{"ClusterName": "c"}},
	})
	if _, err := f.provider.Create(t.Context(), servers); err == nil || !strings.Contains(err.Error(), "Service: CodeDeploy") {
		t.Errorf("a group of servers: %v", err)
	}
	f.delete(next)
	f.delete(config)
	f.delete(app)
	f.missing("CodeDeploy", "GetApplication", object{"applicationName": name}, "ApplicationDoesNotExistException")
}

func TestAlarms(t *testing.T) {
	t.Parallel()
	f := inRegion(t, 60)
	metric := f.order("M", "AWS::CloudWatch::Alarm", object{
		"AlarmName": "m", "ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": "1", "Threshold": "1.5",
		"Metrics": []any{
			object{"Id": "e", "Expression": "a*2"},
			object{"Id": "a", "ReturnData": "false", "MetricStat": object{"Period": "60", "Stat": "Sum", "Metric": object{
				"Namespace": "AWS/Lambda", "MetricName": "Errors", "Dimensions": []any{object{"Name": "FunctionName", "Value": "f"}},
			}}},
		},
	})
	f.equal("the ARN", f.create(metric).Attributes["Arn"], f.arn("cloudwatch", "alarm:m"))
	both := f.order("C", "AWS::CloudWatch::CompositeAlarm", object{"AlarmRule": "ALARM(m)", "Tags": []any{object{"Key": "own", "Value": "1"}}})
	composite := f.create(both)

	again := f.order("M", "AWS::CloudWatch::Alarm", metric.Properties)
	if _, err := f.provider.Create(t.Context(), again); err == nil || !strings.Contains(err.Error(), "HandlerErrorCode: AlreadyExists") {
		t.Errorf("a second alarm of the name: %v", err)
	}
	f.update(f.change(metric, object{"Threshold": 3, "Tags": []any{object{"Key": "k", "Value": "v"}}}))
	f.update(f.change(both, object{"AlarmDescription": "new", "Tags": nil}))
	shown := f.call("CloudWatch", "DescribeAlarms", object{"AlarmTypes": []any{"MetricAlarm", "CompositeAlarm"}})
	f.equal("the threshold", at(shown, "MetricAlarms", 0, "Threshold"), 3)
	f.equal("the description", at(shown, "CompositeAlarms", 0, "AlarmDescription"), "new")
	tags := f.call("CloudWatch", "ListTagsForResource", object{"ResourceARN": composite.Attributes["Arn"]})
	f.equal("the tags", tags["Tags"], []any{object{"Key": "team", "Value": "blue"}})
	f.delete(both)
	f.delete(metric)
	f.equal("what is left", at(f.call("CloudWatch", "DescribeAlarms", object{}), "MetricAlarms", 0), nil)
}

func TestLogs(t *testing.T) {
	t.Parallel()
	f := inRegion(t, 60)
	group := f.order("G", "AWS::Logs::LogGroup", object{"LogGroupName": "/app", "RetentionInDays": "7", "Tags": []any{object{"Key": "own", "Value": "1"}}})
	f.equal("the ARN", f.create(group).Attributes["Arn"], f.arn("logs", "log-group:/app:*"))
	repeated := f.order("G", "AWS::Logs::LogGroup", group.Properties)
	repeated.Repeated = true
	f.equal("that of a repeated order", f.create(repeated).PhysicalID, "/app")
	stream := f.order("S", "AWS::Logs::LogStream", object{"LogGroupName": "/app", "LogStreamName": "s"})
	f.create(stream)
	filter := f.order("F", "AWS::Logs::MetricFilter", object{
		"LogGroupName": "/app", "FilterPattern": "{ $.level = \"error\" }",
		"MetricTransformations": []any{object{
			"MetricName": "errors", "MetricNamespace": "app", "MetricValue": "1", "Dimensions": []any{object{"Key": "Path", "Value": "$.path"}},
		}},
	})
	f.create(filter)
	shown := f.call("CloudWatch Logs", "DescribeMetricFilters", object{"logGroupName": "/app"})
	f.equal("the dimensions", at(shown, "metricFilters", 0, "metricTransformations", 0, "dimensions"), object{"Path": "$.path"})
	changed := f.change(filter, object{"FilterPattern": ""})
	f.update(changed)
	shown = f.call("CloudWatch Logs", "DescribeMetricFilters", object{"logGroupName": "/app"})
	f.equal("the pattern", at(shown, "metricFilters", 0, "filterPattern"), "")
	f.equal("one filter", at(shown, "metricFilters", 1), nil)

	next := f.change(group, object{"RetentionInDays": nil, "Tags": nil, "DeletionProtectionEnabled": "true"})
	f.update(next)
	shown = f.call("CloudWatch Logs", "DescribeLogGroups", object{"logGroupNamePrefix": "/app"})
	f.equal("how long", at(shown, "logGroups", 0, "retentionInDays"), nil)
	f.equal("the protection", at(shown, "logGroups", 0, "deletionProtectionEnabled"), true)
	tags := f.call("CloudWatch Logs", "ListTagsForResource", object{"resourceArn": f.arn("logs", "log-group:/app")})
	f.equal("the tags", tags["tags"], object{"team": "blue"})
	last := f.change(next, object{"DeletionProtectionEnabled": nil})
	f.update(last)
	f.delete(changed)
	f.delete(stream)
	f.delete(last)
	f.equal("what is left", at(f.call("CloudWatch Logs", "DescribeLogGroups", object{}), "logGroups", 0), nil)
}

func TestParameter(t *testing.T) {
	t.Parallel()
	f := inRegion(t, 60)
	o := f.order("P", "AWS::SSM::Parameter", object{"Name": "/app/limit", "Type": "String", "Value": 10, "Tags": object{"own": "1"}})
	made := f.create(o)
	f.equal("the value", made.Attributes["Value"], "10")
	again := f.order("P", "AWS::SSM::Parameter", o.Properties)
	if _, err := f.provider.Create(t.Context(), again); err == nil || !strings.Contains(err.Error(), "(Service: Ssm, Status Code: 400") || !strings.Contains(err.Error(), "HandlerErrorCode: AlreadyExists") {
		t.Errorf("a second parameter of the name: %v", err)
	}
	again.Repeated = true
	f.equal("that of a repeated order", f.create(again).PhysicalID, "/app/limit")
	next := f.change(o, object{"Value": "20", "Tags": object{"k": "v"}})
	f.equal("the new value", f.update(next).Attributes["Value"], "20")
	f.equal("the stored value", at(f.call("SSM", "GetParameter", object{"Name": "/app/limit"}), "Parameter", "Value"), "20")
	tags := f.call("SSM", "ListTagsForResource", object{"ResourceType": "Parameter", "ResourceId": "/app/limit"})
	f.equal("the tags", tags["TagList"], []any{object{"Key": "k", "Value": "v"}, object{"Key": "team", "Value": "blue"}})
	f.delete(next)
	f.missing("SSM", "GetParameter", object{"Name": "/app/limit"}, "ParameterNotFound")
}

func TestBucket(t *testing.T) {
	t.Parallel()
	f := inRegion(t, 60)
	o := f.order("B", "AWS::S3::Bucket", object{"VersioningConfiguration": object{"Status": "Enabled"}, "AccessControl": "Private"})
	made := f.create(o)
	f.equal("the name", made.PhysicalID, "app-b-0123456789ab")
	f.equal("the domain", made.Attributes["RegionalDomainName"], "app-b-0123456789ab.s3."+f.region+".amazonaws.com")
	if _, err := f.provider.Create(t.Context(), f.order("B", "AWS::S3::Bucket", object{})); err == nil || !strings.Contains(err.Error(), "(Service: S3, Status Code: 409") || !strings.Contains(err.Error(), "HandlerErrorCode: AlreadyExists") {
		t.Errorf("a second bucket of the name: %v", err)
	}
	policy := f.order("P", "AWS::S3::BucketPolicy", object{"Bucket": made.PhysicalID, "PolicyDocument": allow("s3:GetObject")})
	f.equal("the policy's Ref", f.create(policy).PhysicalID, made.PhysicalID)
	f.delete(policy)
	f.put(made.PhysicalID+"/key", []byte("content"))
	if err := f.provider.Delete(t.Context(), o); err == nil || !strings.Contains(err.Error(), "The bucket you tried to delete is not empty") {
		t.Errorf("deletion with an object: %v", err)
	}
	other := f.order("C", "AWS::S3::Bucket", object{"BucketName": "empty"})
	f.create(other)
	again := f.order("C", "AWS::S3::Bucket", object{"BucketName": "empty"})
	again.Repeated = true
	f.equal("that of a repeated order", f.create(again).PhysicalID, "empty")
	f.update(f.change(other, object{"VersioningConfiguration": object{"Status": "Enabled"}}))
	f.delete(other)
}
