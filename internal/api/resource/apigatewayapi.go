package resource

import (
	"sluice/internal/stack"
)

// restAPI is AWS::ApiGateway::RestApi. Its Ref is the API's ID.
func restAPI() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::RestApi", Attributes: []string{"RestApiId", "RootResourceId"},
			Properties: fields{
				"ApiKeySourceType": text(), "BinaryMediaTypes": list(text()), "Body": document(),
				"BodyS3Location": object(fields{"Bucket": text(), "ETag": text(kept), "Key": text(), "Version": text()}),
				"CloneFrom":      text(), "Description": text(), "DisableExecuteApiEndpoint": flag(kept), "EndpointAccessMode": text(kept),
				"EndpointConfiguration": object(fields{"IpAddressType": text(), "Types": list(text()), "VpcEndpointIds": list(text(), kept)}),
				"FailOnWarnings":        flag(), "MinimumCompressionSize": whole(), "Mode": text(), "Name": text(),
				"Parameters": table(text()), "Policy": document(), "SecurityPolicy": text(kept), "Tags": tagged(),
			},
		},
		create: createRestAPI, update: updateRestAPI,
		delete: func(t *task) error {
			_, err := t.gateway("DeleteRestApi", members{"RestApiId": t.PhysicalID})
			return err
		},
	}
}

func createRestAPI(t *task) (*stack.Made, error) {
	marked := t.remade()
	before, err := t.madeBefore("GetRestApis", members{}, func(api members) bool {
		tags := readTags(api["tags"])
		return tags["aws:cloudformation:stack-id"] == t.Stack.ID && tags["aws:cloudformation:logical-id"] == t.LogicalID
	})
	if err != nil {
		return nil, err
	}
	if before != nil {
		t.PhysicalID = textOf(before["id"])
		return updateRestAPI(t)
	}
	body, err := t.definition()
	if err != nil {
		return nil, err
	}
	if body == nil && !t.has("Name") {
		return nil, failf(invalidRequest, "The RestApi %s needs a Name, or a Body that has a title", t.LogicalID)
	}
	made, err := t.gateway("CreateRestApi", with(t.apiMembers(), members{"tags": tagMap(marked.tags())}))
	if err != nil {
		return nil, err
	}
	if body != nil {
		if err := t.imported(textOf(made["id"]), body); err != nil {
			t.undone("DeleteRestApi", members{"RestApiId": made["id"]})
			return nil, err
		}
	}
	return apiMade(made), nil
}

// undone takes back what was made by an order that failed afterwards. Its own failure is not what people have to hear of.
func (t *task) undone(operation string, in members) { _, _ = t.gateway(operation, in) }

func apiMade(api members) *stack.Made {
	return &stack.Made{PhysicalID: textOf(api["id"]), Attributes: members{"RestApiId": textOf(api["id"]), "RootResourceId": textOf(api["rootResourceId"])}}
}

// apiMembers are what an API is created with. One with a body gets its title as name afterwards.
func (t *task) apiMembers() members {
	in := t.lowered("ApiKeySourceType", "BinaryMediaTypes", "CloneFrom", "Description", "DisableExecuteApiEndpoint", "EndpointAccessMode",
		"EndpointConfiguration", "MinimumCompressionSize", "Name", "SecurityPolicy")
	if source, there := in["apiKeySourceType"]; there {
		delete(in, "apiKeySourceType")
		in["apiKeySource"] = source
	}
	if kind := objectOf(t.Properties["Parameters"])["endpointConfigurationTypes"]; kind != nil && in["endpointConfiguration"] == nil {
		in["endpointConfiguration"] = members{"types": []any{kind}}
	}
	if in["description"] == "" {
		delete(in, "description")
	}
	if in["name"] == nil {
		in["name"] = t.generated(maxAPIName)
	}
	if t.has("Policy") {
		in["policy"] = t.text("Policy")
	}
	return in
}

// imported puts a document into an API, and then what the properties say besides.
func (t *task) imported(id string, body members) error {
	text, err := t.written(body)
	if err != nil {
		return err
	}
	mode := t.text("Mode")
	if mode == "" {
		mode = "overwrite"
	}
	in := with(members{"RestApiId": id, "Mode": mode, "Body": text}, members{"FailOnWarnings": t.Properties["FailOnWarnings"]})
	if t.has("Parameters") {
		in["Parameters"] = t.Properties["Parameters"]
	}
	if _, err := t.gateway("PutRestApi", in); err != nil {
		return err
	}
	var p patches
	for _, each := range []struct{ property, path string }{
		{"Name", "/name"}, {"Description", "/description"}, {"ApiKeySourceType", "/apiKeySource"}, {"MinimumCompressionSize", "/minimumCompressionSize"},
		{"Policy", "/policy"}, {"DisableExecuteApiEndpoint", "/disableExecuteApiEndpoint"},
	} {
		if t.has(each.property) {
			p.add("replace", each.path, t.text(each.property))
		}
	}
	p.list(nil, t.Properties["BinaryMediaTypes"], "/binaryMediaTypes", true)
	return t.patch("UpdateRestApi", members{"RestApiId": id}, p)
}

// updateRestAPI writes the document anew where one is given: what it says may have changed in S3.
func updateRestAPI(t *task) (*stack.Made, error) {
	body, err := t.definition()
	if err != nil {
		return nil, err
	}
	key := members{"RestApiId": t.PhysicalID}
	var p patches
	if body != nil {
		if err := t.imported(t.PhysicalID, body); err != nil {
			return nil, err
		}
	} else {
		p.replace(t, "Name", "/name", t.generated(maxAPIName))
		p.replace(t, "Description", "/description", "")
		p.replace(t, "ApiKeySourceType", "/apiKeySource", "HEADER")
		p.replace(t, "MinimumCompressionSize", "/minimumCompressionSize", "")
		p.replace(t, "Policy", "/policy", "")
		p.replace(t, "DisableExecuteApiEndpoint", "/disableExecuteApiEndpoint", "false")
		p.list(t.Old["BinaryMediaTypes"], t.Properties["BinaryMediaTypes"], "/binaryMediaTypes", true)
	}
	p.endpoint(t)
	if err := t.patch("UpdateRestApi", key, p); err != nil {
		return nil, err
	}
	if err := t.remade().retag(apiGatewayTags, members{"ResourceArn": t.gatewayARN("restapis/" + t.PhysicalID)}); err != nil {
		return nil, err
	}
	now, err := t.gateway("GetRestApi", members{"RestApiId": t.PhysicalID})
	return unless(err, apiMade(now))
}

func (p *patches) endpoint(t *task) {
	if !t.changed("EndpointConfiguration") {
		return
	}
	old, now := objectOf(t.Old["EndpointConfiguration"]), objectOf(t.Properties["EndpointConfiguration"])
	kind := "EDGE"
	if types := textsOf(now["Types"]); len(types) > 0 {
		kind = types[0]
	}
	p.add("replace", "/endpointConfiguration/types/0", kind)
	p.list(old["VpcEndpointIds"], now["VpcEndpointIds"], "/endpointConfiguration/vpcEndpointIds", false)
}
