package cloudformation

import (
	"reflect"
	"testing"

	shape "sluice/internal/api/shape/cloudformation"
	"sluice/internal/fault"
	"sluice/internal/stack"
)

func TestGivenParameters(t *testing.T) {
	got, err := given([]shape.Parameter{
		{ParameterKey: new("A"), ParameterValue: new("1")}, {ParameterKey: new("B"), UsePreviousValue: new(true)}, {ParameterKey: new("C"), ParameterValue: new(""), UsePreviousValue: new(true)},
	})
	if want := []stack.Given{{Key: "A", Value: "1"}, {Key: "B", Previous: true}, {Key: "C", Previous: true}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	_, err = given([]shape.Parameter{{ParameterKey: new("A"), ParameterValue: new("1"), UsePreviousValue: new(true)}})
	if want := "Invalid input for parameter key A. Cannot specify usePreviousValue as true and non empty value for a parameter"; !fault.Is(err, fault.Invalid, "parameter") || err.Error() != want {
		t.Errorf("the error is %v", err)
	}
}

// An update that gives no tags keeps those that there are; one that gives an empty list takes them away.
func TestTagsThatWereNotGivenAreNone(t *testing.T) {
	for name, tt := range map[string]struct {
		tags []shape.Tag
		want map[string]string
	}{
		"not given":       {nil, nil},
		"an empty list":   {[]shape.Tag{}, map[string]string{}},
		"without a value": {[]shape.Tag{{Key: new("a")}}, map[string]string{"a": ""}},
		"some":            {[]shape.Tag{{Key: new("a"), Value: new("1")}, {Key: new("b"), Value: new("2")}}, map[string]string{"a": "1", "b": "2"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tagsOf(tt.tags); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %#v", got)
			}
		})
	}
}

func TestRollbackConfigurationThereAndBack(t *testing.T) {
	if rollbackOf(nil) != nil {
		t.Error("one that was not given is one")
	}
	given := &shape.RollbackConfiguration{MonitoringTimeInMinutes: new(int64(5)), RollbackTriggers: []shape.RollbackTrigger{
		{Arn: new("a"), Type: new("t")}, {Arn: new("b"), Type: new("t")},
	}}
	read := rollbackOf(given)
	if want := (&stack.Rollback{Minutes: 5, Triggers: []stack.Trigger{{ARN: "a", Type: "t"}, {ARN: "b", Type: "t"}}}); !reflect.DeepEqual(read, want) {
		t.Errorf("read as %+v", read)
	}
	if shown := rollbackShape(*read); !reflect.DeepEqual(shown, given) {
		t.Errorf("shown as %+v", shown)
	}
	if shown := rollbackShape(stack.Rollback{}); shown.MonitoringTimeInMinutes != nil || shown.RollbackTriggers != nil {
		t.Errorf("none is shown as %+v", shown)
	}
}
