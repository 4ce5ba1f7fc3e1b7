package resource

import (
	"maps"
	"slices"

	"sluice/internal/stack"
)

var httpAPITags = tagging{
	service: httpAPIs, list: "GetTags", tag: "TagResource", untag: "UntagResource", shown: "tags", tags: "tags", keys: "tagKeys", asMap: true,
}

// httpAPI is AWS::ApiGatewayV2::Api. Its Ref is the API's ID.
func httpAPI() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGatewayV2::Api", Attributes: []string{"ApiEndpoint", "ApiId"},
			Properties: fields{
				"ApiKeySelectionExpression": text(kept), "BasePath": text(), "Body": document(),
				"BodyS3Location": object(fields{"Bucket": text(), "Etag": text(kept), "Key": text(), "Version": text()}),
				"CorsConfiguration": object(fields{
					"AllowCredentials": flag(), "AllowHeaders": list(text()), "AllowMethods": list(text()), "AllowOrigins": list(text()),
					"ExposeHeaders": list(text()), "MaxAge": whole(),
				}),
				"CredentialsArn": text(), "Description": text(), "DisableExecuteApiEndpoint": flag(kept), "DisableSchemaValidation": flag(kept),
				"FailOnWarnings": flag(), "IpAddressType": text(kept), "Name": text(), "ProtocolType": text(replaces), "RouteKey": text(),
				"RouteSelectionExpression": text(kept), "Tags": table(text()), "Target": text(), "Version": text(),
			},
		},
		create: createHTTPAPI, update: updateHTTPAPI,
		delete: func(t *task) error {
			_, err := t.http("DeleteApi", members{"ApiId": t.PhysicalID})
			return err
		},
	}
}

// httpAPIMembers are those that an API is created with and updated by.
func (t *task) httpAPIMembers() members {
	return t.lowered("ApiKeySelectionExpression", "CorsConfiguration", "CredentialsArn", "Description", "DisableExecuteApiEndpoint", "IpAddressType", "Name",
		"RouteKey", "RouteSelectionExpression", "Target", "Version")
}

func createHTTPAPI(t *task) (*stack.Made, error) {
	marked := t.remade()
	before, err := t.foundHTTP("GetApis", members{}, func(api members) bool {
		tags := readTags(api["tags"])
		return tags["aws:cloudformation:stack-id"] == t.Stack.ID && tags["aws:cloudformation:logical-id"] == t.LogicalID
	})
	if err != nil {
		return nil, err
	}
	if before != nil {
		t.PhysicalID = textOf(before["apiId"])
		return updateHTTPAPI(t)
	}
	body, err := t.definition()
	if err != nil {
		return nil, err
	}
	if body != nil {
		return t.importHTTPAPI(body, marked)
	}
	if !t.has("Name") || !t.has("ProtocolType") {
		return nil, failf(invalidRequest, "The Api %s needs a Name and a ProtocolType, or a Body", t.LogicalID)
	}
	made, err := t.http("CreateApi", with(t.httpAPIMembers(), members{"protocolType": t.text("ProtocolType"), "tags": tagMap(marked.tags())}))
	return unless(err, httpAPIMade(made))
}

func httpAPIMade(api members) *stack.Made {
	id := textOf(api["apiId"])
	return &stack.Made{PhysicalID: id, Attributes: members{"ApiId": id, "ApiEndpoint": textOf(api["apiEndpoint"])}}
}

// importHTTPAPI makes an API of a document, and then what the properties say besides.
func (t *task) importHTTPAPI(body members, marked *task) (*stack.Made, error) {
	in, err := t.importMembers(body)
	if err != nil {
		return nil, err
	}
	made, err := t.http("ImportApi", in)
	if err != nil {
		return nil, err
	}
	key := members{"ApiId": made["apiId"]}
	_, err = t.http("TagResource", members{"ResourceArn": t.gatewayARN("apis/" + textOf(made["apiId"])), "tags": tagMap(marked.tags())})
	if err == nil {
		err = t.overlay(key)
	}
	if err != nil {
		_, _ = t.http("DeleteApi", key) // its own failure is not what people have to hear of
		return nil, err
	}
	return httpAPIMade(made), nil
}

// importMembers are what a document is imported with.
func (t *task) importMembers(body members) (members, error) {
	text, err := t.written(body)
	if err != nil {
		return nil, err
	}
	return with(members{"body": string(text)}, members{"Basepath": t.Properties["BasePath"], "FailOnWarnings": t.Properties["FailOnWarnings"]}), nil
}

// overlay puts what the properties say over what a document says.
func (t *task) overlay(key members) error {
	in := t.httpAPIMembers()
	if len(in) == 0 {
		return nil
	}
	_, err := t.http("UpdateApi", with(in, key))
	return err
}

// updateHTTPAPI writes the document anew where one is given: what it says may have changed in S3.
func updateHTTPAPI(t *task) (*stack.Made, error) {
	body, err := t.definition()
	if err != nil {
		return nil, err
	}
	key := members{"ApiId": t.PhysicalID}
	arn := members{"ResourceArn": t.gatewayARN("apis/" + t.PhysicalID)}
	if body != nil {
		err = t.reimport(body, key, arn)
	} else {
		err = t.change(key, arn)
	}
	if err != nil {
		return nil, err
	}
	now, err := t.http("GetApi", key)
	return unless(err, httpAPIMade(now))
}

func (t *task) reimport(body, key, arn members) error {
	in, err := t.importMembers(body)
	if err != nil {
		return err
	}
	if _, err := t.http("ReimportApi", with(in, key)); err != nil {
		return err
	}
	if err := t.overlay(key); err != nil {
		return err
	}
	return t.retagImported(arn)
}

// retagImported leaves the tags that the document gives.
func (t *task) retagImported(arn members) error {
	now := readTags(t.Properties["Tags"])
	var gone []any
	for _, name := range slices.Sorted(maps.Keys(readTags(t.Old["Tags"]))) {
		if _, stays := now[name]; !stays {
			gone = append(gone, name)
		}
	}
	if gone != nil {
		if _, err := t.http("UntagResource", with(maps.Clone(arn), members{"tagKeys": gone})); err != nil {
			return err
		}
	}
	_, err := t.http("TagResource", with(maps.Clone(arn), members{"tags": tagMap(t.remade().tags())}))
	return err
}

// change updates an API without a document.
func (t *task) change(key, arn members) error {
	if !t.has("CorsConfiguration") && t.Old["CorsConfiguration"] != nil {
		if _, err := t.http("DeleteCorsConfiguration", maps.Clone(key)); err != nil {
			return err
		}
	}
	in := with(members{"description": "", "version": "", "disableExecuteApiEndpoint": false}, t.httpAPIMembers())
	if _, err := t.http("UpdateApi", with(in, key)); err != nil {
		return err
	}
	return t.remade().retag(httpAPITags, arn)
}
