package lambda

import (
	"encoding/json"
	"strings"
	"testing"
)

const eventConfigs = "/2019-09-25/functions/"

// The members that are there and the order of the list are those of the recording test_lambda_eventinvokeconfig_exceptions.
func TestEventConfigsAreShown(t *testing.T) {
	const (
		arn  = "arn:aws:lambda:us-east-1:000000000000:function:"
		ends = `"DestinationConfig":{"OnFailure":{},"OnSuccess":{}}`
	)
	f := newFixture(t)
	f.create(t, `{"FunctionName":"sink"}`)
	for _, tt := range []struct{ name, method, path, body, want string }{
		{"put", "PUT", "f/event-invoke-config", `{"MaximumRetryAttempts":0}`, `{` + ends + `,"FunctionArn":"` + arn + `f:$LATEST","MaximumRetryAttempts":0}`},
		{"a put replaces", "PUT", "f/event-invoke-config", `{"MaximumEventAgeInSeconds":60}`, `{` + ends + `,"FunctionArn":"` + arn + `f:$LATEST","MaximumEventAgeInSeconds":60}`},
		{"an update keeps", "POST", "f/event-invoke-config?Qualifier=$LATEST", `{"MaximumRetryAttempts":1}`, `{` + ends + `,"FunctionArn":"` + arn + `f:$LATEST","MaximumEventAgeInSeconds":60,"MaximumRetryAttempts":1}`},
		{"an alias", "PUT", "f:LIVE/event-invoke-config", `{"DestinationConfig":{"OnSuccess":{"Destination":"` + arn + `sink"}}}`, `{"DestinationConfig":{"OnFailure":{},"OnSuccess":{"Destination":"` + arn + `sink"}},"FunctionArn":"` + arn + `f:LIVE"}`},
		{"an empty destination", "PUT", "f:1/event-invoke-config", `{"DestinationConfig":{"OnFailure":{}}}`, `{` + ends + `,"FunctionArn":"` + arn + `f:1"}`},
		{"get", "GET", "f/event-invoke-config", ``, `{` + ends + `,"FunctionArn":"` + arn + `f:$LATEST","MaximumEventAgeInSeconds":60,"MaximumRetryAttempts":1}`},
		{"delete", "DELETE", "f/event-invoke-config", ``, `{}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := f.must(t, tt.method, eventConfigs+tt.path, tt.body)
			delete(got, "LastModified")
			text, err := json.Marshal(got)
			if got == nil {
				text = []byte("{}")
			}
			if err != nil || string(text) != tt.want {
				t.Errorf("%s, want %s", text, tt.want)
			}
		})
	}
}

func TestEventConfigsAreListedInPages(t *testing.T) {
	f := newFixture(t)
	for _, name := range []string{"f:LIVE", "f:1", "f"} {
		f.must(t, "PUT", eventConfigs+name+"/event-invoke-config", `{"MaximumRetryAttempts":1}`)
	}
	var names []string
	for marker := ""; ; {
		page := f.must(t, "GET", eventConfigs+"f/event-invoke-config/list?MaxItems=2&Marker="+marker, "")
		for _, each := range page["FunctionEventInvokeConfigs"].([]any) {
			arn := each.(map[string]any)["FunctionArn"].(string)
			names = append(names, arn[strings.LastIndex(arn, ":")+1:])
		}
		next, more := page["NextMarker"].(string)
		if !more {
			break
		}
		marker = next
	}
	if got := strings.Join(names, " "); got != "$LATEST 1 LIVE" {
		t.Errorf("listed: %s", got)
	}
}

// The texts are those of the recording test_lambda_eventinvokeconfig_exceptions, but for destinations that Sluice does not
// serve.
func TestEventConfigsAreRefused(t *testing.T) {
	const arn = "arn:aws:lambda:us-east-1:000000000000:function:"
	to := func(end, arn string) string {
		return `{"DestinationConfig":{"` + end + `":{"Destination":"` + arn + `"}}}`
	}
	f := newFixture(t)
	for _, tt := range []struct{ name, method, path, body, code, text string }{
		{"nothing given", "PUT", "none/event-invoke-config", `{}`, "InvalidParameterValueException", "You must specify at least one of error handling or destination setting."},
		{"no function", "PUT", "none/event-invoke-config", `{"MaximumRetryAttempts":1}`, "ResourceNotFoundException", "The function doesn't exist."},
		{"no alias", "PUT", "f:none/event-invoke-config", `{"MaximumRetryAttempts":1}`, "ResourceNotFoundException", "The function doesn't exist."},
		{"no function to update", "POST", "none/event-invoke-config", `{"MaximumRetryAttempts":1}`, "ResourceNotFoundException", "The function doesn't exist."},
		{"nothing to update", "POST", "f/event-invoke-config", `{"MaximumRetryAttempts":1}`, "ResourceNotFoundException", "The function " + arn + "f:$LATEST doesn't have an EventInvokeConfig"},
		{"nothing to get", "GET", "none/event-invoke-config", ``, "ResourceNotFoundException", "The function " + arn + "none:$LATEST doesn't have an EventInvokeConfig"},
		{"nothing to delete", "DELETE", "f:LIVE/event-invoke-config", ``, "ResourceNotFoundException", "The function " + arn + "f:LIVE doesn't have an EventInvokeConfig"},
		{"no function to list", "GET", "none/event-invoke-config/list", ``, "ResourceNotFoundException", "The function doesn't exist."},
		{"two qualifiers", "PUT", "f:1/event-invoke-config?Qualifier=LIVE", `{"MaximumRetryAttempts":1}`, "InvalidParameterValueException", "The derived qualifier from the function name does not match the specified qualifier."},
		{"a destination that is not there", "PUT", "f/event-invoke-config", to("OnSuccess", arn+"none"), "InvalidParameterValueException", "The destination ARN " + arn + "none is invalid."},
		{"itself", "PUT", "f/event-invoke-config", to("OnSuccess", arn+"f"), "InvalidParameterValueException", "You can't specify the function as a destination for itself."},
		{"another service", "PUT", "f/event-invoke-config", to("OnSuccess", "arn:aws:iam:us-east-1:000000000000:function:f"), "InvalidParameterValueException", "The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=arn:aws:iam:us-east-1:000000000000:function:f), onFailure=null) is invalid."},
		{"no ARN", "PUT", "f/event-invoke-config", to("OnFailure", "arn:aws:_-/!lambda:x"), "ValidationException", "1 validation error detected: Value 'arn:aws:_-/!lambda:x' at 'destinationConfig.onFailure.destination' failed to satisfy constraint"},
		{"too many retries", "PUT", "f/event-invoke-config", `{"MaximumRetryAttempts":3}`, "ValidationException", "at 'maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 2"},
		{"a queue", "PUT", "f/event-invoke-config", to("OnFailure", "arn:aws:sqs:us-east-1:000000000000:q"), "InvalidParameterValueException", "Sluice delivers to functions alone"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, code, text := f.call(t, tt.method, eventConfigs+tt.path, tt.body)
			if code != tt.code || !strings.Contains(text, tt.text) {
				t.Errorf("%s %s, want %s %s", code, text, tt.code, tt.text)
			}
		})
	}
}
