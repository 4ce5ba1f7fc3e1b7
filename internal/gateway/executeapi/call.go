package executeapi

import (
	"context"
	"encoding/json"
	"time"

	"sluice/internal/function"
	"sluice/internal/policy"
)

// Call is a call of a function that an API has configured.
type Call struct {
	Target      Target        // the zero Target: what is configured leads to no function
	Credentials string        // a role's ARN; one that has credentials needs no permission of the function
	Account     string        // the API's
	Source      string        // the ARN of what calls, for the function's resource policy
	Limit       time.Duration // for the function's answer; zero means none
}

// Reach looks whether a call leads to a function that API Gateway may call; nil if it does. One that it may not is told to the
// operator: AWS shows him that too.
func (v *Visit) Reach(c *Call) *Failure {
	f, err := v.admitted(c)
	switch {
	case err != nil:
		return v.failed(err)
	case f != nil && f.Reason == NotAllowed:
		v.Logger.WarnContext(v.R.Context(), "API Gateway may not call the function: its resource policy has no statement for it",
			"request", v.ID, "function", c.Target.Function.ARN(), "qualifier", c.Target.Qualifier, "source", c.Source)
	}
	return f
}

// admitted asks the function's resource policy.
func (v *Visit) admitted(c *Call) (*Failure, error) {
	if c.Target == (Target{}) {
		return &Failure{Reason: NoFunction, Detail: "The integration leads to no function."}, nil
	}
	if c.Credentials != "" {
		return nil, nil
	}
	allowed, err := v.Permissions.Allows(v.R.Context(), c.Target.Function, c.Target.Qualifier, policy.Request{
		Caller: "apigateway.amazonaws.com", Action: "lambda:InvokeFunction",
		Context: map[string]string{"aws:SourceArn": c.Source, "aws:SourceAccount": c.Account},
	})
	if err == nil && !allowed {
		return &Failure{Reason: NotAllowed, Detail: "The IAM role configured on the integration or API Gateway doesn't have permissions to call the integration. Check the permissions and try again."}, nil
	}
	return nil, err
}

// Invocation is a call of a target for this request, with an event.
func (v *Visit) Invocation(t Target, event []byte) *function.Invocation {
	return &function.Invocation{
		Function: t.Function, Qualifier: t.Qualifier, Call: function.Call{RequestID: v.ID, Payload: event, TraceID: v.Trace},
	}
}

// Fits reports whether a function takes an event of this size; nil if it does.
func Fits(event []byte) *Failure {
	if len(event) > function.MaxPayload {
		return &Failure{Reason: TooLong, Detail: "the event is longer than a function takes"}
	}
	return nil
}

// Invoke calls a function that Reach found. An answer may say that the function failed.
func (v *Visit) Invoke(c *Call, event []byte) (function.Answer, *Failure) {
	if f := Fits(event); f != nil {
		return function.Answer{}, f
	}
	answer, err := v.invoke(c, event)
	if err != nil {
		return answer, v.failed(err)
	}
	return answer, nil
}

// Submitted says what an event invocation ended in.
func (v *Visit) Submitted(err error) *Failure {
	if err == nil {
		return nil
	}
	return v.failed(err)
}

// invoke calls a function, and measures that. An error that is errLate says that its time was over.
func (v *Visit) invoke(c *Call, event []byte) (function.Answer, error) {
	ctx, cancel := c.bound(v.R.Context())
	defer cancel()
	began := time.Now()
	answer, err := v.Functions.Invoke(ctx, v.Invocation(c.Target, event))
	v.Integration += time.Since(began)
	if err != nil && ctx.Err() != nil && v.R.Context().Err() == nil {
		return answer, errLate
	}
	return answer, err
}

// bound ends a context when the call's time is over; zero means no limit.
func (c *Call) bound(ctx context.Context) (context.Context, context.CancelFunc) {
	if c.Limit <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, c.Limit)
}

// ErrorMessage is the message of a function's failure; a failure without one is still no success, and gives a space.
func ErrorMessage(answer []byte) string {
	var failure struct {
		Message string `json:"errorMessage"`
	}
	if json.Unmarshal(answer, &failure) != nil || failure.Message == "" {
		return " "
	}
	return failure.Message
}
