package resource_test

import (
	"context"
	"strings"
	"testing"

	"sluice/internal/api/resource"
	"sluice/internal/api/wire"
	"sluice/internal/stack"
)

// flaky answers every operation, except the call of a number.
type flaky struct {
	calls, fails int
}

func (f *flaky) call(_ context.Context, _ wire.Origin, _, operation string, _ object) (object, error) {
	if f.calls++; f.calls == f.fails {
		return nil, &wire.Error{Code: "ServiceException", Status: 500, Message: operation + " failed"}
	}
	if operation == "DescribeAlarms" || operation == "ListDeployments" {
		return object{}, nil // there is none of the name, and none goes on
	}
	version := func(id string, inUse bool) any { return object{"VersionId": id, "IsDefaultVersion": inUse} }
	return object{
		"State": "Active", "LastUpdateStatus": "Successful", "Version": "2", "FunctionArn": lambda + "f:2", "FunctionVersion": "1", "Status": "READY",
		"Role": object{"Arn": "arn", "RoleId": "id"}, "Policy": object{"Arn": "arn"}, "PolicyNames": []any{"p"}, "PolicyRoles": []any{object{"RoleName": "r"}},
		"AttachedPolicies": []any{object{"PolicyArn": "arn"}}, "deploymentId": "d-1", "deploymentInfo": object{"status": "Succeeded"},
		"Versions": []any{version("v5", true), version("v4", false), version("v3", false), version("v2", false), version("v1", false)},
		"Tags":     []any{object{"Key": "gone", "Value": "1"}}, "TagList": []any{object{"Key": "gone", "Value": "1"}}, "tags": object{"gone": "1"},
	}, nil
}

// sample is a value for a property.
func sample(p *stack.Property, scalar string) any {
	if p == nil {
		return scalar
	}
	switch p.Kind {
	case stack.Boolean:
		return "true"
	case stack.List:
		return []any{sample(p.Items, scalar)}
	case stack.Map:
		return object{"key": sample(p.Items, scalar)}
	case stack.Object:
		value := object{}
		for name, field := range p.Fields {
			value[name] = sample(field, scalar)
		}
		return value
	case stack.JSON:
		return object{"key": scalar}
	}
	return scalar
}

// refusedOf are properties that a type refuses, and Code would be source of an unknown runtime.
var refusedOf = map[string]object{
	"AWS::Lambda::Function":            {"Code": object{"S3Bucket": "b", "S3Key": "k"}},
	"AWS::CodeDeploy::DeploymentGroup": {"Deployment": nil},
	"AWS::IAM::Policy":                 {"Users": nil, "Groups": nil},
	"AWS::IAM::ManagedPolicy":          {"Users": nil, "Groups": nil},
}

func sampleProperties(schema *stack.Schema, scalar string) object {
	properties := object{}
	for name, p := range schema.Properties {
		properties[name] = sample(p, scalar)
	}
	for name, value := range refusedOf[schema.Type] {
		properties[name] = value
	}
	return properties
}

// Whichever call fails, its failure is told and nothing is taken as done.
func TestEveryCallMayFail(t *testing.T) {
	verbs := map[string]func(*resource.Provider, *stack.Order) error{
		"create": func(p *resource.Provider, o *stack.Order) error {
			_, err := p.Create(context.Background(), o)
			return err
		},
		"update": func(p *resource.Provider, o *stack.Order) error {
			_, err := p.Update(context.Background(), o)
			return err
		},
		"delete": func(p *resource.Provider, o *stack.Order) error { return p.Delete(context.Background(), o) },
	}
	for _, schema := range resource.New(resource.Config{}).Types() {
		if strings.HasPrefix(schema.Type, "AWS::CloudFormation::") || strings.HasPrefix(schema.Type, "AWS::S3::") || strings.HasPrefix(schema.Type, "AWS::ApiGateway") {
			continue // they make other calls, or answer otherwise
		}
		for verb, carryOut := range verbs {
			t.Run(schema.Type+" "+verb, func(t *testing.T) {
				order := func() *stack.Order {
					o := customOrder(nil)
					o.Type, o.PhysicalID, o.Properties = schema.Type, lambda+"f:2", sampleProperties(schema, "10")
					o.Attributes = object{"Arn": "arn"}
					if verb == "update" {
						o.Old = sampleProperties(schema, "20")
						o.UpdatePolicy = object{"CodeDeployLambdaAliasUpdate": object{"ApplicationName": "app", "DeploymentGroupName": "group"}}
					}
					return o
				}
				whole := &flaky{}
				if err := carryOut(resource.New(resource.Config{Call: whole.call}), order()); err != nil {
					t.Fatalf("without a failure: %v", err)
				}
				for n := 1; n <= whole.calls; n++ {
					err := carryOut(resource.New(resource.Config{Call: (&flaky{fails: n}).call}), order())
					if err == nil || !strings.Contains(err.Error(), " failed (Service: ") || !strings.Contains(err.Error(), "HandlerErrorCode: InternalFailure") {
						t.Errorf("the call %d of %d fails: %v", n, whole.calls, err)
					}
				}
			})
		}
	}
}
