package demo

import (
	"context"
	"errors"
	"fmt"
	"os"
)

const (
	functionName = "demo"
	functionPath = "/2015-03-31/functions/" + functionName
	aliasName    = "live"
	alarmName    = "demo-errors"
	groupName    = "demo"
	configName   = "CodeDeployDefault.LambdaLinear10PercentEvery1Minute"
	role         = "arn:aws:iam::000000000000:role/demo"

	goodRate, badRate = "7", "seven"
)

// object is a JSON object.
type object map[string]any

// prepare makes a function with two versions, an alias that points to the first, an alarm, and a deployment group that
// the alarm guards.
func (d *demo) prepare(ctx context.Context) error {
	program, err := os.ReadFile(d.Executable)
	if err != nil {
		return err
	}
	code, err := Package(program)
	if err != nil {
		return err
	}
	return inOrder(
		func() error {
			return d.lambda(ctx, "POST", "/2015-03-31/functions", object{
				"FunctionName": functionName, "Runtime": "provided.al2023", "Handler": Handler, "Role": role,
				"Code": object{"ZipFile": code}, "Publish": true, "Environment": rate(goodRate), "Description": "version 1",
			})
		},
		func() error {
			return d.lambda(ctx, "POST", functionPath+"/aliases", object{"Name": aliasName, "FunctionVersion": "1"})
		},
		func() error { return d.lambda(ctx, "POST", functionPath+"/versions", object{}) }, // settles the creation: version 1 again
		func() error { return d.publish(ctx, "2", goodRate) },
		func() error { return d.guard(ctx) },
	)
}

// inOrder takes steps up to the first that fails.
func inOrder(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func rate(value string) object { return object{"Variables": object{RateVariable: value}} }

// publish makes the function's next version.
func (d *demo) publish(ctx context.Context, version, value string) error {
	if err := d.lambda(ctx, "PUT", functionPath+"/configuration", object{
		"Description": "version " + version, "Environment": rate(value),
	}); err != nil {
		return err
	}
	return d.lambda(ctx, "POST", functionPath+"/versions", object{})
}

func (d *demo) lambda(ctx context.Context, method, path string, body object) error {
	if _, err := d.client.Lambda(ctx, method, path, body, nil); err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	return nil
}

// guard makes an alarm that one failed call in a minute sets off, and a deployment group that is rolled back by it.
func (d *demo) guard(ctx context.Context) error {
	return errors.Join(
		d.client.CloudWatch(ctx, "PutMetricAlarm", object{
			"AlarmName": alarmName, "Namespace": "AWS/Lambda", "MetricName": "Errors", "Statistic": "Sum", "Period": 60,
			"Dimensions": []object{
				{"Name": "FunctionName", "Value": functionName}, {"Name": "Resource", "Value": functionName + ":" + aliasName},
			},
			"ComparisonOperator": "GreaterThanOrEqualToThreshold", "Threshold": 1, "EvaluationPeriods": 1,
			"TreatMissingData": "notBreaching",
		}, nil),
		d.client.CodeDeploy(ctx, "CreateApplication", object{"applicationName": groupName, "computePlatform": "Lambda"}, nil),
		d.client.CodeDeploy(ctx, "CreateDeploymentGroup", object{
			"applicationName": groupName, "deploymentGroupName": groupName, "deploymentConfigName": configName,
			"serviceRoleArn":            role,
			"deploymentStyle":           object{"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
			"alarmConfiguration":        object{"enabled": true, "alarms": []object{{"name": alarmName}}},
			"autoRollbackConfiguration": object{"enabled": true, "events": []string{"DEPLOYMENT_STOP_ON_ALARM"}},
		}, nil),
	)
}
