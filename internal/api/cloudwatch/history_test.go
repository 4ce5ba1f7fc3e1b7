package cloudwatch

import (
	"bytes"
	"encoding/json"
	"testing"

	"sluice/internal/alarm"
	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/wire"
)

// The golden file is what DescribeAlarmHistory answers for each kind of event.
func TestHistoryItems(t *testing.T) {
	c := change(metricAlarmOf(single))
	changed := *c.Alarm
	other := single
	other.Threshold = 2
	changed.Watch = &other
	composite := change(rule)
	var got bytes.Buffer
	for _, h := range []*alarm.HistoryItem{
		{Kind: alarm.StateUpdate, Summary: "Alarm updated from OK to ALARM", Transition: &alarm.Transition{Before: c.Before, After: c.Alarm.Status}},
		{Kind: alarm.ConfigurationUpdate, Configuration: &alarm.Configuration{After: c.Alarm}},
		{Kind: alarm.ConfigurationUpdate, Configuration: &alarm.Configuration{Before: c.Alarm, After: &changed}},
		{Kind: alarm.ConfigurationUpdate, Composite: true, Configuration: &alarm.Configuration{Before: composite.Alarm}},
		{Kind: alarm.ActionUpdate, Execution: &alarm.Execution{Action: "arn:x", State: alarm.Ringing, Since: moment}},
		{Kind: alarm.ActionUpdate, Execution: &alarm.Execution{Action: "arn:x", Since: moment, Error: "there is none"}},
	} {
		h.Alarm, h.Time = "high", moment
		item, err := historyItem(h)
		if err != nil {
			t.Fatal(err)
		}
		writeItem(t, &got, item)
	}
	compareGolden(t, "history", got.Bytes())
}

// writeItem writes an item with its data laid open.
func writeItem(t *testing.T, out *bytes.Buffer, item shape.AlarmHistoryItem) {
	t.Helper()
	data := wire.Value(item.HistoryData)
	item.HistoryData = nil
	text, err := json.MarshalIndent(item, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	out.Write(append(text, '\n'))
	if err := json.Indent(out, []byte(data), "", "  "); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	out.WriteByte('\n')
}

func TestReasonDataThatIsNoJSONIsLeftOut(t *testing.T) {
	if got := stateIn(alarm.Status{ReasonData: "{"}); got.Data != nil {
		t.Errorf("kept %s", got.Data)
	}
}

func TestHistoryTypes(t *testing.T) {
	for name, tt := range map[string]struct {
		in   shape.DescribeAlarmHistoryInput
		want int
	}{
		"of one alarm, whatever it is": {shape.DescribeAlarmHistoryInput{AlarmName: new("a")}, 0},
		"of metric alarms else":        {shape.DescribeAlarmHistoryInput{}, 1},
		"as asked":                     {shape.DescribeAlarmHistoryInput{AlarmTypes: []string{"MetricAlarm", "CompositeAlarm"}}, 2},
	} {
		if got := historyTypes(&tt.in); len(got) != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestATokenIsReadAsItWasWritten(t *testing.T) {
	in := alarm.HistoryCursor{Time: moment, Alarm: "ä", Number: 7}
	token, err := writeToken(historyPages, in)
	if err != nil {
		t.Fatal(err)
	}
	var out *alarm.HistoryCursor
	if err := readToken(historyPages, token, &out); err != nil || *out != in {
		t.Errorf("%+v, %v", out, err)
	}
	for _, wrong := range []string{"", "x", "!", "eyJ9", "bnVsbA", "e30", (*token)[1:], *token + "AAAA"} {
		if e := translate(readToken(historyPages, &wrong, &out)); e == nil || e.QueryCode != "InvalidNextToken" {
			t.Errorf("%q: %v", wrong, e)
		}
	}
	for _, other := range []wire.List{alarmPages, dashboardPages, dataPages, metricPages} {
		var any json.RawMessage
		if e := translate(readToken(other, token, &any)); e == nil || e.QueryCode != "InvalidNextToken" {
			t.Errorf("as a token of %s: %v", other, e)
		}
	}
}
