package apigatewayv2

import (
	"maps"
	"slices"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/apigateway/definition"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

var tagging = resource.Tagging{
	Service: service, List: "GetTags", Tag: "TagResource", Untag: "UntagResource", Shown: "tags", Tags: "tags", Keys: "tagKeys", AsMap: true,
}

// api is AWS::ApiGatewayV2::Api. Its Ref is the API's ID.
func api(objects definition.Objects) *resource.Type {
	d := defining{objects}
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::ApiGatewayV2::Api", Attributes: []string{"ApiEndpoint", "ApiId"},
			Properties: schema.Fields{
				"ApiKeySelectionExpression": schema.String(schema.Kept), "BasePath": schema.String(), "Body": schema.JSON(),
				"BodyS3Location": schema.Object(schema.Fields{"Bucket": schema.String(), "Etag": schema.String(schema.Kept), "Key": schema.String(), "Version": schema.String()}),
				"CorsConfiguration": schema.Object(schema.Fields{
					"AllowCredentials": schema.Boolean(), "AllowHeaders": schema.List(schema.String()), "AllowMethods": schema.List(schema.String()), "AllowOrigins": schema.List(schema.String()),
					"ExposeHeaders": schema.List(schema.String()), "MaxAge": schema.Integer(),
				}),
				"CredentialsArn": schema.String(), "Description": schema.String(), "DisableExecuteApiEndpoint": schema.Boolean(schema.Kept), "DisableSchemaValidation": schema.Boolean(schema.Kept),
				"FailOnWarnings": schema.Boolean(), "IpAddressType": schema.String(schema.Kept), "Name": schema.String(), "ProtocolType": schema.String(schema.Replaces), "RouteKey": schema.String(),
				"RouteSelectionExpression": schema.String(schema.Kept), "Tags": schema.Map(schema.String()), "Target": schema.String(), "Version": schema.String(),
			},
		},
		Create: d.create, Update: d.update,
		Delete: func(t *task) error {
			_, err := call(t, "DeleteApi", members{"ApiId": t.PhysicalID})
			return err
		},
	}
}

// apiMembers are those that an API is created with and updated by.
func apiMembers(t *task) members {
	return t.Lowered("ApiKeySelectionExpression", "CorsConfiguration", "CredentialsArn", "Description", "DisableExecuteApiEndpoint", "IpAddressType", "Name",
		"RouteKey", "RouteSelectionExpression", "Target", "Version")
}

// defining makes and changes APIs that may be defined by a document.
type defining struct{ objects definition.Objects }

func (d defining) create(t *task) (*stack.Made, error) {
	before, err := t.Earlier(listing, "GetApis", members{}, func(api members) bool { return t.Marks(api["tags"]) })
	if err != nil {
		return nil, err
	}
	if before != nil {
		return d.finish(t, before)
	}
	body, err := definition.Read(t, d.objects)
	if err != nil {
		return nil, err
	}
	if body != nil {
		return d.importAPI(t)
	}
	if !t.Has("Name") || !t.Has("ProtocolType") {
		return nil, resource.Failf(resource.InvalidRequest, "The Api %s needs a Name and a ProtocolType, or a Body", t.LogicalID)
	}
	made, err := call(t, "CreateApi", resource.With(apiMembers(t), members{"protocolType": t.Text("ProtocolType"), "tags": resource.TagMap(t.Tags())}))
	return resource.Unless(err, apiMade(made))
}

func apiMade(api members) *stack.Made {
	id := resource.TextOf(api["apiId"])
	return &stack.Made{PhysicalID: id, Attributes: members{"ApiId": id, "ApiEndpoint": resource.TextOf(api["apiEndpoint"])}}
}

// importAPI makes an API with its tags, by which a repeated order finds it, and then puts a document into it, and what the
// properties say besides.
func (d defining) importAPI(t *task) (*stack.Made, error) {
	made, err := call(t, "CreateApi", members{"name": t.Generated(definition.MaxName), "protocolType": "HTTP", "tags": resource.TagMap(t.Tags())})
	if err != nil {
		return nil, err
	}
	return d.finish(t, made)
}

// finish makes of an API that was created, and maybe no more than that, what the template says. One that can't be that goes.
func (d defining) finish(t *task, begun members) (*stack.Made, error) {
	t.PhysicalID = resource.TextOf(begun["apiId"])
	made, err := d.update(t)
	if err != nil {
		_, _ = call(t, "DeleteApi", members{"ApiId": t.PhysicalID}) // its own failure is not what people have to hear of
		return nil, err
	}
	return made, nil
}

// importMembers are what a document is imported with.
func importMembers(t *task, body *definition.Document) (members, error) {
	text, err := body.Text(t)
	if err != nil {
		return nil, err
	}
	return resource.With(members{"body": string(text)}, members{"Basepath": t.Properties["BasePath"], "FailOnWarnings": t.Properties["FailOnWarnings"]}), nil
}

// overlay puts what the properties say over what a document says.
func overlay(t *task, key members) error {
	in := apiMembers(t)
	if len(in) == 0 {
		return nil
	}
	_, err := call(t, "UpdateApi", resource.With(in, key))
	return err
}

// update writes the document anew where one is given: what it says may have changed in S3.
func (d defining) update(t *task) (*stack.Made, error) {
	body, err := definition.Read(t, d.objects)
	if err != nil {
		return nil, err
	}
	key := members{"ApiId": t.PhysicalID}
	arn := members{"ResourceArn": arn(t, "apis/"+t.PhysicalID)}
	if body != nil {
		err = reimport(t, body, key, arn)
	} else {
		err = change(t, key, arn)
	}
	if err != nil {
		return nil, err
	}
	now, err := call(t, "GetApi", key)
	return resource.Unless(err, apiMade(now))
}

func reimport(t *task, body *definition.Document, key, arn members) error {
	in, err := importMembers(t, body)
	if err != nil {
		return err
	}
	if _, err := call(t, "ReimportApi", resource.With(in, key)); err != nil {
		return err
	}
	if err := overlay(t, key); err != nil {
		return err
	}
	return retagImported(t, arn)
}

// retagImported leaves the tags that the document gives.
func retagImported(t *task, arn members) error {
	now := resource.ReadTags(t.Properties["Tags"])
	var gone []any
	for _, name := range slices.Sorted(maps.Keys(resource.ReadTags(t.Old["Tags"]))) {
		if _, stays := now[name]; !stays {
			gone = append(gone, name)
		}
	}
	if gone != nil {
		if _, err := call(t, "UntagResource", resource.With(maps.Clone(arn), members{"tagKeys": gone})); err != nil {
			return err
		}
	}
	_, err := call(t, "TagResource", resource.With(maps.Clone(arn), members{"tags": resource.TagMap(t.Tags())}))
	return err
}

// change updates an API without a document.
func change(t *task, key, arn members) error {
	if !t.Has("CorsConfiguration") && t.Old["CorsConfiguration"] != nil {
		if _, err := call(t, "DeleteCorsConfiguration", maps.Clone(key)); err != nil {
			return err
		}
	}
	in := resource.With(members{"description": "", "version": "", "disableExecuteApiEndpoint": false}, apiMembers(t))
	if _, err := call(t, "UpdateApi", resource.With(in, key)); err != nil {
		return err
	}
	return t.Retag(tagging, arn)
}
