package resource

import (
	"encoding/json"

	"sluice/internal/function"
)

// definition is the API's OpenAPI document, nil if it has none. Text is YAML or JSON.
func (t *task) definition() (members, error) {
	if location := objectOf(t.Properties["BodyS3Location"]); len(location) > 0 {
		text, err := t.provider.config.Objects.ReadObject(t.ctx, function.Scope{Account: t.Stack.Account, Region: t.Stack.Region},
			textOf(location["Bucket"]), textOf(location["Key"]), textOf(location["Version"]), maxDefinition)
		if err != nil {
			return nil, failf(invalidRequest, "S3 error: %s", err)
		}
		return members{documentText: string(text)}, nil
	}
	switch body := t.Properties["Body"].(type) {
	case nil:
		return nil, nil
	case string:
		return members{documentText: body}, nil
	default:
		return objectOf(body), nil
	}
}

// maxDefinition is the longest document in bytes (AWS's page "Amazon API Gateway quotas").
const maxDefinition = 6 << 20

// documentText is the key of a document that is a text.
const documentText = "\x00text"

// written is a document as the API takes it. An API's name is the title of a document without one.
func (t *task) written(body members) ([]byte, error) {
	if text, ok := body[documentText].(string); ok {
		return []byte(text), nil
	}
	info := objectOf(body["info"])
	if info["title"] == nil {
		info["title"] = t.name("Name", maxAPIName)
	}
	return json.Marshal(with(body, members{"info": info}))
}

const maxAPIName = 128
