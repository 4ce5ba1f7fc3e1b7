package cloudwatch

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// lastStatistics asks GetMetricStatistics for the metric m by minutes, from five minutes ago to now.
func lastStatistics(more object) object {
	ask := object{"Namespace": "n", "MetricName": "m", "Period": 60, "StartTime": minuteAgo(5).Unix(), "EndTime": minuteAgo(-1).Unix()}
	for k, v := range more {
		ask[k] = v
	}
	return ask
}

// points draws datapoints, and takes their times out of them.
func points(answer object) string {
	var drawn []string
	for _, each := range answer["Datapoints"].([]any) {
		p := each.(map[string]any)
		delete(p, "Timestamp")
		drawn = append(drawn, strings.TrimPrefix(fmt.Sprint(p), "map"))
	}
	return strings.Join(drawn, " ")
}

func TestGetMetricStatistics(t *testing.T) {
	d := newDesk(t)
	d.put("PutMetricData", object{"Namespace": "n", "MetricData": items{
		object{"MetricName": "m", "Values": items{1, 10}, "Counts": items{2, 4}, "Unit": "Count", "Timestamp": minuteAgo(2).Unix()},
		object{"MetricName": "m", "Value": 5, "Unit": "Seconds", "Timestamp": minuteAgo(2).Unix()},
		object{"MetricName": "m", "Value": 7, "Timestamp": minuteAgo(3).Unix()},
	}})
	for _, tt := range []struct {
		name, want string
		ask        object
	}{
		{"plain ones, by time and unit", "[Maximum:7 Sum:7 Unit:None] [Maximum:10 Sum:42 Unit:Count] [Maximum:5 Sum:5 Unit:Seconds]",
			object{"Statistics": items{"Sum", "Maximum", "Sum"}}},
		{"all of them", "[Average:7 Maximum:10 Minimum:1 SampleCount:6 Sum:42 Unit:Count]",
			object{"Statistics": items{"Sum", "Maximum", "Minimum", "Average", "SampleCount"}, "Unit": "Count"}},
		{"a unit that nothing was measured in", "", object{"Statistics": items{"Sum"}, "Unit": "Bits"}},
		{"a metric that is not there", "", object{"Statistics": items{"Sum"}, "MetricName": "other"}},
		{"other dimensions", "", object{"Statistics": items{"Sum"}, "Dimensions": items{object{"Name": "a", "Value": "b"}}}},
		{"extended ones", "[ExtendedStatistics:map[p0:5 p100:5] Unit:Seconds]",
			object{"ExtendedStatistics": items{"p100", "p0"}, "Unit": "Seconds"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			answer := d.must("GetMetricStatistics", lastStatistics(tt.ask))
			if got := points(answer); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if want := lastStatistics(tt.ask)["MetricName"]; answer["Label"] != want {
				t.Errorf("the label is %v, want %v", answer["Label"], want)
			}
		})
	}
}

func TestGetMetricStatisticsPeriodsBeginAtTheStart(t *testing.T) {
	d := newDesk(t)
	d.putValues("m", nil, 1, 2, 3, 4)
	start := minuteAgo(4)
	answer := d.must("GetMetricStatistics", lastStatistics(object{"Statistics": items{"Sum"}, "Period": 120, "StartTime": start.Unix()}))
	first := answer["Datapoints"].([]any)[0].(map[string]any)["Timestamp"].(float64)
	if got := points(answer); got != "[Sum:3 Unit:None] [Sum:7 Unit:None]" {
		t.Errorf("got %s", got)
	}
	if int64(first) != start.Unix() {
		t.Errorf("the first period begins at %v, want %v", int64(first), start.Unix())
	}
}

func TestGetMetricStatisticsRefuses(t *testing.T) {
	d := newDesk(t)
	now := time.Now().Unix()
	sum := items{"Sum"}
	for _, tt := range []struct {
		name          string
		ask           object
		code, message string
	}{
		{"no statistic", object{}, badCombination, "Must specify either Statistics or ExtendedStatistics"},
		{"both kinds", object{"Statistics": sum, "ExtendedStatistics": items{"p9"}}, badCombination,
			"The parameters Statistics and ExtendedStatistics are mutually exclusive and you have specified both."},
		{"a percentile that is none", object{"ExtendedStatistics": items{"p101"}}, badParameter, "The value p101 for parameter ExtendedStatistics is not supported."},
		{"a plain one among the extended", object{"ExtendedStatistics": sum}, badParameter, "The value Sum for parameter ExtendedStatistics is not supported."},
		{"a period of 7", object{"Statistics": sum, "Period": 7}, badParameter,
			"The parameter Period must be a value in the set [1, 5, 10, 20, 30] or a multiple of 60."},
		{"a range upside down", object{"Statistics": sum, "StartTime": now, "EndTime": now}, badParameter,
			"The parameter StartTime must be less than the parameter EndTime."},
		{"too many periods", object{"Statistics": sum, "StartTime": now - 60*2880, "EndTime": now}, badCombination,
			"You have requested up to 2,880 datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range."},
		{"all of time", object{"Statistics": sum, "StartTime": -62135596800, "EndTime": 253402300799}, badCombination,
			"You have requested up to 5,258,964,959 datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, message := d.refused("GetMetricStatistics", lastStatistics(tt.ask))
			if !strings.HasSuffix(code, tt.code) || message != tt.message {
				t.Errorf("%s: %s, want %s: %s", code, message, tt.code, tt.message)
			}
		})
	}
}

func TestGrouped(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1441: "1,441", 1234567: "1,234,567"} {
		if got := grouped(n); got != want {
			t.Errorf("grouped(%d) = %s, want %s", n, got, want)
		}
	}
}
