package server

import (
	"context"
	"errors"
	"strings"

	"github.com/google/uuid"

	"sluice/internal/alarm"
	"sluice/internal/api/cloudwatch"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// actions invokes the functions that alarms call. It implements alarm.Runner.
type actions struct{ *invoker }

// Run invokes the function that an ARN names. As on AWS it makes no difference to the alarm what becomes of the
// invocation: its failure is in the function's log. A call that takes longer than ctx lasts goes on without it.
func (a actions) Run(ctx context.Context, action string, c alarm.Change) error {
	id, qualifier, err := parseAction(action, c.Alarm.Scope)
	if err != nil {
		return err
	}
	event, err := cloudwatch.ActionEvent(c)
	if err != nil {
		return err
	}
	_, err = a.invoke(ctx, &function.Invocation{
		Function: id, Qualifier: qualifier, Call: function.Call{RequestID: uuid.NewString(), Payload: event},
	})
	if errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
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
