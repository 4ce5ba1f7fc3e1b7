package lambda

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// functionURL is AWS::Lambda::Url. Its Ref is the ARN of the function or alias.
func functionURL() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::Lambda::Url", Attributes: []string{"FunctionArn", "FunctionUrl"},
			Properties: schema.Fields{
				"AuthType": schema.String(schema.Required),
				"Cors": schema.Object(schema.Fields{
					"AllowCredentials": schema.Boolean(), "AllowHeaders": schema.List(schema.String()), "AllowMethods": schema.List(schema.String()), "AllowOrigins": schema.List(schema.String()),
					"ExposeHeaders": schema.List(schema.String()), "MaxAge": schema.Integer(),
				}),
				"InvokeMode": schema.String(), "Qualifier": schema.String(schema.Replaces), "TargetFunctionArn": schema.String(schema.Required, schema.Replaces),
			},
		},
		Create: func(t *task) (*stack.Made, error) { return putURL(t, "CreateFunctionUrlConfig") },
		Find:   func(t *task) (*stack.Made, error) { return putURL(t, "UpdateFunctionUrlConfig") },
		Update: func(t *task) (*stack.Made, error) { return putURL(t, "UpdateFunctionUrlConfig") },
		Delete: func(t *task) error {
			_, err := t.Call("Lambda", "DeleteFunctionUrlConfig", urlKey(t))
			return err
		},
	}
}

func urlKey(t *task) members {
	return resource.With(t.Pick("Qualifier"), members{"FunctionName": t.Properties["TargetFunctionArn"]})
}

func putURL(t *task, operation string) (*stack.Made, error) {
	in := resource.With(t.Pick("AuthType", "Cors", "InvokeMode"), urlKey(t))
	if t.Changed("Cors") && !t.Has("Cors") {
		in["Cors"] = members{}
	}
	if t.Changed("InvokeMode") && !t.Has("InvokeMode") {
		in["InvokeMode"] = "BUFFERED"
	}
	out, err := t.Call("Lambda", operation, in)
	if err != nil {
		return nil, err
	}
	arn := resource.TextOf(out["FunctionArn"])
	return &stack.Made{PhysicalID: arn, Attributes: members{"FunctionArn": arn, "FunctionUrl": out["FunctionUrl"]}}, nil
}
