package rest

import (
	"encoding/json"
	"errors"

	"sluice/internal/gateway/executeapi"
)

// decision is what an authorizer said of a caller.
type decision struct {
	statements executeapi.Statements
	context    map[string]any
}

// usageKey is where an authorizer's answer has the API key of the caller, if keys come from authorizers.
const usageKey = "usageIdentifierKey"

// readDecision reads an authorizer's answer. Its context holds texts, numbers and truths, which functions see as texts.
func readDecision(answer []byte) (*decision, error) {
	var said struct {
		Principal string `json:"principalId"`
		Policy    *struct {
			Statement executeapi.Statements
		} `json:"policyDocument"`
		Context map[string]any `json:"context"`
		Key     string         `json:"usageIdentifierKey"`
	}
	if err := json.Unmarshal(answer, &said); err != nil {
		return nil, err
	}
	if said.Policy == nil || said.Principal == "" {
		return nil, errors.New("the authorizer's answer has no principalId or no policyDocument")
	}
	d := &decision{statements: said.Policy.Statement, context: map[string]any{"principalId": said.Principal}}
	for name, value := range said.Context {
		text, ok := plainValue(value)
		if !ok {
			return nil, errors.New("the authorizer's context holds more than texts, numbers and truths")
		}
		d.context[name] = text
	}
	if said.Key != "" {
		d.context[usageKey] = said.Key
	}
	return d, nil
}

func plainValue(value any) (string, bool) {
	switch value := value.(type) {
	case string:
		return value, true
	case float64, bool:
		text, err := json.Marshal(value)
		return string(text), err == nil
	}
	return "", false
}
