package resourcetest

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

func (f *flaky) call(_ context.Context, _ wire.Origin, _, operation string, _ Object) (Object, error) {
	if f.calls++; f.calls == f.fails {
		return nil, &wire.Error{Code: "ServiceException", Status: 500, Message: operation + " failed"}
	}
	if operation == "DescribeAlarms" || operation == "ListDeployments" {
		return Object{}, nil // there is none of the name, and none goes on
	}
	version := func(id string, inUse bool) any { return Object{"VersionId": id, "IsDefaultVersion": inUse} }
	return Object{
		"State": "Active", "LastUpdateStatus": "Successful", "Version": "2", "FunctionArn": FunctionARN + "f:2", "FunctionVersion": "1", "Status": "READY",
		"Role": Object{"Arn": "arn", "RoleId": "id"}, "Policy": Object{"Arn": "arn"}, "PolicyNames": []any{"p"}, "PolicyRoles": []any{Object{"RoleName": "r"}},
		"AttachedPolicies": []any{Object{"PolicyArn": "arn"}}, "deploymentId": "d-1", "deploymentInfo": Object{"status": "Succeeded"},
		"Versions": []any{version("v5", true), version("v4", false), version("v3", false), version("v2", false), version("v1", false)},
		"Tags":     []any{Object{"Key": "gone", "Value": "1"}}, "TagList": []any{Object{"Key": "gone", "Value": "1"}}, "tags": Object{"gone": "1"},
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
		return Object{"key": sample(p.Items, scalar)}
	case stack.Object:
		value := Object{}
		for name, field := range p.Fields {
			value[name] = sample(field, scalar)
		}
		return value
	case stack.JSON:
		return Object{"key": scalar}
	}
	return scalar
}

// refusedOf are properties that a type refuses, and Code would be source of an unknown runtime.
var refusedOf = map[string]Object{
	"AWS::Lambda::Function":            {"Code": Object{"S3Bucket": "b", "S3Key": "k"}},
	"AWS::CodeDeploy::DeploymentGroup": {"Deployment": nil},
	"AWS::IAM::Policy":                 {"Users": nil, "Groups": nil},
	"AWS::IAM::ManagedPolicy":          {"Users": nil, "Groups": nil},
}

// Sample gives each property of a type a value; the scalars are all the same.
func Sample(schema *stack.Schema, scalar string) Object {
	properties := Object{}
	for name, p := range schema.Properties {
		properties[name] = sample(p, scalar)
	}
	for name, value := range refusedOf[schema.Type] {
		properties[name] = value
	}
	return properties
}

// EveryCallMayFail checks that whichever call of an order fails, its failure is told and nothing is taken as done. order makes
// the same order each time, but for its type.
func EveryCallMayFail(t *testing.T, types []*resource.Type, order func(verb string, schema *stack.Schema) *stack.Order) {
	verbs := map[string]func(*resource.Provider, *stack.Order) error{
		"create": func(p *resource.Provider, o *stack.Order) error { _, err := p.Create(t.Context(), o); return err },
		"update": func(p *resource.Provider, o *stack.Order) error { _, err := p.Update(t.Context(), o); return err },
		"delete": func(p *resource.Provider, o *stack.Order) error { return p.Delete(t.Context(), o) },
	}
	for _, schema := range resource.New(resource.Config{}, types...).Types() {
		for verb, carryOut := range verbs {
			try := func(f *flaky) error {
				o := order(verb, schema)
				o.Type = schema.Type
				return carryOut(resource.New(resource.Config{Call: f.call}, types...), o)
			}
			whole := &flaky{}
			if err := try(whole); err != nil {
				t.Errorf("%s %s without a failure: %v", verb, schema.Type, err)
			}
			for n := 1; n <= whole.calls; n++ {
				err := try(&flaky{fails: n})
				if err == nil || !strings.Contains(err.Error(), " failed (Service: ") || !strings.Contains(err.Error(), "HandlerErrorCode: InternalFailure") {
					t.Errorf("%s %s: the call %d of %d fails: %v", verb, schema.Type, n, whole.calls, err)
				}
			}
		}
	}
}
