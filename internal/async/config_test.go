package async_test

import (
	"strings"
	"testing"
	"time"

	"sluice/internal/async"
	"sluice/internal/fault"
)

func TestConfigKeepsWhatAnUpdateLeavesOut(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.configure(async.ConfigChange{Retries: new(1), Destinations: toSink()})
		changed, err := s.UpdateConfig(t.Context(), id("f"), "$LATEST", async.ConfigChange{Seconds: new(60)})
		if err != nil {
			t.Fatal(err)
		}
		if limits := changed.Limits(); limits != (async.Limits{Retries: 1, Age: time.Minute}) || changed.OnSuccess != id("sink").ARN() {
			t.Errorf("%+v", changed)
		}
		s.configure(async.ConfigChange{Seconds: new(60)})
		found, err := s.Config(t.Context(), id("f"), "")
		if err != nil || found.Retries != nil || found.OnSuccess != "" {
			t.Errorf("after a put: %+v, %v", found, err)
		}
	})
}

func TestDestinationsAreChecked(t *testing.T) {
	const mine, latest = "arn:aws:lambda:us-east-1:000000000000:function:f", "arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST"
	for _, tt := range []struct{ success, failure, noun, text string }{
		{id("sink").ARN(), "", "", ""},
		{"", id("sink").Qualified("live"), "", ""},
		{id("sink").Qualified("1"), id("sink").Qualified("$LATEST"), "", ""},
		{"", "", "", ""},
		{mine, "", "destination", "You can't specify the function as a destination for itself."},
		{"", latest, "destination", "You can't specify the function as a destination for itself."},
		{id("sink").Qualified("none"), "", "destination", "The destination ARN " + id("sink").Qualified("none") + " is invalid."},
		{"", "arn:aws:lambda:eu-west-1:000000000000:function:sink", "destination", "The destination ARN arn:aws:lambda:eu-west-1:000000000000:function:sink is invalid."},
		{"arn:aws:lambda:us-east-1:000000000000:layer:l:1", "", "destination", "onSuccess=OnSuccess(destination=arn:aws:lambda:us-east-1:000000000000:layer:l:1), onFailure=null) is invalid."},
		{id("sink").ARN(), "arn:aws:iam::000000000000:role/r", "destination", "onFailure=OnFailure(destination=arn:aws:iam::000000000000:role/r)) is invalid."},
		{"arn:aws:s3:::bucket", "", "destination", "is invalid."},
		{"", "arn:aws:s3:::bucket", "unserved destination", "arn:aws:s3:::bucket"},
		{"arn:aws:sqs:us-east-1:000000000000:q", "", "unserved destination", "arn:aws:sqs:us-east-1:000000000000:q"},
		{"", "arn:aws:sns:us-east-1:000000000000:t", "unserved destination", "arn:aws:sns:us-east-1:000000000000:t"},
		{"arn:aws:events:us-east-1:000000000000:event-bus/default", "", "unserved destination", "event-bus/default"},
	} {
		onStage(t, nil, func(t *testing.T, s *stage) {
			destinations := &async.Destinations{}
			if tt.success != "" {
				destinations.OnSuccess = &async.Destination{ARN: &tt.success}
			}
			if tt.failure != "" {
				destinations.OnFailure = &async.Destination{ARN: &tt.failure}
			}
			_, err := s.PutConfig(t.Context(), id("f"), "", async.ConfigChange{Destinations: destinations})
			if tt.noun == "" && err == nil {
				return
			}
			if !fault.Is(err, fault.Invalid, tt.noun) || !strings.Contains(err.Error(), tt.text) {
				t.Errorf("%s and %s: error %v, want one about the %s: %s", tt.success, tt.failure, err, tt.noun, tt.text)
			}
		})
	}
}
