package resource

import (
	"maps"

	"sluice/internal/stack"
)

// apiResource is AWS::ApiGateway::Resource. Its Ref is the resource's ID.
func apiResource() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::Resource", Attributes: []string{"ResourceId"},
			Properties: fields{"ParentId": text(required, replaces), "PathPart": text(required, replaces), "RestApiId": text(required, replaces)},
		},
		create: func(t *task) (*stack.Made, error) {
			made, err := t.gateway("CreateResource", t.inAPI(members{"ParentId": t.text("ParentId"), "pathPart": t.text("PathPart")}))
			return unless(err, identifiedAs("ResourceId", made["id"]))
		},
		find: func(t *task) (*stack.Made, error) {
			found, err := t.madeBefore("GetResources", t.inAPI(nil), func(r members) bool {
				return textOf(r["parentId"]) == t.text("ParentId") && textOf(r["pathPart"]) == t.text("PathPart")
			})
			if err == nil && found == nil {
				err = failf(notFound, "The resource %s is not there", t.text("PathPart"))
			}
			return unless(err, identifiedAs("ResourceId", found["id"]))
		},
		delete: func(t *task) error {
			_, err := t.gateway("DeleteResource", t.inAPI(members{"ResourceId": t.PhysicalID}))
			return err
		},
	}
}

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

// maxGatewayName is how long the names are that stand for what has no ID.
const maxGatewayName = 128

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

// apiModel is AWS::ApiGateway::Model. Its Ref is the model's name.
func apiModel() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::Model",
			Properties: fields{
				"ContentType": text(replaces), "Description": text(), "Name": text(replaces), "RestApiId": text(required, replaces), "Schema": document(),
			},
		},
		create: func(t *task) (*stack.Made, error) {
			kind := t.text("ContentType")
			if kind == "" {
				kind = "application/json"
			}
			in := t.inAPI(members{"name": t.modelName(), "contentType": kind, "schema": t.modelSchema()})
			if t.has("Description") {
				in["description"] = t.text("Description")
			}
			_, err := t.gateway("CreateModel", in)
			return unless(err, &stack.Made{PhysicalID: t.modelName()})
		},
		find: func(t *task) (*stack.Made, error) { return &stack.Made{PhysicalID: t.modelName()}, nil },
		update: func(t *task) (*stack.Made, error) {
			var p patches
			p.replace(t, "Description", "/description", "")
			if t.changed("Schema") {
				p.add("replace", "/schema", t.modelSchema())
			}
			return unless(t.patch("UpdateModel", t.inAPI(members{"ModelName": t.PhysicalID}), p), unchanged(t))
		},
		delete: func(t *task) error {
			_, err := t.gateway("DeleteModel", t.inAPI(members{"ModelName": t.PhysicalID}))
			return err
		},
	}
}

// modelName has no dashes: models' names are letters and digits.
func (t *task) modelName() string {
	if t.has("Name") {
		return t.text("Name")
	}
	return plainLetters(t.generated(maxGatewayName))
}

func plainLetters(name string) string {
	kept := make([]byte, 0, len(name))
	for _, b := range []byte(name) {
		if b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' {
			kept = append(kept, b)
		}
	}
	return string(kept)
}

// modelSchema is the schema as text; a model without one takes anything.
func (t *task) modelSchema() string {
	if !t.has("Schema") {
		return "{}"
	}
	return t.text("Schema")
}
