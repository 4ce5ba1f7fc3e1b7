package cloudformation

import (
	"encoding/json"
	"testing"

	"sluice/internal/stack"
)

func TestDescribeTypeByItsARN(t *testing.T) {
	d := newDesk(t)
	d.wantIn([]string{"<TypeName>Test::Any::Thing</TypeName>", "<Arn>arn:aws:cloudformation:us-east-1::type/resource/Test-Any-Thing</Arn>", "<ProvisioningType>FULLY_MUTABLE<"},
		"DescribeType", "Arn", "arn:aws:cloudformation:us-east-1::type/resource/Test-Any-Thing")
	d.wantRefused(404, "TypeNotFoundException", "The type &#39;Test::No::Thing&#39; cannot be found.", "DescribeType", "Arn", "arn:aws:cloudformation:us-east-1::type/resource/Test-No-Thing")
	d.wantRefused(400, "ValidationError", "Either Arn, or Type and TypeName must be specified.", "DescribeType", "Arn", "arn:aws:cloudformation:us-east-1::type/module/Test-Any-Thing")
}

func TestSchemasAsTheRegistryShowsThem(t *testing.T) {
	for name, tt := range map[string]struct {
		schema stack.Schema
		want   string
	}{
		"what has to be given, what stays and what is read": {
			stack.Schema{
				Type: "T", Properties: map[string]*stack.Property{"A": {Kind: stack.String, Required: true, Replaces: true}, "B": {Kind: stack.Integer}},
				Attributes: []string{"A", "Arn", "Endpoint.Port", "Outputs.*"},
			},
			`{"additionalProperties":false,"createOnlyProperties":["/properties/A"],"properties":{"A":{"type":"string"},"B":{"type":"integer"}},` +
				`"readOnlyProperties":["/properties/Arn","/properties/Endpoint/Port"],"required":["A"],"typeName":"T"}`,
		},
		"a type that takes anything": {
			stack.Schema{Type: "Custom::T", Open: true, Attributes: []string{"*"}}, `{"additionalProperties":true,"properties":{},"typeName":"Custom::T"}`,
		},
		"a type with a name of its own": {
			stack.Schema{Type: "AWS::S3::Bucket"}, `{"additionalProperties":false,"primaryIdentifier":["/properties/BucketName"],"properties":{},"typeName":"AWS::S3::Bucket"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := json.Marshal(schemaOf(&tt.schema)); string(got) != tt.want {
				t.Errorf("%v\n got %s\nwant %s", err, got, tt.want)
			}
		})
	}
}

func TestPropertiesAsTheRegistryShowsThem(t *testing.T) {
	for name, tt := range map[string]struct {
		property *stack.Property
		want     string
	}{
		"nothing known": {nil, `{}`},
		"anything":      {&stack.Property{}, `{}`},
		"a number":      {&stack.Property{Kind: stack.Number}, `{"type":"number"}`},
		"a bool":        {&stack.Property{Kind: stack.Boolean}, `{"type":"boolean"}`},
		"JSON":          {&stack.Property{Kind: stack.JSON}, `{"type":["object","string"]}`},
		"a list":        {&stack.Property{Kind: stack.List, Items: &stack.Property{Kind: stack.String}}, `{"items":{"type":"string"},"type":"array"}`},
		"a map":         {&stack.Property{Kind: stack.Map, Items: &stack.Property{Kind: stack.Integer}}, `{"additionalProperties":{"type":"integer"},"type":"object"}`},
		"an object": {
			&stack.Property{Kind: stack.Object, Fields: map[string]*stack.Property{"A": {Kind: stack.String}}}, `{"properties":{"A":{"type":"string"}},"type":"object"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := json.Marshal(propertyOf(tt.property)); string(got) != tt.want {
				t.Errorf("%v\n got %s\nwant %s", err, got, tt.want)
			}
		})
	}
}
