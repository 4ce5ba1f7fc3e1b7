package remote_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"

	"sluice/internal/fault"
)

// alarms makes alarms that ring, or do not.
func (e endpoint) alarms(ringing map[string]bool) {
	e.t.Helper()
	client := cloudwatch.NewFromConfig(e.sdk())
	for name, rings := range ringing {
		_, err := client.PutMetricAlarm(e.t.Context(), &cloudwatch.PutMetricAlarmInput{
			AlarmName: &name, Namespace: new("Tests"), MetricName: new("errors"), Statistic: types.StatisticSum, Period: new(int32(86400)),
			EvaluationPeriods: new(int32(1)), Threshold: new(1.0), ComparisonOperator: types.ComparisonOperatorGreaterThanThreshold,
			TreatMissingData: new("ignore"), // keeps the state that is set below
		})
		if err != nil {
			e.t.Fatal(err)
		}
		if !rings {
			continue
		}
		_, err = client.SetAlarmState(e.t.Context(), &cloudwatch.SetAlarmStateInput{
			AlarmName: &name, StateValue: types.StateValueAlarm, StateReason: new("a test"),
		})
		if err != nil {
			e.t.Fatal(err)
		}
	}
}

func TestAlarmsThatRingAreToldInTheirOrder(t *testing.T) {
	t.Parallel()
	e := open(t)
	e.alarms(map[string]bool{"b": true, "quiet": false, "a": true})
	ringing := need(e.Ringing(t.Context(), []string{"b", "quiet", "a"}))(t)
	if !slices.Equal(ringing, []string{"b", "a"}) {
		t.Errorf("%q, want b and a", ringing)
	}
	if ringing := need(e.Ringing(t.Context(), []string{"quiet"}))(t); len(ringing) != 0 {
		t.Errorf("%q, want none", ringing)
	}
}

func TestAnAlarmThatIsNotThereIsToldBeforeItIsTrusted(t *testing.T) {
	t.Parallel()
	e := open(t)
	e.alarms(map[string]bool{"a": true})
	_, err := e.Ringing(t.Context(), []string{"a", "mistyped"})
	refused(t, err, fault.NotFound, "alarm", `there is no alarm "mistyped"`)
}

func TestWithoutAlarmsNobodyIsAsked(t *testing.T) {
	t.Parallel()
	e := answering(t, nil)
	if ringing := need(e.Ringing(t.Context(), nil))(t); ringing != nil {
		t.Errorf("%q", ringing)
	}
}

func TestManyAlarmsAreReadInBatches(t *testing.T) {
	t.Parallel()
	e := open(t)
	e.alarms(map[string]bool{"a": true})
	names := slices.Repeat([]string{"a"}, 101)
	calls := e.meddler.since(func() {
		if ringing := need(e.Ringing(t.Context(), names))(t); len(ringing) != 101 {
			t.Errorf("%d, want 101", len(ringing))
		}
	})
	if len(calls) != 2 {
		t.Errorf("%s, want two calls", fmt.Sprint(calls))
	}
}
