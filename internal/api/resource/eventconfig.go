package resource

import "sluice/internal/stack"

// eventInvokeConfig is AWS::Lambda::EventInvokeConfig. Its Ref is the function and the qualifier, with a colon between.
func eventInvokeConfig() *resource {
	destination := func() *stack.Property { return object(fields{"Destination": text(required)}) }
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::Lambda::EventInvokeConfig",
			Properties: fields{
				"DestinationConfig": object(fields{"OnFailure": destination(), "OnSuccess": destination()}),
				"FunctionName":      text(required, replaces), "MaximumEventAgeInSeconds": whole(), "MaximumRetryAttempts": whole(),
				"Qualifier": text(required, replaces),
			},
		},
		create: putEventConfig, update: putEventConfig,
		delete: func(t *task) error {
			_, err := t.call("Lambda", "DeleteFunctionEventInvokeConfig", t.pick("FunctionName", "Qualifier"))
			return err
		},
	}
}

func putEventConfig(t *task) (*stack.Made, error) {
	in := t.pick("DestinationConfig", "FunctionName", "MaximumEventAgeInSeconds", "MaximumRetryAttempts", "Qualifier")
	if _, err := t.call("Lambda", "PutFunctionEventInvokeConfig", in); err != nil {
		return nil, err
	}
	return &stack.Made{PhysicalID: t.text("FunctionName") + ":" + t.text("Qualifier")}, nil
}
