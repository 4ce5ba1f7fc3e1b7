package apigateway

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/apigateway/definition"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// restAPI is AWS::ApiGateway::RestApi. Its Ref is the API's ID.
func restAPI(objects definition.Objects) *resource.Type {
	d := defining{objects}
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::RestApi", Attributes: []string{"RestApiId", "RootResourceId"},
			Properties: schema.Fields{
				"ApiKeySourceType": schema.String(), "BinaryMediaTypes": schema.List(schema.String()), "Body": schema.JSON(),
				"BodyS3Location": schema.Object(schema.Fields{"Bucket": schema.String(), "ETag": schema.String(schema.Kept), "Key": schema.String(), "Version": schema.String()}),
				"CloneFrom":      schema.String(), "Description": schema.String(), "DisableExecuteApiEndpoint": schema.Boolean(schema.Kept), "EndpointAccessMode": schema.String(schema.Kept),
				"EndpointConfiguration": schema.Object(schema.Fields{"IpAddressType": schema.String(), "Types": schema.List(schema.String()), "VpcEndpointIds": schema.List(schema.String(), schema.Kept)}),
				"FailOnWarnings":        schema.Boolean(), "MinimumCompressionSize": schema.Integer(), "Mode": schema.String(), "Name": schema.String(),
				"Parameters": schema.Map(schema.String()), "Policy": schema.JSON(), "SecurityPolicy": schema.String(schema.Kept), "Tags": schema.Tags(),
			},
		},
		Create: d.create, Update: d.update,
		Delete: func(t *task) error {
			_, err := call(t, "DeleteRestApi", members{"RestApiId": t.PhysicalID})
			return err
		},
	}
}

// defining makes and changes APIs that may be defined by a document.
type defining struct{ objects definition.Objects }

func (d defining) create(t *task) (*stack.Made, error) {
	before, err := t.Earlier(listing, "GetRestApis", members{}, func(api members) bool { return t.Marks(api["tags"]) })
	if err != nil {
		return nil, err
	}
	if before != nil {
		t.PhysicalID = resource.TextOf(before["id"])
		made, err := d.update(t)
		if err != nil {
			undone(t, "DeleteRestApi", members{"RestApiId": t.PhysicalID})
		}
		return made, err
	}
	body, err := definition.Read(t, d.objects)
	if err != nil {
		return nil, err
	}
	if body == nil && !t.Has("Name") {
		return nil, resource.Failf(resource.InvalidRequest, "The RestApi %s needs a Name, or a Body that has a title", t.LogicalID)
	}
	made, err := call(t, "CreateRestApi", resource.With(apiMembers(t), members{"tags": resource.TagMap(t.Tags())}))
	if err != nil {
		return nil, err
	}
	if body != nil {
		if err := imported(t, resource.TextOf(made["id"]), body); err != nil {
			undone(t, "DeleteRestApi", members{"RestApiId": made["id"]})
			return nil, err
		}
	}
	return apiMade(made), nil
}

// undone takes back what was made by an order that failed afterwards. Its own failure is not what people have to hear of.
func undone(t *task, operation string, in members) { _, _ = call(t, operation, in) }

func apiMade(api members) *stack.Made {
	return &stack.Made{PhysicalID: resource.TextOf(api["id"]), Attributes: members{"RestApiId": resource.TextOf(api["id"]), "RootResourceId": resource.TextOf(api["rootResourceId"])}}
}

// apiMembers are what an API is created with. One with a body gets its title as name afterwards.
func apiMembers(t *task) members {
	in := t.Lowered("ApiKeySourceType", "BinaryMediaTypes", "CloneFrom", "Description", "DisableExecuteApiEndpoint", "EndpointAccessMode",
		"EndpointConfiguration", "MinimumCompressionSize", "Name", "SecurityPolicy")
	if source, there := in["apiKeySourceType"]; there {
		delete(in, "apiKeySourceType")
		in["apiKeySource"] = source
	}
	if kind := resource.ObjectOf(t.Properties["Parameters"])["endpointConfigurationTypes"]; kind != nil && in["endpointConfiguration"] == nil {
		in["endpointConfiguration"] = members{"types": []any{kind}}
	}
	if in["description"] == "" {
		delete(in, "description")
	}
	if in["name"] == nil {
		in["name"] = t.Generated(definition.MaxName)
	}
	if policy := t.Text("Policy"); policy != "" { // an empty one is none: the Serverless Framework writes it
		in["policy"] = policy
	}
	return in
}

// imported puts a document into an API, and then what the properties say besides.
func imported(t *task, id string, body *definition.Document) error {
	text, err := body.Text(t)
	if err != nil {
		return err
	}
	mode := t.Text("Mode")
	if mode == "" {
		mode = "overwrite"
	}
	in := resource.With(members{"RestApiId": id, "Mode": mode, "Body": text}, members{"FailOnWarnings": t.Properties["FailOnWarnings"]})
	if t.Has("Parameters") {
		in["Parameters"] = t.Properties["Parameters"]
	}
	if _, err := call(t, "PutRestApi", in); err != nil {
		return err
	}
	var p patches
	for _, each := range []struct{ property, path string }{
		{"Name", "/name"}, {"Description", "/description"}, {"ApiKeySourceType", "/apiKeySource"}, {"MinimumCompressionSize", "/minimumCompressionSize"},
		{"Policy", "/policy"}, {"DisableExecuteApiEndpoint", "/disableExecuteApiEndpoint"},
	} {
		if t.Has(each.property) {
			p.add("replace", each.path, t.Text(each.property))
		}
	}
	p.list(nil, t.Properties["BinaryMediaTypes"], "/binaryMediaTypes", true)
	return patch(t, "UpdateRestApi", members{"RestApiId": id}, p)
}

// update writes the document anew where one is given: what it says may have changed in S3.
func (d defining) update(t *task) (*stack.Made, error) {
	body, err := definition.Read(t, d.objects)
	if err != nil {
		return nil, err
	}
	key := members{"RestApiId": t.PhysicalID}
	var p patches
	if body != nil {
		if err := imported(t, t.PhysicalID, body); err != nil {
			return nil, err
		}
	} else {
		p.replace(t, "Name", "/name", t.Generated(definition.MaxName))
		p.replace(t, "Description", "/description", "")
		p.replace(t, "ApiKeySourceType", "/apiKeySource", "HEADER")
		p.replace(t, "MinimumCompressionSize", "/minimumCompressionSize", "")
		p.replace(t, "Policy", "/policy", "")
		p.replace(t, "DisableExecuteApiEndpoint", "/disableExecuteApiEndpoint", "false")
		p.list(t.Old["BinaryMediaTypes"], t.Properties["BinaryMediaTypes"], "/binaryMediaTypes", true)
	}
	p.endpoint(t)
	if err := patch(t, "UpdateRestApi", key, p); err != nil {
		return nil, err
	}
	if err := t.Retag(tagging, members{"ResourceArn": arn(t, "restapis/"+t.PhysicalID)}); err != nil {
		return nil, err
	}
	now, err := call(t, "GetRestApi", members{"RestApiId": t.PhysicalID})
	return resource.Unless(err, apiMade(now))
}

func (p *patches) endpoint(t *task) {
	if !t.Changed("EndpointConfiguration") {
		return
	}
	old, now := resource.ObjectOf(t.Old["EndpointConfiguration"]), resource.ObjectOf(t.Properties["EndpointConfiguration"])
	kind := "EDGE"
	if types := textsOf(now["Types"]); len(types) > 0 {
		kind = types[0]
	}
	p.add("replace", "/endpointConfiguration/types/0", kind)
	p.list(old["VpcEndpointIds"], now["VpcEndpointIds"], "/endpointConfiguration/vpcEndpointIds", false)
}
