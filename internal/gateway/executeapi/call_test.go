package executeapi_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/gatewaytest"
	"sluice/internal/policy"
)

func TestFunctionsLetAPIGatewayIn(t *testing.T) {
	t.Run("their resource policies are asked", func(t *testing.T) {
		f := newFixture(t, "GET", "/dev", "")
		if failed := f.Reach(call()); failed != nil {
			t.Fatalf("%+v", failed)
		}
		asked := f.b.Asked[0]
		if asked.Caller != "apigateway.amazonaws.com" || asked.Action != "lambda:InvokeFunction" || asked.Context["aws:SourceArn"] != "arn:source" ||
			asked.Context["aws:SourceAccount"] != owner || !strings.HasSuffix(asked.Resource, ":function:f:live") {
			t.Errorf("asked %+v", asked)
		}
	})
	t.Run("one that does not is told to the operator", func(t *testing.T) {
		f := newFixture(t, "GET", "/dev", "")
		f.b.Denied = true
		wantFailure(t, f.Reach(call()), executeapi.NotAllowed, "")
		if log := f.log.String(); !strings.Contains(log, "its resource policy has no statement for it") || !strings.Contains(log, "arn:source") {
			t.Errorf("logged %q", log)
		}
	})
	t.Run("with credentials nobody is asked", func(t *testing.T) {
		f := newFixture(t, "GET", "/dev", "")
		c := call()
		f.b.Denied, c.Credentials = true, "arn:aws:iam::111111111111:role/r"
		if failed := f.Reach(c); failed != nil || len(f.b.Asked) > 0 {
			t.Errorf("%+v, asked %v", failed, f.b.Asked)
		}
	})
	t.Run("what leads to no function", func(t *testing.T) {
		f := newFixture(t, "GET", "/dev", "")
		c := call()
		c.Target, c.Credentials = executeapi.Target{}, "arn:aws:iam::111111111111:role/r"
		wantFailure(t, f.Reach(c), executeapi.NoFunction, "The integration leads to no function.")
	})
	t.Run("a policy that can't be read", func(t *testing.T) {
		f := newFixture(t, "GET", "/dev", "")
		f.Permissions = unreadable{}
		wantFailure(t, f.Reach(call()), executeapi.Unreached, "no disk")
		if !strings.Contains(f.log.String(), "no disk") {
			t.Errorf("logged %q", f.log.String())
		}
	})
}

// unreadable are resource policies that can't be looked up.
type unreadable struct{}

func (unreadable) Allows(context.Context, function.ID, string, policy.Request) (bool, error) {
	return false, errors.New("no disk")
}

func TestInvoke(t *testing.T) {
	f := newFixture(t, "GET", "/dev", "")
	f.R.Header.Set("X-Amzn-Trace-Id", "unused")
	answer, failed := f.Invoke(call(), []byte(`{}`))
	if failed != nil || string(answer.Payload) != `"hello"` {
		t.Fatalf("%+v, %s", failed, answer.Payload)
	}
	inv := f.b.Called[0]
	if inv.Function.Name != "f" || inv.Qualifier != "live" || inv.Call.RequestID != f.ID || inv.Call.TraceID != f.Trace || string(inv.Call.Payload) != `{}` {
		t.Errorf("called %+v", inv)
	}
	if f.Integration <= 0 {
		t.Errorf("the integration took %v", f.Integration)
	}
}

func TestCallsThatFail(t *testing.T) {
	for _, tt := range []struct {
		name   string
		err    error
		reason executeapi.Reason
		told   bool // to the operator
	}{
		{"a throttled function", fault.Errorf(fault.Throttled, "concurrency", "x"), executeapi.Unreached, false},
		{"one that has gone", fault.Errorf(fault.NotFound, "function", "x"), executeapi.Unreached, false},
		{"an event that is too large", fault.Errorf(fault.TooLarge, "payload", "x"), executeapi.TooLong, false},
		{"a server that stops", fault.Errorf(fault.Unavailable, "host", "x"), executeapi.Unreached, true},
		{"something else", errors.New("x"), executeapi.Unreached, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFixture(t, "GET", "/dev", "")
			f.b.Handler = func(context.Context, *function.Call) (*function.Outcome, error) { return nil, tt.err }
			_, failed := f.Invoke(call(), nil)
			wantFailure(t, failed, tt.reason, tt.err.Error())
			wantFailure(t, f.Submitted(tt.err), tt.reason, tt.err.Error())
			if told := strings.Contains(f.log.String(), "an integration failed"); told != tt.told {
				t.Errorf("logged %q", f.log.String())
			}
		})
	}
	t.Run("an event that no function takes", func(t *testing.T) {
		f := newFixture(t, "GET", "/dev", "")
		_, failed := f.Invoke(call(), make([]byte, function.MaxPayload+1))
		wantFailure(t, failed, executeapi.TooLong, "")
		if len(f.b.Called) > 0 {
			t.Error("the function was called")
		}
		if failed := executeapi.Fits(make([]byte, function.MaxPayload)); failed != nil {
			t.Errorf("the largest event: %+v", failed)
		}
	})
	t.Run("an event that was accepted", func(t *testing.T) {
		if failed := newFixture(t, "GET", "/dev", "").Submitted(nil); failed != nil {
			t.Errorf("%+v", failed)
		}
	})
}

// waiting is a function that waits until its caller gives up.
func waiting(ctx context.Context, _ *function.Call) (*function.Outcome, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestTheTimeOfACall(t *testing.T) {
	t.Run("ends it", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			f := newFixture(t, "GET", "/dev", "")
			f.b.Handler = waiting
			c := call()
			c.Limit = 29 * time.Second
			_, failed := f.Invoke(c, nil)
			wantFailure(t, failed, executeapi.Late, "")
			if f.Integration != c.Limit || f.log.Len() > 0 {
				t.Errorf("it took %v; logged %q", f.Integration, f.log.String())
			}
		})
	})
	t.Run("has no limit if none is said", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			f := newFixture(t, "GET", "/dev", "")
			f.b.Handler = func(ctx context.Context, _ *function.Call) (*function.Outcome, error) {
				select {
				case <-ctx.Done():
					return nil, ctx.Err()
				case <-time.After(24 * time.Hour):
					return gatewaytest.Answering(`1`), nil
				}
			}
			if answer, failed := f.Invoke(call(), nil); failed != nil || string(answer.Payload) != "1" {
				t.Errorf("%+v", failed)
			}
		})
	})
	t.Run("a caller who leaves is no failure of the server's", func(t *testing.T) {
		f := newFixture(t, "GET", "/dev", "")
		ctx, leave := context.WithCancel(t.Context())
		leave()
		f.R = f.R.WithContext(ctx)
		f.b.Handler = waiting
		_, failed := f.Invoke(call(), nil)
		wantFailure(t, failed, executeapi.Unreached, "context canceled")
		if f.log.Len() > 0 {
			t.Errorf("logged %q", f.log.String())
		}
	})
}

func TestErrorMessages(t *testing.T) {
	for answer, want := range map[string]string{
		`{"errorMessage":"boom","errorType":"E"}`: "boom", `{"errorMessage":""}`: " ", `{}`: " ", `null`: " ", `x`: " ", ``: " ", `{"errorMessage":1}`: " ",
	} {
		if got := executeapi.ErrorMessage([]byte(answer)); got != want {
			t.Errorf("%s says %q, want %q", answer, got, want)
		}
	}
}
