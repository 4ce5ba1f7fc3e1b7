package cloudformation

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/api/resource/signal"
	"sluice/internal/api/wire"
	"sluice/internal/clock"
	"sluice/internal/stack"
)

// customResource is AWS::CloudFormation::CustomResource and Custom::Anything: a function makes, changes and deletes it. Its Ref
// is the physical ID that the function answers, its attributes the function's Data.
func customResource(answers *signal.Addresses, scale clock.Scale, invoke Invoke) *resource.Type {
	a := asking{waiting{answers, scale}, invoke}
	return &resource.Type{
		Prefix: "Custom::",
		Schema: stack.Schema{
			Type: "AWS::CloudFormation::CustomResource", Attributes: []string{"*"}, Open: true,
			Properties: schema.Fields{"ServiceTimeout": schema.Integer(), "ServiceToken": schema.String(schema.Required, schema.Replaces)},
		},
		Create: func(t *task) (*stack.Made, error) { return a.ask(t, "Create") },
		Update: func(t *task) (*stack.Made, error) { return a.ask(t, "Update") },
		Delete: func(t *task) error {
			_, err := a.ask(t, "Delete")
			return err
		},
	}
}

// Invoke hands an event to a function (ARN) for asynchronous invocation.
type Invoke func(ctx context.Context, from wire.Origin, function string, event []byte) error

// asking has functions do what stacks want.
type asking struct {
	waiting
	invoke Invoke
}

// ask has the function do what a stack wants, and waits for its answer. An update that answers another physical ID has made
// another resource; the one before has to be deleted.
func (a asking) ask(t *task, request string) (*stack.Made, error) {
	timeout, err := answerTime(t)
	if err != nil {
		return nil, err
	}
	defer a.forget(t)
	if !t.Repeated || !a.answers.Answered(t.Token) {
		if err := a.send(t, request); err != nil {
			return nil, err
		}
	}
	ctx, cancel := context.WithTimeoutCause(t.Context, a.scale.Here(timeout), errTimeout)
	defer cancel()
	body, err := a.answers.Next(ctx, t.Token, 0)
	if errors.Is(err, errTimeout) { // AWS's words
		return begun(t), resource.Plainf("CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [%s]. "+
			"If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.", t.Token)
	}
	if err != nil {
		return begun(t), err
	}
	return answered(t, body)
}

// send sends the function the event.
func (a asking) send(t *task, request string) error {
	function := t.Text("ServiceToken")
	if !strings.HasPrefix(function, "arn:aws:lambda:") {
		return resource.Plainf("Invalid service token: %s is no function's ARN. Sluice asks functions only.", function)
	}
	event, err := json.Marshal(customEvent(t, request, a.answers.URL(t.Token)))
	if err != nil {
		return err
	}
	if err := a.invoke(t.Context, t.Origin(), function, event); err != nil {
		return resource.Plainf("Failed to invoke the function %s: %v", function, err)
	}
	return nil
}

// forget drops an answer that was read, or that nobody waits for any more; not one that the repeated order will read.
func (a asking) forget(t *task) {
	if t.Closing() {
		return
	}
	if err := a.answers.Forget(t.Token); err != nil {
		t.Logger().WarnContext(t.Context, "the answer of a custom resource stays on disk", "stack", t.Stack.Name, "resource", t.LogicalID, "error", err)
	}
}

// begun is what a function may have made that did not say so: it is asked to delete it.
func begun(t *task) *stack.Made { return &stack.Made{PhysicalID: t.PhysicalID} }

func customEvent(t *task, request, url string) members {
	event := members{
		"RequestType": request, "ServiceToken": t.Text("ServiceToken"), "ResponseURL": url, "StackId": t.Stack.ID, "RequestId": t.Token,
		"LogicalResourceId": t.LogicalID, "ResourceType": t.Type, "ResourceProperties": allText(t.Properties),
	}
	if request != "Create" {
		event["PhysicalResourceId"] = t.PhysicalID
	}
	if request == "Update" {
		event["OldResourceProperties"] = allText(t.Old)
	}
	return event
}

// answerTime is how long the function has for its answer.
func answerTime(t *task) (timeout time.Duration, err error) {
	if !t.Has("ServiceTimeout") {
		return longestAnswer, nil
	}
	if timeout, err = seconds(t.Properties["ServiceTimeout"], longestAnswer); err != nil || timeout == 0 {
		return 0, resource.Plainf("Invalid value for ServiceTimeout: a number of seconds from 1 to 3600 is needed")
	}
	return timeout, nil
}

// allText returns a value whose scalars are all text, as functions get properties.
func allText(value any) any {
	switch x := value.(type) {
	case nil:
		return nil
	case map[string]any:
		out := members{}
		for key, each := range x {
			out[key] = allText(each)
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i, each := range x {
			out[i] = allText(each)
		}
		return out
	}
	return resource.TextOf(value)
}
