package definition_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/apigateway/definition"
	"sluice/internal/function"
	"sluice/internal/stack"
)

// bucket has one object.
type bucket struct{ key, version, text string }

func (b bucket) ReadObject(_ context.Context, scope function.Scope, name, key, version string, limit int64) ([]byte, error) {
	if scope.Region != "eu-west-1" || name != "documents" || key != b.key || version != b.version || int64(len(b.text)) > limit {
		return nil, errors.New("no such object")
	}
	return []byte(b.text), nil
}

// read returns the text of the document that properties give; nothing if they give none.
func read(t *testing.T, objects definition.Objects, properties resource.Members) (string, error) {
	t.Helper()
	task := &resource.Task{Context: t.Context(), Order: &stack.Order{
		Stack: stack.Owner{Account: "0", Region: "eu-west-1"}, Properties: properties, PhysicalID: "app-Api-1",
	}}
	document, err := definition.Read(task, objects)
	if document == nil || err != nil {
		return "", err
	}
	text, err := document.Text(task)
	return string(text), err
}

func TestDocuments(t *testing.T) {
	kept := bucket{key: "api.yml", text: "openapi: 3.0.1"}
	location := resource.Members{"Bucket": "documents", "Key": "api.yml"}
	for name, tt := range map[string]struct {
		objects    bucket
		properties resource.Members
		want       string
	}{
		"none":               {kept, resource.Members{}, ""},
		"a text":             {kept, resource.Members{"Body": "swagger: '2.0'"}, "swagger: '2.0'"},
		"an object":          {kept, resource.Members{"Body": resource.Members{"info": resource.Members{"title": "t"}}}, `{"info":{"title":"t"}}`},
		"one without a name": {kept, resource.Members{"Body": resource.Members{"openapi": "3.0.1"}}, `{"info":{"title":"app-Api-1"},"openapi":"3.0.1"}`},
		"one that the API's name is given to": {
			kept, resource.Members{"Name": "pets", "Body": resource.Members{"info": resource.Members{"version": "1"}}}, `{"info":{"title":"pets","version":"1"}}`,
		},
		"in a bucket":       {kept, resource.Members{"BodyS3Location": location}, "openapi: 3.0.1"},
		"in both":           {kept, resource.Members{"BodyS3Location": location, "Body": "a"}, "openapi: 3.0.1"},
		"an empty location": {kept, resource.Members{"BodyS3Location": resource.Members{}, "Body": "a"}, "a"},
		"a version of it": {
			bucket{"api.yml", "7", "old"}, resource.Members{"BodyS3Location": resource.Members{"Bucket": "documents", "Key": "api.yml", "Version": 7}}, "old",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := read(t, tt.objects, tt.properties); err != nil || got != tt.want {
				t.Errorf("it is %s, %v, want %s", got, err, tt.want)
			}
		})
	}
}

func TestDocumentsThatCanNotBeRead(t *testing.T) {
	for name, objects := range map[string]bucket{"that is not there": {key: "other"}, "that is too long": {key: "api.yml", text: strings.Repeat(" ", 6<<20+1)}} {
		t.Run(name, func(t *testing.T) {
			_, err := read(t, objects, resource.Members{"BodyS3Location": resource.Members{"Bucket": "documents", "Key": "api.yml"}})
			if err == nil || err.Error() != "S3 error: no such object" || resource.Classify(err) != resource.InvalidRequest {
				t.Errorf("it fails with %v", err)
			}
		})
	}
}
