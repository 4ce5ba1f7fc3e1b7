package server

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"sluice/internal/alarm"
	"sluice/internal/api/cloudwatch"
	"sluice/internal/async"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// actions hands what alarms call to the events, as AWS invokes functions for alarms: a function that fails is tried
// again, and its destinations hear of it. It implements alarm.Runner.
type actions struct{ events *async.Service }

// Run returns when the invocation is on disk. What becomes of it makes no difference to the alarm.
func (a actions) Run(ctx context.Context, action string, c alarm.Change) error {
	id, qualifier, err := parseAction(action, c.Alarm.Scope)
	if err != nil {
		return err
	}
	event, err := cloudwatch.ActionEvent(c)
	if err != nil {
		return err
	}
	return a.events.Submit(ctx, async.Invocation{Function: id, Qualifier: qualifier, RequestID: uuid.NewString(), Payload: event})
}

// parseAction reads arn:aws:lambda:REGION:ACCOUNT:function:NAME, which may have a qualifier.
func parseAction(arn string, scope function.Scope) (id function.ID, qualifier string, err error) {
	parts := strings.Split(arn, ":")
	if len(parts) < 7 || len(parts) > 8 || parts[2] != "lambda" || parts[5] != "function" {
		return id, "", fault.Errorf(fault.Invalid, "action", "Sluice runs functions alone as actions, and %q is the ARN of none", arn)
	}
	id = function.ID{Scope: function.Scope{Region: parts[3], Account: parts[4]}, Name: parts[6]}
	if id.Scope != scope {
		return id, "", fault.Errorf(fault.Invalid, "action", "The function of %q is not of the alarm's account and region", arn)
	}
	if len(parts) == 8 {
		qualifier = parts[7]
	}
	return id, qualifier, nil
}
