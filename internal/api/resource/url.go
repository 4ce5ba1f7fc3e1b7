package resource

import "sluice/internal/stack"

// functionURL is AWS::Lambda::Url. Its Ref is the ARN of the function or alias.
func functionURL() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::Lambda::Url", Attributes: []string{"FunctionArn", "FunctionUrl"},
			Properties: fields{
				"AuthType": text(required),
				"Cors": object(fields{
					"AllowCredentials": flag(), "AllowHeaders": list(text()), "AllowMethods": list(text()), "AllowOrigins": list(text()),
					"ExposeHeaders": list(text()), "MaxAge": whole(),
				}),
				"InvokeMode": text(), "Qualifier": text(replaces), "TargetFunctionArn": text(required, replaces),
			},
		},
		create: func(t *task) (*stack.Made, error) { return t.putURL("CreateFunctionUrlConfig") },
		find:   func(t *task) (*stack.Made, error) { return t.putURL("UpdateFunctionUrlConfig") },
		update: func(t *task) (*stack.Made, error) { return t.putURL("UpdateFunctionUrlConfig") },
		delete: func(t *task) error {
			_, err := t.call("Lambda", "DeleteFunctionUrlConfig", t.urlKey())
			return err
		},
	}
}

func (t *task) urlKey() members {
	return with(t.pick("Qualifier"), members{"FunctionName": t.Properties["TargetFunctionArn"]})
}

func (t *task) putURL(operation string) (*stack.Made, error) {
	in := with(t.pick("AuthType", "Cors", "InvokeMode"), t.urlKey())
	if t.changed("Cors") && !t.has("Cors") {
		in["Cors"] = members{}
	}
	if t.changed("InvokeMode") && !t.has("InvokeMode") {
		in["InvokeMode"] = "BUFFERED"
	}
	out, err := t.call("Lambda", operation, in)
	if err != nil {
		return nil, err
	}
	arn := textOf(out["FunctionArn"])
	return &stack.Made{PhysicalID: arn, Attributes: members{"FunctionArn": arn, "FunctionUrl": out["FunctionUrl"]}}, nil
}
