package resource

import (
	"maps"

	"sluice/internal/stack"
)

// apiMethod is AWS::ApiGateway::Method. Its Ref is a name that nothing else knows.
func apiMethod() *resource {
	return &resource{
		Schema: stack.Schema{Type: "AWS::ApiGateway::Method", Properties: methodFields()},
		create: putMethod,
		find:   updateMethod,
		update: updateMethod,
		delete: func(t *task) error {
			_, err := t.gateway("DeleteMethod", t.methodKey())
			return err
		},
	}
}

func methodFields() fields {
	return fields{
		"ApiKeyRequired": flag(), "AuthorizationScopes": list(text(), kept), "AuthorizationType": text(), "AuthorizerId": text(),
		"HttpMethod": text(required, replaces), "Integration": object(integrationFields()),
		"MethodResponses": list(object(fields{
			"ResponseModels": table(text()), "ResponseParameters": table(flag()), "StatusCode": text(required),
		})),
		"OperationName": text(), "RequestModels": table(text()), "RequestParameters": table(flag()), "RequestValidatorId": text(),
		"ResourceId": text(required, replaces), "RestApiId": text(required, replaces),
	}
}

func integrationFields() fields {
	return fields{
		"CacheKeyParameters": list(text(), kept), "CacheNamespace": text(kept), "ConnectionId": text(kept), "ConnectionType": text(kept),
		"ContentHandling": text(), "Credentials": text(), "IntegrationHttpMethod": text(),
		"IntegrationResponses": list(object(fields{
			"ContentHandling": text(), "ResponseParameters": table(text()), "ResponseTemplates": table(text()), "SelectionPattern": text(),
			"StatusCode": text(required),
		})),
		"IntegrationTarget": text(kept), "PassthroughBehavior": text(), "RequestParameters": table(text()), "RequestTemplates": table(text()),
		"ResponseTransferMode": text(kept), "TimeoutInMillis": whole(), "Type": text(required), "Uri": text(),
	}
}

// methodKey names the method in a path. HttpMethod is written so: in the lower case it is the integration's own.
func (t *task) methodKey() members {
	return t.inAPI(members{"ResourceId": t.text("ResourceId"), "HttpMethod": t.text("HttpMethod")})
}

// putMethod makes a method with its integration. What fails on the way leaves nothing.
func putMethod(t *task) (*stack.Made, error) {
	in := with(t.lowered("ApiKeyRequired", "AuthorizationScopes", "AuthorizerId", "OperationName", "RequestModels", "RequestParameters", "RequestValidatorId"), t.methodKey())
	in["authorizationType"] = "NONE"
	if t.has("AuthorizationType") {
		in["authorizationType"] = t.text("AuthorizationType")
	}
	if _, err := t.gateway("PutMethod", in); err != nil {
		return nil, err
	}
	if err := t.fillMethod(); err != nil {
		t.undone("DeleteMethod", t.methodKey())
		return nil, err
	}
	return &stack.Made{PhysicalID: t.generated(maxGatewayName)}, nil
}

func (t *task) fillMethod() error {
	f := methodFields()
	for _, each := range listOf(t.Properties["MethodResponses"]) {
		in := objectOf(lowered(each, f["MethodResponses"].Items))
		if err := t.putResponse("PutMethodResponse", in); err != nil {
			return err
		}
	}
	if !t.has("Integration") {
		return nil
	}
	integration := objectOf(lowered(t.Properties["Integration"], f["Integration"]))
	responses := listOf(integration["integrationResponses"])
	delete(integration, "integrationResponses")
	if httpMethod, there := integration["integrationHttpMethod"]; there {
		delete(integration, "integrationHttpMethod")
		integration["httpMethod"] = httpMethod
	}
	if _, err := t.gateway("PutIntegration", with(integration, t.methodKey())); err != nil {
		return err
	}
	for _, each := range responses {
		if err := t.putResponse("PutIntegrationResponse", objectOf(each)); err != nil {
			return err
		}
	}
	return nil
}

// putResponse puts one of a method's or an integration's responses.
func (t *task) putResponse(operation string, in members) error {
	status := in["statusCode"]
	delete(in, "statusCode")
	_, err := t.gateway(operation, with(with(maps.Clone(in), t.methodKey()), members{"StatusCode": textOf(status)}))
	return err
}

// updateMethod makes the method anew: stages show deployments, and see nothing of it.
func updateMethod(t *task) (*stack.Made, error) {
	if _, err := t.gateway("DeleteMethod", t.methodKey()); err != nil && classify(err) != notFound {
		return nil, err
	}
	made, err := putMethod(t)
	if err == nil && t.PhysicalID != "" && !t.creating {
		made.PhysicalID = t.PhysicalID
	}
	return made, err
}
