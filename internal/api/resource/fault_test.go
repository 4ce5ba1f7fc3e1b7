package resource_test

import (
	"slices"
	"testing"

	"sluice/internal/api/resource/cloudwatch"
	"sluice/internal/api/resource/codedeploy"
	"sluice/internal/api/resource/iam"
	"sluice/internal/api/resource/lambda"
	"sluice/internal/api/resource/logs"
	"sluice/internal/api/resource/resourcetest"
	"sluice/internal/api/resource/ssm"
	"sluice/internal/stack"
)

// The types of the services whose operations are alike: others make other calls, or answer otherwise.
func TestEveryCallMayFail(t *testing.T) {
	types := slices.Concat(lambda.Types(nil), iam.Types(), codedeploy.Types(), cloudwatch.Types(), logs.Types(), ssm.Types())
	resourcetest.EveryCallMayFail(t, types, func(verb string, schema *stack.Schema) *stack.Order {
		o := resourcetest.Order()
		o.PhysicalID, o.Properties, o.Attributes = resourcetest.FunctionARN+"f:2", resourcetest.Sample(schema, "10"), object{"Arn": "arn"}
		if verb == "update" {
			o.Old = resourcetest.Sample(schema, "20")
			o.UpdatePolicy = object{"CodeDeployLambdaAliasUpdate": object{"ApplicationName": "app", "DeploymentGroupName": "group"}}
		}
		return o
	})
}
