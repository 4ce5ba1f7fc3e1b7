// Package definition reads the OpenAPI documents that templates define APIs with: in the template, or as an object of a bucket.
//
// What a document means does not belong here (internal/restapi/openapi, internal/httpapi/openapi). The resource types of
// internal/api/resource/apigateway and apigatewayv2 read with it.
package definition

import (
	"context"
	"encoding/json"

	"sluice/internal/api/resource"
	"sluice/internal/function"
)

// Objects reads objects of buckets, those of up to limit bytes; an empty version is the newest.
type Objects interface {
	ReadObject(ctx context.Context, scope function.Scope, bucket, key, version string, limit int64) ([]byte, error)
}

// Bounds of documents, in bytes (AWS's page "Amazon API Gateway quotas"), and of APIs' names, in characters.
const (
	maxLength = 6 << 20
	MaxName   = 128
)

// Document is an OpenAPI document.
type Document struct {
	text   string // YAML or JSON; empty if the template has it as an object
	object resource.Members
}

// Read returns the document of an API, nil if it has none: that of the property BodyS3Location, else Body.
func Read(t *resource.Task, objects Objects) (*Document, error) {
	if location := resource.ObjectOf(t.Properties["BodyS3Location"]); len(location) > 0 {
		bucket, key, version := resource.TextOf(location["Bucket"]), resource.TextOf(location["Key"]), resource.TextOf(location["Version"])
		text, err := objects.ReadObject(t.Context, t.Scope(), bucket, key, version, maxLength)
		if err != nil {
			return nil, resource.Failf(resource.InvalidRequest, "S3 error: %s", err)
		}
		return &Document{text: string(text)}, nil
	}
	switch body := t.Properties["Body"].(type) {
	case nil:
		return nil, nil
	case string:
		return &Document{text: body}, nil
	default:
		return &Document{object: resource.ObjectOf(body)}, nil
	}
}

// Text is the document as the API takes it. An API's name is the title of an object without one.
func (d *Document) Text(t *resource.Task) ([]byte, error) {
	if d.object == nil {
		return []byte(d.text), nil
	}
	info := resource.ObjectOf(d.object["info"])
	if info["title"] == nil {
		info["title"] = t.Name("Name", MaxName)
	}
	return json.Marshal(resource.With(d.object, resource.Members{"info": info}))
}
