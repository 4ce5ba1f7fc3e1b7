package cloudformation_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/cloudformation"
	"sluice/internal/api/resource/resourcetest"
	"sluice/internal/api/resource/signal"
	"sluice/internal/api/wire"
	"sluice/internal/clock"
	"sluice/internal/stack"
)

// asked is a provider whose functions answer as told.
type asked struct {
	signals  *signal.Addresses
	provider *resource.Provider
	events   []object
	answer   func(event object) string
	refuse   error
}

func newAsked(scale clock.Scale, answer func(event object) string) *asked {
	return askedWith(kept{}, scale, answer)
}

// askedWith is what a server makes that has found the signals of one before it.
func askedWith(signals kept, scale clock.Scale, answer func(event object) string) *asked {
	a := &asked{signals: signal.New("http://127.0.0.1:4566", "secret", signals), answer: answer}
	a.provider = resource.New(resource.Config{}, cloudformation.Types(cloudformation.Means{Answers: a.signals, Invoke: a.invoke, Scale: scale})...)
	return a
}

// kept keeps signals.
type kept map[string][][]byte

func (k kept) Append(token string, signal []byte) error {
	if string(signal) == "full" {
		return errors.New("no space left on device")
	}
	k[token] = append(k[token], signal)
	return nil
}

func (k kept) Read(token string) ([][]byte, error) { return k[token], nil }

func (k kept) Remove(token string) error {
	delete(k, token)
	return nil
}

func (a *asked) invoke(_ context.Context, _ wire.Origin, _ string, payload []byte) error {
	var event object
	if err := json.Unmarshal(payload, &event); err != nil {
		return err
	}
	a.events = append(a.events, event)
	if body := a.answer(event); body != "" {
		send(a.signals, http.MethodPut, event["ResponseURL"].(string), body)
	}
	return a.refuse
}

// send sends to an address, and returns the status.
func send(s *signal.Addresses, method, url, body string) int {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(method, url, strings.NewReader(body)))
	return w.Code
}

// response answers an event.
func response(event object, more object) string {
	answer := object{"Status": "SUCCESS", "PhysicalResourceId": "made", "StackId": event["StackId"], "RequestId": event["RequestId"], "LogicalResourceId": event["LogicalResourceId"]}
	for name, value := range more {
		answer[name] = value
	}
	coded, _ := json.Marshal(answer)
	return string(coded)
}

func TestACustomResource(t *testing.T) {
	a := newAsked(60, func(event object) string {
		return response(event, object{"Data": object{"Endpoint": "e", "Port": 1}})
	})
	o := customOrder(nil)
	made, err := a.provider.Create(t.Context(), o)
	if err != nil || made.PhysicalID != "made" || made.Attributes["Endpoint"] != "e" {
		t.Fatalf("created %+v, %v", made, err)
	}
	o.PhysicalID, o.Old, o.Token = "made", o.Properties, strings.Replace(resourcetest.Token, "1", "2", 1)
	if _, err := a.provider.Update(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	o.Token = strings.Replace(resourcetest.Token, "1", "3", 1)
	if err := a.provider.Delete(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	texts := object{"ServiceToken": resourcetest.FunctionARN + "f", "Count": "3", "On": "true", "List": []any{"1", object{"a": "false"}}}
	for i, want := range []object{
		{"RequestType": "Create", "PhysicalResourceId": nil, "OldResourceProperties": nil},
		{"RequestType": "Update", "PhysicalResourceId": "made", "OldResourceProperties": texts},
		{"RequestType": "Delete", "PhysicalResourceId": "made", "OldResourceProperties": nil},
	} {
		for name, value := range with(want, object{"ResourceProperties": texts, "ResourceType": "Custom::Thing", "StackId": resourcetest.TheStack, "LogicalResourceId": "C"}) {
			if got := a.events[i][name]; asJSON(got) != asJSON(value) {
				t.Errorf("event %d has %v as %s, want %v", i, got, name, value)
			}
		}
	}
}

func with(one, other object) object {
	for name, value := range other {
		one[name] = value
	}
	return one
}

func asJSON(value any) string {
	coded, _ := json.Marshal(value)
	return string(coded)
}

// The reasons are AWS's words.
func TestACustomResourceFails(t *testing.T) {
	for name, tt := range map[string]struct {
		properties object
		answer     func(event object) string
		reason     string
	}{
		"as it says": {nil, func(e object) string {
			return response(e, object{"Status": "FAILED", "Reason": "no luck"})
		},
			"Received response status [FAILED] from custom resource. Message returned: no luck (RequestId: " + resourcetest.Token + ")"},
		"without a reason": {nil, func(e object) string { return response(e, object{"Status": "FAILED"}) },
			"Received response status [FAILED] from custom resource. Message returned: the function gave no Reason; its logs may say more (RequestId: " + resourcetest.Token + ")"},
		"no JSON":        {nil, func(object) string { return "<xml/>" }, "Response is not valid JSON"},
		"more than JSON": {nil, func(e object) string { return response(e, nil) + "}" }, "Response is not valid JSON"},
		"a list":         {nil, func(object) string { return " [1, 2]" }, "Invalid Response object: the response must be an object"},
		"data is a text": {nil, func(e object) string { return response(e, object{"Data": "x"}) }, "Invalid Response object: Value of property Data must be an object"},
		"the ID is a list": {nil, func(e object) string {
			return response(e, object{"PhysicalResourceId": []int{1}})
		}, "Invalid Response object: Value of property PhysicalResourceId must be of type String"},
		"a long ID": {nil, func(e object) string {
			return response(e, object{"PhysicalResourceId": strings.Repeat("x", 1025)})
		}, "Invalid PhysicalResourceId"},
		"5000 bytes": {nil, func(e object) string {
			return response(e, object{"Data": object{"a": strings.Repeat("x", 5000)}})
		}, "Response object is too long."},
		"100000 bytes": {nil, func(e object) string {
			return response(e, object{"Data": object{"a": strings.Repeat("x", 100_000)}})
		}, "Response object is too long."},
		"another status":    {nil, func(e object) string { return response(e, object{"Status": "MAYBE"}) }, "Invalid Response object: 'MAYBE' is not a valid ResponseStatus"},
		"another request":   {nil, func(e object) string { return response(e, object{"RequestId": "x"}) }, "Invalid Response object: StackId, RequestId"},
		"without an ID":     {nil, func(e object) string { return response(e, object{"PhysicalResourceId": ""}) }, "Invalid PhysicalResourceId"},
		"asking a topic":    {object{"ServiceToken": "arn:aws:sns:us-east-1:000000000000:t"}, nil, "Invalid service token: arn:aws:sns:us-east-1:000000000000:t is no function's ARN."},
		"a timeout of days": {object{"ServiceTimeout": "86400"}, nil, "Invalid value for ServiceTimeout"},
	} {
		t.Run(name, func(t *testing.T) {
			made, err := newAsked(60, tt.answer).provider.Create(t.Context(), customOrder(tt.properties))
			if there := made != nil; there != (tt.answer != nil) {
				t.Errorf("what has to be deleted is %v", made)
			}
			if err == nil || !strings.HasPrefix(err.Error(), tt.reason) {
				t.Errorf("the reason is %v, want %s", err, tt.reason)
			}
		})
	}
}

// 4096 bytes and an ID of 1024 are not too long.
func TestALongAnswer(t *testing.T) {
	answer := func(e object) string {
		id := strings.Repeat("x", 1024)
		short := response(e, object{"PhysicalResourceId": id, "Reason": "-"})
		return response(e, object{"PhysicalResourceId": id, "Reason": "-" + strings.Repeat("x", 4096-len(short))})
	}
	made, err := newAsked(60, answer).provider.Create(t.Context(), customOrder(nil))
	if err != nil || len(made.PhysicalID) != 1024 {
		t.Errorf("got %+v, %v", made, err)
	}
}

func TestACustomResourceWhoseFunctionIsNotThere(t *testing.T) {
	a := newAsked(60, func(object) string { return "" })
	a.refuse = errors.New("Function not found: " + resourcetest.FunctionARN + "f")
	_, err := a.provider.Create(t.Context(), customOrder(nil))
	if err == nil || !strings.Contains(err.Error(), "Function not found") {
		t.Errorf("the reason is %v", err)
	}
}

// At the scale 60 an hour is a minute.
func TestACustomResourceThatDoesNotAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for timeout, want := range map[any]time.Duration{nil: time.Minute, "60": time.Second} {
			began := time.Now()
			_, err := newAsked(60, func(object) string { return "" }).provider.Create(t.Context(), customOrder(object{"ServiceTimeout": timeout}))
			if err == nil || !strings.HasPrefix(err.Error(), "CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId ["+resourcetest.Token+"].") {
				t.Errorf("the reason is %v", err)
			}
			if took := time.Since(began); took != want {
				t.Errorf("after %v, want %v", took, want)
			}
		}
	})
}

func TestACustomResourceThatIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	a := newAsked(60, func(object) string { cancel(errCancelled); return "" })
	if _, err := a.provider.Create(ctx, customOrder(nil)); err != errCancelled {
		t.Errorf("the reason is %v", err)
	}
}

// The server was killed after the function had answered: it is not asked again.
func TestARepeatedCustomResourceTakesTheAnswerThatIsThere(t *testing.T) {
	signals := kept{}
	ctx, cancel := context.WithCancelCause(t.Context())
	before := askedWith(signals, 60, func(object) string { cancel(stack.ErrClosing); return "" })
	o := customOrder(nil)
	if _, err := before.provider.Create(ctx, o); err != stack.ErrClosing {
		t.Fatalf("the end is %v", err)
	}
	send(before.signals, http.MethodPut, before.events[0]["ResponseURL"].(string), response(before.events[0], nil))

	after := askedWith(signals, 60, func(object) string { t.Error("the function is asked again"); return "" })
	o.Repeated = true
	if made, err := after.provider.Create(t.Context(), o); err != nil || made.PhysicalID != "made" {
		t.Errorf("got %+v, %v", made, err)
	}
	if len(signals) > 0 {
		t.Errorf("what is left is %q", signals)
	}
}

// Functions whose source is in the template answer with the module that they find.
func TestCustomResourcesInTheTemplate(t *testing.T) {
	for name, tt := range map[string]struct{ program, runtime, source string }{
		"python": {"python3", "python3.13", `
import cfnresponse
def handler(event, context):
    cfnresponse.send(event, context, cfnresponse.SUCCESS, {"Double": int(event["ResourceProperties"]["N"]) * 2}, "p-" + event["LogicalResourceId"])
`},
		"node": {"node", "nodejs22.x", `
const response = require("cfn-response");
exports.handler = (event, context) => response.send(event, context, response.SUCCESS, {Double: event.ResourceProperties.N * 2}, "p-" + event.LogicalResourceId);
`},
	} {
		t.Run(name, func(t *testing.T) {
			needInterpreter(t, tt.program)
			t.Parallel()
			// What is tested is the module that answers. A start on a busy machine gets the time that it takes: the function half a
			// minute in place of three seconds, the stack three minutes in place of one.
			f := resourcetest.InRegion(t, 20)
			function := f.Create(f.Source("F", object{"Runtime": tt.runtime, "Timeout": json.Number("30"), "Code": object{"ZipFile": tt.source}}))
			o := f.Order("C", "Custom::Double", object{"ServiceToken": function.Attributes["Arn"], "N": json.Number("21")})
			made := f.Create(o)
			f.Equal("the Ref", made.PhysicalID, "p-C")
			f.Equal("the attribute", made.Attributes["Double"], 42)
			if err := f.Provider.Delete(t.Context(), o); err != nil {
				t.Error(err)
			}
		})
	}
}

func customOrder(more object) *stack.Order {
	o := resourcetest.Order()
	o.Type = "Custom::Thing"
	o.Properties = with(object{"ServiceToken": resourcetest.FunctionARN + "f", "Count": json.Number("3"), "On": true, "List": []any{json.Number("1"), object{"a": false}}}, more)
	return o
}

var errCancelled = errors.New("an update was cancelled")

// needInterpreter fails a test of what is not installed. make test sees to it that it is; the quick tests go without.
func needInterpreter(t *testing.T, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil && testing.Short() {
		t.Skipf("%s is not installed", name)
	} else if err != nil {
		t.Fatalf("%v: the tests need it, as the Makefile says", err)
	}
}
