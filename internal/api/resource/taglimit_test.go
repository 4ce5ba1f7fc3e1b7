package resource_test

import (
	"fmt"
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

// A template may give as many tags as the service takes: CloudFormation's come on top.
func TestFiftyTagsOfATemplate(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	list, table := []any{}, object{}
	for n := range 49 { // the stack has one
		key := fmt.Sprint("key-", n)
		list, table[key] = append(list, object{"Key": key, "Value": "v"}), "v"
	}
	for resourceType, properties := range map[string]object{
		"AWS::Logs::LogGroup":          {"Tags": list},
		"AWS::ApiGateway::RestApi":     {"Name": "api", "Tags": list},
		"AWS::ApiGatewayV2::Api":       {"Name": "api", "ProtocolType": "HTTP", "Tags": table},
		"AWS::CloudWatch::Alarm":       {"ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 1, "MetricName": "m", "Namespace": "n", "Period": 60, "Statistic": "Sum", "Threshold": 1, "Tags": list},
		"AWS::CodeDeploy::Application": {"ComputePlatform": "Lambda", "Tags": list},
		"AWS::SSM::Parameter":          {"Type": "String", "Value": "v", "Tags": table},
		"AWS::S3::Bucket":              {"Tags": list},
		"AWS::IAM::Role":               {"AssumeRolePolicyDocument": resourcetest.Trust("lambda.amazonaws.com"), "Tags": list},
		"AWS::Lambda::Function":        {"Role": resourcetest.RoleARN, "Runtime": "nodejs22.x", "Handler": "index.handler", "Code": object{"ZipFile": resourcetest.NodeSource}, "Tags": list},
	} {
		t.Run(resourceType, func(t *testing.T) {
			f := *f
			f.T = t
			o := f.Order("R", resourceType, properties)
			f.Create(o)
			f.Update(f.Change(o, object{}))
		})
	}
}
