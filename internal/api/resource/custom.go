package resource

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"sluice/internal/stack"
)

// customType is the type that stands for all custom resources.
const customType = "AWS::CloudFormation::CustomResource"

// customResource is AWS::CloudFormation::CustomResource and Custom::Anything: a function makes, changes and deletes it. Its Ref
// is the physical ID that the function answers, its attributes the function's Data.
func customResource() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: customType, Attributes: []string{"*"}, Open: true,
			Properties: fields{"ServiceTimeout": whole(), "ServiceToken": text(required, replaces)},
		},
		create: func(t *task) (*stack.Made, error) { return t.ask("Create") },
		update: func(t *task) (*stack.Made, error) { return t.ask("Update") },
		delete: func(t *task) error {
			_, err := t.ask("Delete")
			return err
		},
	}
}

// ask has the function do what a stack wants, and waits for its answer. An update that answers another physical ID has made
// another resource; the one before has to be deleted.
func (t *task) ask(request string) (*stack.Made, error) {
	timeout, err := t.answerTime()
	if err != nil {
		return nil, err
	}
	defer t.forget(t.Token)
	if !t.hasAnswer() {
		if err := t.invoke(request); err != nil {
			return nil, err
		}
	}
	ctx, cancel := context.WithTimeoutCause(t.ctx, t.provider.config.Scale.Here(timeout), errTimeout)
	defer cancel()
	body, err := t.provider.config.Signals.Next(ctx, t.Token, 0)
	if errors.Is(err, errTimeout) { // AWS's words
		return t.begun(), plainf("CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [%s]. "+
			"If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.", t.Token)
	}
	if err != nil {
		return t.begun(), err
	}
	return t.answered(body)
}

// hasAnswer reports whether the function has answered the order before it was repeated.
func (t *task) hasAnswer() bool {
	return t.Repeated && t.provider.config.Signals.Answered(t.Token)
}

// invoke sends the function the event.
func (t *task) invoke(request string) error {
	function := t.text("ServiceToken")
	if !strings.HasPrefix(function, "arn:aws:lambda:") {
		return plainf("Invalid service token: %s is no function's ARN. Sluice asks functions only.", function)
	}
	event, err := json.Marshal(t.customEvent(request, t.provider.config.Signals.URL(t.Token)))
	if err != nil {
		return err
	}
	if err := t.provider.config.Invoke(t.ctx, t.origin(), function, event); err != nil {
		return plainf("Failed to invoke the function %s: %v", function, err)
	}
	return nil
}

// forget drops an answer that was read, or that nobody waits for any more; not one that the repeated order will read.
func (t *task) forget(token string) {
	if t.closing() {
		return
	}
	if err := t.provider.config.Signals.Forget(token); err != nil {
		t.provider.config.Logger.WarnContext(t.ctx, "the answer of a custom resource stays on disk", "stack", t.Stack.Name, "resource", t.LogicalID, "error", err)
	}
}

// begun is what a function may have made that did not say so: it is asked to delete it.
func (t *task) begun() *stack.Made { return &stack.Made{PhysicalID: t.PhysicalID} }

func (t *task) customEvent(request, url string) members {
	event := members{
		"RequestType": request, "ServiceToken": t.text("ServiceToken"), "ResponseURL": url, "StackId": t.Stack.ID, "RequestId": t.Token,
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
func (t *task) answerTime() (timeout time.Duration, err error) {
	if !t.has("ServiceTimeout") {
		return longestAnswer, nil
	}
	if timeout, err = seconds(t.Properties["ServiceTimeout"], longestAnswer); err != nil || timeout == 0 {
		return 0, plainf("Invalid value for ServiceTimeout: a number of seconds from 1 to 3600 is needed")
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
	return textOf(value)
}
