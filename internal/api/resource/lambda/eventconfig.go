package lambda

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// eventInvokeConfig is AWS::Lambda::EventInvokeConfig. Its Ref is the function and the qualifier, with a colon between.
func eventInvokeConfig() *resource.Type {
	destination := func() *stack.Property {
		return schema.Object(schema.Fields{"Destination": schema.String(schema.Required)})
	}
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::Lambda::EventInvokeConfig",
			Properties: schema.Fields{
				"DestinationConfig": schema.Object(schema.Fields{"OnFailure": destination(), "OnSuccess": destination()}),
				"FunctionName":      schema.String(schema.Required, schema.Replaces), "MaximumEventAgeInSeconds": schema.Integer(), "MaximumRetryAttempts": schema.Integer(),
				"Qualifier": schema.String(schema.Required, schema.Replaces),
			},
		},
		Create: putEventConfig, Update: putEventConfig,
		Delete: func(t *task) error {
			_, err := t.Call("Lambda", "DeleteFunctionEventInvokeConfig", t.Pick("FunctionName", "Qualifier"))
			return err
		},
	}
}

func putEventConfig(t *task) (*stack.Made, error) {
	in := t.Pick("DestinationConfig", "FunctionName", "MaximumEventAgeInSeconds", "MaximumRetryAttempts", "Qualifier")
	if _, err := t.Call("Lambda", "PutFunctionEventInvokeConfig", in); err != nil {
		return nil, err
	}
	return &stack.Made{PhysicalID: t.Text("FunctionName") + ":" + t.Text("Qualifier")}, nil
}
