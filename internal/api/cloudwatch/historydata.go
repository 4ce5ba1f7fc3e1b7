package cloudwatch

import (
	"encoding/json"
	"reflect"
	"time"

	"sluice/internal/alarm"
)

// stamp is how times stand in the JSON texts about alarms, such as 2022-01-17T14:48:42.271+0000.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000-0700") }

// stateChange is HistoryData of a change of state, as recorded in test_put_metric_alarm.
type stateChange struct {
	Version  string   `json:"version"`
	OldState oldState `json:"oldState"`
	NewState oldState `json:"newState"`
}

type oldState struct {
	Value  alarm.State     `json:"stateValue"`
	Reason string          `json:"stateReason"`
	Data   json.RawMessage `json:"stateReasonData,omitempty"`
}

// configurationChange is HistoryData of a change of definition.
type configurationChange struct {
	Version string         `json:"version"`
	Type    string         `json:"type"` // Create, Update or Delete
	Created map[string]any `json:"createdAlarm,omitempty"`
	Updated map[string]any `json:"updatedAlarm,omitempty"`
	Deleted map[string]any `json:"deletedAlarm,omitempty"`
	Before  map[string]any `json:"originalUpdatedFields,omitempty"`
}

// executed is HistoryData of an action.
type executed struct {
	State    string `json:"actionState"` // Succeeded or Failed
	Since    int64  `json:"stateUpdateTimestamp"`
	Resource string `json:"notificationResource"`
	Error    string `json:"error,omitempty"`
}

func historyData(h *alarm.HistoryItem) (string, error) {
	var data any
	switch {
	case h.Transition != nil:
		data = stateChange{"1.0", stateIn(h.Transition.Before), stateIn(h.Transition.After)}
	case h.Configuration != nil:
		change, err := configuration(h.Configuration)
		if err != nil {
			return "", err
		}
		data = change
	case h.Execution != nil:
		e := executed{"Succeeded", h.Execution.Since.UnixMilli(), h.Execution.Action, h.Execution.Error}
		if e.Error != "" {
			e.State = "Failed"
		}
		data = e
	default:
		return "", nil
	}
	return compact(data)
}

func stateIn(s alarm.Status) oldState {
	state := oldState{Value: s.State, Reason: s.Reason}
	if s.ReasonData != "" && json.Valid([]byte(s.ReasonData)) {
		state.Data = json.RawMessage(s.ReasonData)
	}
	return state
}

func configuration(c *alarm.Configuration) (configurationChange, error) {
	change := configurationChange{Version: "1.0"}
	before, err := definition(c.Before)
	if err != nil {
		return change, err
	}
	after, err := definition(c.After)
	if err != nil {
		return change, err
	}
	switch {
	case c.Before == nil:
		change.Type, change.Created = "Create", after
	case c.After == nil:
		change.Type, change.Deleted = "Delete", before
	default:
		change.Type, change.Updated, change.Before = "Update", after, changed(before, after)
	}
	return change, nil
}

// changed is what a definition said before of the members that are other now.
func changed(before, after map[string]any) map[string]any {
	was := map[string]any{}
	for name, value := range before {
		if !reflect.DeepEqual(value, after[name]) {
			was[name] = value
		}
	}
	return was
}
