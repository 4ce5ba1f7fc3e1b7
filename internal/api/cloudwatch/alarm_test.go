package cloudwatch

import (
	"strings"
	"testing"
)

func minimal(name string, more ...object) object {
	in := object{"AlarmName": name, "Namespace": "n", "MetricName": "m", "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1,
		"ComparisonOperator": "GreaterThanThreshold", "Threshold": 30}
	for _, m := range more {
		for key, value := range m {
			in[key] = value
		}
	}
	return in
}

// The golden file is what a client sees of an alarm's life.
func TestAnAlarmsLife(t *testing.T) {
	tr := &transcript{desk: newDesk(t)}
	tr.ask("a minimal alarm", "PutMetricAlarm", minimal("small"))
	tr.ask("with all that there is", "PutMetricAlarm", minimal("whole", object{
		"AlarmDescription": "d", "ActionsEnabled": false, "OKActions": items{"arn:ok"}, "AlarmActions": items{"arn:alarm"},
		"InsufficientDataActions": items{"arn:none"}, "Dimensions": items{object{"Name": "d", "Value": "v"}}, "Unit": "Count",
		"DatapointsToAlarm": 1, "TreatMissingData": "ignore", "Tags": items{object{"Key": "k", "Value": "v"}},
	}))
	tr.ask("over a percentile", "PutMetricAlarm", minimal("percentile", object{
		"Statistic": nil, "ExtendedStatistic": "p99", "EvaluateLowSampleCountPercentile": "ignore"}))
	tr.ask("over metric math", "PutMetricAlarm", object{"AlarmName": "math", "EvaluationPeriods": 2, "Threshold": 0.5,
		"ComparisonOperator": "LessThanThreshold", "Metrics": items{
			object{"Id": "e", "Expression": "m*2", "Label": "double"},
			object{"Id": "m", "ReturnData": false, "MetricStat": object{"Stat": "Sum", "Period": 60,
				"Metric": object{"Namespace": "n", "MetricName": "m"}}},
		}})
	tr.ask("as they are listed", "DescribeAlarms", object{})
	tr.ask("set by hand", "SetAlarmState", object{"AlarmName": "small", "StateValue": "ALARM", "StateReason": "test", "StateReasonData": `{"a":1}`})
	tr.ask("in that state", "DescribeAlarms", object{"StateValue": "ALARM"})
	tr.ask("of one metric", "DescribeAlarmsForMetric", object{"Namespace": "n", "MetricName": "m", "ExtendedStatistic": "p99"})
	tr.ask("with actions again", "EnableAlarmActions", object{"AlarmNames": items{"whole"}})
	tr.ask("deleted", "DeleteAlarms", object{"AlarmNames": items{"math", "percentile", "whole"}})
	tr.ask("what is left", "DescribeAlarms", object{})
	tr.compare("life")
}

func TestACompositeAlarmsLife(t *testing.T) {
	tr := &transcript{desk: newDesk(t)}
	tr.must("PutMetricAlarm", minimal("one"))
	tr.must("PutMetricAlarm", minimal("quiet"))
	tr.ask("made", "PutCompositeAlarm", object{"AlarmName": "any", "AlarmRule": "ALARM(one)", "AlarmDescription": "d",
		"ActionsSuppressor": "quiet", "ActionsSuppressorWaitPeriod": 10, "ActionsSuppressorExtensionPeriod": 20})
	tr.ask("not listed unless asked for", "DescribeAlarms", object{"AlarmNames": items{"any"}})
	tr.ask("its child", "DescribeAlarms", object{"ChildrenOfAlarmName": "any"})
	tr.ask("its child's parent", "DescribeAlarms", object{"ParentsOfAlarmName": "one"})
	tr.ask("a child can't be deleted", "DeleteAlarms", object{"AlarmNames": items{"one"}})
	tr.ask("a rule without sense", "PutCompositeAlarm", object{"AlarmName": "odd", "AlarmRule": "ALARM(one) OR"})
	tr.compare("composite")
}

func TestDisabledActionsAreShown(t *testing.T) {
	d := newDesk(t)
	d.must("PutMetricAlarm", minimal("a"))
	d.must("DisableAlarmActions", object{"AlarmNames": items{"a"}})
	if got := d.must("DescribeAlarms", object{})["MetricAlarms"].([]any)[0].(map[string]any)["ActionsEnabled"]; got != false {
		t.Errorf("actions are enabled: %v", got)
	}
}

func TestAMissingAlarm(t *testing.T) {
	d := newDesk(t)
	const gone = "arn:aws:cloudwatch:us-east-1:000000000000:alarm:gone"
	for name, tt := range map[string]struct {
		operation string
		in        object
		code      string
		silent    bool
	}{
		"has no state":    {"SetAlarmState", object{"AlarmName": "gone", "StateValue": "OK", "StateReason": "r"}, "ResourceNotFound", true},
		"is not deleted":  {"DeleteAlarms", object{"AlarmNames": items{"gone"}}, "ResourceNotFound", false},
		"is not tagged":   {"TagResource", object{"ResourceARN": gone, "Tags": items{object{"Key": "k", "Value": "v"}}}, "ResourceNotFoundException", false},
		"is not untagged": {"UntagResource", object{"ResourceARN": gone, "TagKeys": items{"k"}}, "ResourceNotFoundException", false},
	} {
		t.Run(name, func(t *testing.T) {
			code, message := d.refused(tt.operation, tt.in)
			if code != service+tt.code || (message == "") != tt.silent {
				t.Errorf("%s: %s", code, message)
			}
		})
	}
}

func TestWhatIsRefused(t *testing.T) {
	d := newDesk(t)
	for name, tt := range map[string]struct {
		operation string
		in        object
		code      string
	}{
		"a shape's constraint":     {"PutMetricAlarm", minimal("a", object{"Statistic": "Most"}), "ValidationException"},
		"an anomaly operator":      {"PutMetricAlarm", minimal("a", object{"ComparisonOperator": "GreaterThanUpperThreshold"}), "ValidationException"},
		"no threshold":             {"PutMetricAlarm", minimal("a", object{"Threshold": nil}), "ValidationException"},
		"a period of 7 s":          {"PutMetricAlarm", minimal("a", object{"Period": 7}), "ValidationException"},
		"a word for no data":       {"PutMetricAlarm", minimal("a", object{"TreatMissingData": "guess"}), "ValidationException"},
		"a threshold that is none": {"PutMetricAlarm", minimal("a", object{"Threshold": "NaN"}), "ValidationException"},
		"two statistics":           {"PutMetricAlarm", minimal("a", object{"ExtendedStatistic": "p99"}), "InvalidParameterCombinationException"},
		"an anomaly detector":      {"PutMetricAlarm", minimal("a", object{"ThresholdMetricId": "m"}), "ValidationException"},
		"a period of an age":       {"PutMetricAlarm", minimal("a", object{"Period": 1<<32 + 60}), "ValidationException"},
		"a query's period of an age": {"PutMetricAlarm", object{"AlarmName": "a", "ComparisonOperator": "GreaterThanThreshold",
			"EvaluationPeriods": 1, "Threshold": 1, "Metrics": items{object{"Id": "e", "Expression": "TIME_SERIES(1)", "Period": 1<<32 + 60}}}, "ValidationException"},
		"a name with a NUL":               {"PutMetricAlarm", minimal("a\x00b"), "ValidationException"},
		"a composite's name of two lines": {"PutCompositeAlarm", object{"AlarmName": "a\nb", "AlarmRule": "TRUE"}, "ValidationException"},
		"a composite's wait of an age": {"PutCompositeAlarm", object{"AlarmName": "a", "AlarmRule": "TRUE", "ActionsSuppressor": "b",
			"ActionsSuppressorExtensionPeriod": 1, "ActionsSuppressorWaitPeriod": 1 << 40}, "ValidationException"},
		"a strange token":        {"DescribeAlarms", object{"NextToken": "x"}, "InvalidNextToken"},
		"names and a prefix":     {"DescribeAlarms", object{"AlarmNames": items{"a"}, "AlarmNamePrefix": "a"}, "InvalidParameterCombinationException"},
		"children and a prefix":  {"DescribeAlarms", object{"ChildrenOfAlarmName": "a", "AlarmNamePrefix": "a"}, "InvalidParameterCombinationException"},
		"children and parents":   {"DescribeAlarms", object{"ChildrenOfAlarmName": "a", "ParentsOfAlarmName": "a"}, "InvalidParameterCombinationException"},
		"another account's tags": {"ListTagsForResource", object{"ResourceARN": "arn:aws:cloudwatch:us-east-1:999999999999:alarm:a"}, "InvalidParameterValueException"},
	} {
		t.Run(name, func(t *testing.T) {
			if code, message := d.refused(tt.operation, tt.in); code[strings.IndexByte(code, '#')+1:] != tt.code || message == "" {
				t.Errorf("%s: %s, want %s", code, message, tt.code)
			}
		})
	}
}

func TestTags(t *testing.T) {
	d := newDesk(t)
	d.must("PutMetricAlarm", minimal("a", object{"Tags": items{object{"Key": "b", "Value": "1"}}}))
	arn := object{"ResourceARN": "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a"}
	tagged := func() string {
		var all []string
		for _, each := range d.must("ListTagsForResource", arn)["Tags"].([]any) {
			m := each.(map[string]any)
			all = append(all, m["Key"].(string)+"="+m["Value"].(string))
		}
		return strings.Join(all, " ")
	}
	if got := tagged(); got != "b=1" {
		t.Errorf("made with %s", got)
	}
	d.must("TagResource", object{"ResourceARN": arn["ResourceARN"], "Tags": items{object{"Key": "a", "Value": "2"}, object{"Key": "b", "Value": "3"}}})
	if got := tagged(); got != "a=2 b=3" {
		t.Errorf("tagged with %s", got)
	}
	d.must("UntagResource", object{"ResourceARN": arn["ResourceARN"], "TagKeys": items{"b", "none"}})
	if got := tagged(); got != "a=2" {
		t.Errorf("left with %s", got)
	}
}

func TestPages(t *testing.T) {
	d := newDesk(t)
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		d.must("PutMetricAlarm", minimal(name))
	}
	for _, tt := range []struct{ operation, list, key string }{
		{"DescribeAlarms", "MetricAlarms", "AlarmName"}, {"DescribeAlarmHistory", "AlarmHistoryItems", "AlarmName"},
	} {
		t.Run(tt.operation, func(t *testing.T) {
			seen, pages := map[any]bool{}, 0
			for in := (object{"MaxRecords": 2}); ; pages++ {
				out := d.must(tt.operation, in)
				for _, each := range out[tt.list].([]any) {
					seen[each.(map[string]any)[tt.key]] = true
				}
				if in["NextToken"] = out["NextToken"]; out["NextToken"] == nil {
					break
				}
			}
			if len(seen) != 5 || pages != 2 {
				t.Errorf("%d alarms behind %d tokens", len(seen), pages)
			}
		})
	}
}
