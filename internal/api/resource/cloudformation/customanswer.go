package cloudformation

import (
	"bytes"
	"encoding/json"
	"errors"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/signal"
	"sluice/internal/stack"
)

// maxCustomPhysicalID is how long the physical ID may be that a function answers, in bytes (page "Custom resource response
// objects").
const maxCustomPhysicalID = 1024

// customAnswer is what a custom resource's function sends.
type customAnswer struct {
	Status, Reason, PhysicalResourceId, StackId, RequestId, LogicalResourceId string
	Data                                                                      map[string]any
}

// answered reads the function's answer. The reasons are AWS's words where they are known.
func answered(t *task, body []byte) (*stack.Made, error) {
	got, err := readAnswer(body)
	if err != nil {
		return begun(t), err
	}
	made := &stack.Made{PhysicalID: got.PhysicalResourceId, Attributes: got.Data}
	switch {
	case got.Status != "FAILED" && got.Status != "SUCCESS":
		return begun(t), resource.Plainf("Invalid Response object: '%s' is not a valid ResponseStatus", got.Status)
	case got.StackId != t.Stack.ID || got.RequestId != t.Token || got.LogicalResourceId != t.LogicalID:
		return begun(t), resource.Plainf("Invalid Response object: StackId, RequestId and LogicalResourceId must be those of the request")
	case got.PhysicalResourceId == "" && got.Status == "SUCCESS", len(got.PhysicalResourceId) > maxCustomPhysicalID:
		return begun(t), resource.Plainf("Invalid PhysicalResourceId")
	case got.PhysicalResourceId == "":
		made = begun(t)
	}
	if got.Status == "SUCCESS" {
		return made, nil
	}
	if got.Reason == "" {
		got.Reason = "the function gave no Reason; its logs may say more"
	}
	return made, resource.Plainf("Received response status [FAILED] from custom resource. Message returned: %s (RequestId: %s)", got.Reason, t.Token)
}

// readAnswer reads the members of an answer; those that it does not have are empty.
func readAnswer(body []byte) (got customAnswer, err error) {
	switch {
	case len(body) > signal.MaxLength:
		return got, resource.Plainf("Response object is too long.")
	case !json.Valid(body):
		return got, resource.Plainf("Response is not valid JSON")
	case !bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("{")):
		return got, resource.Plainf("Invalid Response object: the response must be an object")
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	err = decoder.Decode(&got)
	var mistyped *json.UnmarshalTypeError
	switch {
	case err == nil:
		return got, nil
	case errors.As(err, &mistyped) && mistyped.Field == "Data":
		return got, resource.Plainf("Invalid Response object: Value of property Data must be an object")
	case errors.As(err, &mistyped):
		return got, resource.Plainf("Invalid Response object: Value of property %s must be of type String", mistyped.Field)
	}
	return got, resource.Plainf("Response is not valid JSON")
}
