package async_test

import (
	"strings"
	"testing"
	"time"

	"sluice/internal/async"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/metric"
)

func TestConfigKeepsWhatAnUpdateLeavesOut(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.configure(async.ConfigChange{Retries: new(1), Destinations: toSink()})
		changed, err := s.UpdateConfig(t.Context(), id("f"), "$LATEST", async.ConfigChange{MaxAgeSeconds: new(60)})
		if err != nil {
			t.Fatal(err)
		}
		if limits := changed.Limits(); limits != (async.Limits{Retries: 1, Age: time.Minute}) || changed.OnSuccess != id("sink").ARN() {
			t.Errorf("%+v", changed)
		}
		s.configure(async.ConfigChange{MaxAgeSeconds: new(60)})
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
		{"", "kafka://topic", "unserved destination", "kafka://topic"},
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

// A function elsewhere has not said that it takes records from here.
func TestADestinationIsOfTheFunctionsAccountAndRegion(t *testing.T) {
	for name, elsewhere := range map[string]function.Scope{
		"another account": {Account: "111111111111", Region: scope.Region}, "another region": {Account: scope.Account, Region: "eu-west-1"},
	} {
		t.Run(name, func(t *testing.T) {
			onStage(t, nil, func(t *testing.T, s *stage) {
				other := function.ID{Scope: elsewhere, Name: "sink"}
				s.write(func(tx function.Tx) error {
					return tx.PutFunction(&function.Function{ID: other, Latest: function.Version{Function: other}})
				})
				there := &async.Destinations{OnSuccess: &async.Destination{ARN: new(other.ARN())}}
				_, err := s.PutConfig(t.Context(), id("f"), "", async.ConfigChange{Destinations: there})
				if !fault.Is(err, fault.Invalid, "destination") {
					t.Errorf("error %v", err)
				}
				err = s.records.WriteEvents(t.Context(), func(tx async.Tx) error { // as a Sluice stored it that did not ask
					return tx.PutEventConfig(&async.Config{Function: id("f"), Qualifier: "$LATEST", OnSuccess: other.ARN()})
				})
				if err != nil {
					t.Fatal(err)
				}
				s.submit("1")
				s.want("0s f(1)")
				s.wantMeasured(metric.DeliveryFailure, 1)
			})
		})
	}
}

func TestConfigsAreListedBehindAQualifier(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		for _, qualifier := range []string{"live", "1", ""} {
			if _, err := s.PutConfig(t.Context(), id("f"), qualifier, async.ConfigChange{Retries: new(0)}); err != nil {
				t.Fatal(err)
			}
		}
		for _, tt := range []struct {
			after string
			want  string
			more  bool
		}{{"", "$LATEST 1", true}, {"$LATEST", "1 live", false}, {"1", "live", false}, {"live", "", false}} {
			found, more, err := s.Configs(t.Context(), id("f"), tt.after, 2)
			var names []string
			for _, c := range found {
				names = append(names, c.Qualifier)
			}
			if got := strings.Join(names, " "); err != nil || got != tt.want || more != tt.more {
				t.Errorf("behind %q: %q, %v, %v", tt.after, got, more, err)
			}
		}
	})
}

func TestWhatIsNotThereIsSaid(t *testing.T) {
	change := async.ConfigChange{Retries: new(0)}
	for name, tt := range map[string]struct {
		ask  func(*stage) error
		noun string
	}{
		"put for no function":   {func(s *stage) error { _, err := s.PutConfig(s.t.Context(), id("none"), "", change); return err }, "event function"},
		"put for no alias":      {func(s *stage) error { _, err := s.PutConfig(s.t.Context(), id("f"), "none", change); return err }, "event function"},
		"put for no version":    {func(s *stage) error { _, err := s.PutConfig(s.t.Context(), id("f"), "9", change); return err }, "event function"},
		"update of no function": {func(s *stage) error { _, err := s.UpdateConfig(s.t.Context(), id("none"), "", change); return err }, "event function"},
		"update of none":        {func(s *stage) error { _, err := s.UpdateConfig(s.t.Context(), id("f"), "", change); return err }, "event config"},
		"get of none":           {func(s *stage) error { _, err := s.Config(s.t.Context(), id("f"), ""); return err }, "event config"},
		"get of no function":    {func(s *stage) error { _, err := s.Config(s.t.Context(), id("none"), ""); return err }, "event config"},
		"delete of none":        {func(s *stage) error { return s.DeleteConfig(s.t.Context(), id("f"), "live") }, "event config"},
		"list of no function":   {func(s *stage) error { _, _, err := s.Configs(s.t.Context(), id("none"), "", 9); return err }, "event function"},
		"get of what was deleted": {func(s *stage) error {
			s.configure(change)
			if err := s.DeleteConfig(s.t.Context(), id("f"), ""); err != nil {
				return err
			}
			_, err := s.Config(s.t.Context(), id("f"), "$LATEST")
			return err
		}, "event config"},
	} {
		t.Run(name, func(t *testing.T) {
			onStage(t, nil, func(t *testing.T, s *stage) {
				if err := tt.ask(s); !fault.Is(err, fault.NotFound, tt.noun) {
					t.Errorf("error %v, want one about the %s", err, tt.noun)
				}
			})
		})
	}
}

func TestAChangeThatSaysNothingIsRefused(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		_, err := s.PutConfig(t.Context(), id("none"), "", async.ConfigChange{})
		if !fault.Is(err, fault.Invalid, "event config") {
			t.Errorf("error %v", err)
		}
	})
}

func TestADestinationMayBeNobody(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.configure(async.ConfigChange{Destinations: &async.Destinations{OnSuccess: &async.Destination{}}})
		_, err := s.PutConfig(t.Context(), id("f"), "", async.ConfigChange{Destinations: &async.Destinations{
			OnSuccess: &async.Destination{}, OnFailure: &async.Destination{ARN: new("arn:aws:iam")},
		}})
		const want = "DestinationConfig(onSuccess=OnSuccess(destination=null), onFailure=OnFailure(destination=arn:aws:iam)) is invalid."
		if err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("error %v", err)
		}
	})
}
