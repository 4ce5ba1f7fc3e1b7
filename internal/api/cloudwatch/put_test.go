package cloudwatch

import (
	"strings"
	"testing"
	"time"
)

const (
	badCombination = "InvalidParameterCombinationException"
	badParameter   = "InvalidParameterValueException"
	absent         = "MissingRequiredParameterException"
	invalidRequest = "ValidationException"
)

func TestPutMetricDataRefuses(t *testing.T) {
	d := newDesk(t)
	set := func(count, sum, least, most float64) object {
		return object{"SampleCount": count, "Sum": sum, "Minimum": least, "Maximum": most}
	}
	twice := items{object{"Name": "a", "Value": "1"}, object{"Name": "a", "Value": "2"}}
	now := float64(time.Now().Unix())
	for _, tt := range []struct {
		name          string
		datum         object
		code, message string
	}{
		{"a value and values", object{"Value": 1, "Values": items{1, 2}}, badCombination,
			"The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both."},
		{"a value and a summary", object{"Value": 1, "StatisticValues": set(1, 1, 1, 1)}, badCombination,
			"The parameters MetricData.member.1.StatisticValues and MetricData.member.1.Value are mutually exclusive and you have specified both."},
		{"values and a summary", object{"Values": items{1}, "StatisticValues": set(1, 1, 1, 1)}, badCombination,
			"The parameters MetricData.member.1.StatisticValues and MetricData.member.1.Values are mutually exclusive and you have specified both."},
		{"no value", object{}, absent,
			"At least one of the parameters MetricData.member.1.Value, MetricData.member.1.Values and MetricData.member.1.StatisticValues must be specified."},
		{"counts that are too few", object{"Values": items{1, 2}, "Counts": items{1}}, badParameter,
			"The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size."},
		{"too many values", object{"Values": make([]int, 151)}, badParameter,
			"The collection MetricData.member.1.Values must not have a size greater than 150."},
		{"a value that is no number", object{"Value": "NaN"}, badParameter, "The value NaN for parameter MetricData.member.1.Value is invalid."},
		{"a value without end", object{"Value": "-Infinity"}, badParameter, "The value -Infinity for parameter MetricData.member.1.Value is invalid."},
		{"a value that is too large", object{"Values": items{1, 1e109}}, badParameter, "The value 1e+109 for parameter MetricData.member.1.Values.member.2 is invalid."},
		{"a negative count", object{"Values": items{1}, "Counts": items{-1}}, badParameter,
			"The parameter MetricData.member.1.Counts.member.1 must be greater than or equal to 0."},
		{"a summary upside down", object{"StatisticValues": set(2, 3, 2, 1)}, badParameter,
			"The parameter MetricData.member.1.StatisticValues.Minimum must be less than or equal to the parameter MetricData.member.1.StatisticValues.Maximum."},
		{"a summary of fewer than nothing", object{"StatisticValues": set(-1, 3, 1, 2)}, badParameter,
			"The parameter MetricData.member.1.StatisticValues.SampleCount must be greater than or equal to 0."},
		{"a dimension twice", object{"Value": 1, "Dimensions": twice}, badParameter, "No metric may specify the same dimension name twice."},
		{"a resolution of 5", object{"Value": 1, "StorageResolution": 5}, badParameter,
			"The value 5 for parameter MetricData.member.1.StorageResolution is invalid: use 1 or 60."},
		{"an old time", object{"Value": 1, "Timestamp": now - 15*86400}, badParameter,
			"The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks."},
		{"a time to come", object{"Value": 1, "Timestamp": now + 3*3600}, badParameter,
			"The parameter MetricData.member.1.Timestamp must specify a time no more than two hours in the future."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.datum["MetricName"] = "m"
			code, message := d.refused("PutMetricData", object{"Namespace": "n", "MetricData": items{tt.datum}})
			if !strings.HasSuffix(code, tt.code) || message != tt.message {
				t.Errorf("%s: %s, want %s: %s", code, message, tt.code, tt.message)
			}
		})
	}
}

func TestPutMetricDataRefusesWholeRequests(t *testing.T) {
	d := newDesk(t)
	many := make(items, 1001)
	for i := range many {
		many[i] = object{"MetricName": "m", "Value": 1}
	}
	for _, tt := range []struct {
		name          string
		request       object
		code, message string
	}{
		{"no data", object{"Namespace": "n"}, absent, "The parameter MetricData is required."},
		{"too many data", object{"Namespace": "n", "MetricData": many}, badParameter, "The collection MetricData must not have a size greater than 1000."},
		{"a namespace of AWS", object{"Namespace": "AWS/Lambda", "MetricData": many[:1]}, badParameter, "The value AWS/ for parameter Namespace is invalid."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, message := d.refused("PutMetricData", tt.request)
			if !strings.HasSuffix(code, tt.code) || message != tt.message {
				t.Errorf("%s: %s, want %s: %s", code, message, tt.code, tt.message)
			}
		})
	}
}

func TestPutMetricDataStoresNothingOfARequestThatIsRefused(t *testing.T) {
	d := newDesk(t)
	d.refused("PutMetricData", object{"Namespace": "n", "MetricData": items{
		object{"MetricName": "good", "Value": 1}, object{"MetricName": "bad"},
	}})
	if listed := d.must("ListMetrics", object{})["Metrics"].([]any); len(listed) != 0 {
		t.Errorf("listed %v", listed)
	}
}

func TestPutMetricDataTakesEntitiesMetrics(t *testing.T) {
	d := newDesk(t)
	d.put("PutMetricData", object{"Namespace": "n", "EntityMetricData": items{object{
		"Entity": object{"KeyAttributes": object{"Type": "Service", "Name": "calculator"}}, "MetricData": items{object{"MetricName": "m", "Value": 1}},
	}}})
	if listed := d.must("ListMetrics", object{})["Metrics"].([]any); len(listed) != 1 {
		t.Errorf("listed %v", listed)
	}
}
