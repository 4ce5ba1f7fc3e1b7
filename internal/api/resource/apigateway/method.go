package apigateway

import (
	"maps"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// method is AWS::ApiGateway::Method. Its Ref is a name that nothing else knows.
func method() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{Type: "AWS::ApiGateway::Method", Properties: methodFields()},
		Create: putMethod,
		Find:   updateMethod,
		Update: updateMethod,
		Delete: func(t *task) error {
			_, err := call(t, "DeleteMethod", methodKey(t))
			return err
		},
	}
}

func methodFields() schema.Fields {
	return schema.Fields{
		"ApiKeyRequired": schema.Boolean(), "AuthorizationScopes": schema.List(schema.String(), schema.Kept), "AuthorizationType": schema.String(), "AuthorizerId": schema.String(),
		"HttpMethod": schema.String(schema.Required, schema.Replaces), "Integration": schema.Object(integrationFields()),
		"MethodResponses": schema.List(schema.Object(schema.Fields{
			"ResponseModels": schema.Map(schema.String()), "ResponseParameters": schema.Map(schema.Boolean()), "StatusCode": schema.String(schema.Required),
		})),
		"OperationName": schema.String(), "RequestModels": schema.Map(schema.String()), "RequestParameters": schema.Map(schema.Boolean()), "RequestValidatorId": schema.String(),
		"ResourceId": schema.String(schema.Required, schema.Replaces), "RestApiId": schema.String(schema.Required, schema.Replaces),
	}
}

func integrationFields() schema.Fields {
	return schema.Fields{
		"CacheKeyParameters": schema.List(schema.String(), schema.Kept), "CacheNamespace": schema.String(schema.Kept), "ConnectionId": schema.String(schema.Kept), "ConnectionType": schema.String(schema.Kept),
		"ContentHandling": schema.String(), "Credentials": schema.String(), "IntegrationHttpMethod": schema.String(),
		"IntegrationResponses": schema.List(schema.Object(schema.Fields{
			"ContentHandling": schema.String(), "ResponseParameters": schema.Map(schema.String()), "ResponseTemplates": schema.Map(schema.String()), "SelectionPattern": schema.String(),
			"StatusCode": schema.String(schema.Required),
		})),
		"IntegrationTarget": schema.String(schema.Kept), "PassthroughBehavior": schema.String(), "RequestParameters": schema.Map(schema.String()), "RequestTemplates": schema.Map(schema.String()),
		"ResponseTransferMode": schema.String(schema.Kept), "TimeoutInMillis": schema.Integer(), "Type": schema.String(schema.Required), "Uri": schema.String(),
	}
}

// methodKey names the method in a path. HttpMethod is written so: in the lower case it is the integration's own.
func methodKey(t *task) members {
	return inAPI(t, members{"ResourceId": t.Text("ResourceId"), "HttpMethod": t.Text("HttpMethod")})
}

// putMethod makes a method with its integration. What fails on the way leaves nothing.
func putMethod(t *task) (*stack.Made, error) {
	in := resource.With(t.Lowered("ApiKeyRequired", "AuthorizationScopes", "AuthorizerId", "OperationName", "RequestModels", "RequestParameters", "RequestValidatorId"), methodKey(t))
	in["authorizationType"] = "NONE"
	if t.Has("AuthorizationType") {
		in["authorizationType"] = t.Text("AuthorizationType")
	}
	if _, err := call(t, "PutMethod", in); err != nil {
		return nil, err
	}
	if err := fillMethod(t); err != nil {
		undone(t, "DeleteMethod", methodKey(t))
		return nil, err
	}
	return &stack.Made{PhysicalID: t.Generated(maxName)}, nil
}

func fillMethod(t *task) error {
	f := methodFields()
	for _, each := range resource.ListOf(t.Properties["MethodResponses"]) {
		in := resource.ObjectOf(resource.Lowered(each, f["MethodResponses"].Items))
		if err := putResponse(t, "PutMethodResponse", in); err != nil {
			return err
		}
	}
	if !t.Has("Integration") {
		return nil
	}
	integration := resource.ObjectOf(resource.Lowered(t.Properties["Integration"], f["Integration"]))
	responses := resource.ListOf(integration["integrationResponses"])
	delete(integration, "integrationResponses")
	if httpMethod, there := integration["integrationHttpMethod"]; there {
		delete(integration, "integrationHttpMethod")
		integration["httpMethod"] = httpMethod
	}
	if _, err := call(t, "PutIntegration", resource.With(integration, methodKey(t))); err != nil {
		return err
	}
	for _, each := range responses {
		if err := putResponse(t, "PutIntegrationResponse", resource.ObjectOf(each)); err != nil {
			return err
		}
	}
	return nil
}

// putResponse puts one of a method's or an integration's responses.
func putResponse(t *task, operation string, in members) error {
	status := in["statusCode"]
	delete(in, "statusCode")
	_, err := call(t, operation, resource.With(resource.With(maps.Clone(in), methodKey(t)), members{"StatusCode": resource.TextOf(status)}))
	return err
}

// updateMethod makes the method anew: stages show deployments, and see nothing of it.
func updateMethod(t *task) (*stack.Made, error) {
	if _, err := call(t, "DeleteMethod", methodKey(t)); err != nil && !resource.Gone(err) {
		return nil, err
	}
	made, err := putMethod(t)
	if err == nil && t.PhysicalID != "" && !t.Creating {
		made.PhysicalID = t.PhysicalID
	}
	return made, err
}
