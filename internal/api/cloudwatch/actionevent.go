package cloudwatch

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"sluice/internal/alarm"
)

// actionEvent is what AWS sends to a function that an alarm calls (CloudWatch User Guide, "Invoke a Lambda function from
// an alarm"; recorded in test_alarm_lambda_target).
type actionEvent struct {
	Source  string    `json:"source"`
	ARN     string    `json:"alarmArn"`
	Account string    `json:"accountId"`
	Time    string    `json:"time"`
	Region  string    `json:"region"`
	Data    alarmData `json:"alarmData"`
}

type alarmData struct {
	Name          string     `json:"alarmName"`
	State         alarmState `json:"state"`
	Previous      alarmState `json:"previousState"`
	Configuration any        `json:"configuration"`
}

type alarmState struct {
	Value      alarm.State `json:"value"`
	Reason     string      `json:"reason"`
	ReasonData string      `json:"reasonData,omitempty"` // JSON as text
	Time       string      `json:"timestamp"`
	Suppressed string      `json:"actionsSuppressedBy,omitempty"`
	Because    string      `json:"actionsSuppressedReason,omitempty"`
}

type compositeConfiguration struct {
	Description string `json:"description,omitempty"`
	Rule        string `json:"alarmRule"`
	Suppressor  string `json:"actionsSuppressor,omitempty"`
	Wait        *int64 `json:"actionsSuppressorWaitPeriod,omitempty"`
	Extension   *int64 `json:"actionsSuppressorExtensionPeriod,omitempty"`
}

type metricConfiguration struct {
	Description string       `json:"description,omitempty"`
	Metrics     []eventQuery `json:"metrics"`
}

type eventQuery struct {
	ID         string     `json:"id"`
	Stat       *eventStat `json:"metricStat,omitempty"`
	Expression string     `json:"expression,omitempty"`
	Label      string     `json:"label,omitempty"`
	Returned   bool       `json:"returnData"`
}

type eventStat struct {
	Metric eventMetric `json:"metric"`
	Period int64       `json:"period"` // seconds
	Stat   string      `json:"stat"`
	Unit   string      `json:"unit,omitempty"`
}

type eventMetric struct {
	Namespace  string            `json:"namespace"`
	Name       string            `json:"name"`
	Dimensions map[string]string `json:"dimensions"`
}

// ActionEvent returns the JSON text that a function gets as its payload when an alarm with its ARN among the actions
// changes its state.
func ActionEvent(c alarm.Change) ([]byte, error) {
	a := c.Alarm
	event := actionEvent{
		Source: "aws.cloudwatch", ARN: a.ARN(), Account: a.Scope.Account, Region: a.Scope.Region,
		Time: stamp(a.Status.Transitioned),
		Data: alarmData{Name: a.Name, State: eventState(a.Status), Previous: eventState(c.Before)},
	}
	if a.Composite != nil {
		event.Data.Configuration = compositeEvent(a)
	} else {
		event.Data.Configuration = metricEvent(a)
	}
	text, err := compact(event)
	return []byte(text), err
}

func eventState(s alarm.Status) alarmState {
	return alarmState{Value: s.State, Reason: s.Reason, ReasonData: s.ReasonData, Time: stamp(s.Updated),
		Suppressed: string(s.Suppressed.By), Because: s.Suppressed.Reason}
}

func compositeEvent(a *alarm.Alarm) compositeConfiguration {
	out := compositeConfiguration{Description: a.Description, Rule: a.Composite.Rule, Suppressor: a.Composite.Suppressor}
	if out.Suppressor != "" {
		out.Wait = new(int64(a.Composite.Wait / time.Second))
		out.Extension = new(int64(a.Composite.Extension / time.Second))
	}
	return out
}

func metricEvent(a *alarm.Alarm) metricConfiguration {
	w := a.Watch
	out := metricConfiguration{Description: a.Description, Metrics: []eventQuery{}}
	if len(w.Queries) == 0 {
		only := alarm.Query{ID: queryID(a.ARN()), Namespace: w.Namespace, Metric: w.Metric, Dimensions: w.Dimensions,
			Statistic: w.Statistic, Unit: w.Unit, Period: w.Period}
		out.Metrics = append(out.Metrics, queryEvent(&only))
	}
	for i := range w.Queries {
		out.Metrics = append(out.Metrics, queryEvent(&w.Queries[i]))
	}
	return out
}

func queryEvent(q *alarm.Query) eventQuery {
	out := eventQuery{ID: q.ID, Expression: q.Expression, Label: q.Label, Returned: !q.Hidden}
	if q.Expression != "" {
		return out
	}
	metric := eventMetric{Namespace: q.Namespace, Name: q.Metric, Dimensions: map[string]string{}}
	for _, d := range q.Dimensions {
		metric.Dimensions[d.Name] = d.Value
	}
	out.Stat = &eventStat{Metric: metric, Period: int64(q.Period / time.Second), Stat: string(q.Statistic), Unit: q.Unit}
	return out
}

// queryID makes the id that AWS gives to the only metric of an alarm: a UUID, the same each time here.
func queryID(arn string) string {
	sum := sha256.Sum256([]byte(arn))
	text := hex.EncodeToString(sum[:16])
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
}
