package server

import (
	"context"
	"errors"
	"testing"

	"sluice/internal/alarm"
	"sluice/internal/fault"
	"sluice/internal/function"
)

var home = function.Scope{Region: "us-east-1", Account: "000000000000"}

func TestParseAction(t *testing.T) {
	const arn = "arn:aws:lambda:us-east-1:000000000000:function:f"
	for name, tt := range map[string]struct{ arn, function, qualifier string }{
		"a function":         {arn, "f", ""},
		"one of its aliases": {arn + ":live", "f", "live"},
		"its newest":         {arn + ":$LATEST", "f", "$LATEST"},
		"a topic":            {"arn:aws:sns:us-east-1:000000000000:t", "", ""},
		"a layer":            {"arn:aws:lambda:us-east-1:000000000000:layer:f", "", ""},
		"another region":     {"arn:aws:lambda:eu-west-1:000000000000:function:f", "", ""},
		"another account":    {"arn:aws:lambda:us-east-1:111111111111:function:f", "", ""},
		"too much":           {arn + ":live:x", "", ""},
		"nothing":            {"", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			id, qualifier, err := parseAction(tt.arn, home)
			if tt.function == "" {
				if !fault.Is(err, fault.Invalid, "action") {
					t.Errorf("%v", err)
				}
				return
			}
			if err != nil || id.Name != tt.function || id.Scope != home || qualifier != tt.qualifier {
				t.Errorf("%+v %q, %v", id, qualifier, err)
			}
		})
	}
}

func TestAnActionThatIsNoneInvokesNothing(t *testing.T) {
	err := actions{}.Run(t.Context(), "arn:aws:sns:us-east-1:000000000000:t", alarm.Change{Alarm: &alarm.Alarm{Scope: home}})
	if !fault.Is(err, fault.Invalid, "action") || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestABellThatNobodyHears(t *testing.T) {
	new(bell).ring(alarm.Change{Alarm: &alarm.Alarm{Scope: home}}) // the deployments are not there yet
}

// FuzzParseAction reads ARNs of any content: one that is accepted names a function of the alarm's account and region.
func FuzzParseAction(f *testing.F) {
	for _, seed := range []string{"arn:aws:lambda:us-east-1:000000000000:function:f:live", "arn:aws:sns:us-east-1:000000000000:t", ":::::::", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, arn string) {
		if id, _, err := parseAction(arn, home); err == nil && id.Scope != home {
			t.Errorf("%q is %+v", arn, id)
		}
	})
}
