package cloudwatch

import (
	"bytes"
	"encoding/json"
	"strings"

	"sluice/internal/alarm"
)

// definition is an alarm's definition as the texts in its history name it: the members of DescribeAlarms without those
// about its state, each beginning in lower case.
func definition(a *alarm.Alarm) (map[string]any, error) {
	if a == nil {
		return nil, nil
	}
	stripped := *a
	stripped.Status = alarm.Status{State: a.Status.State}
	var whole any
	if a.Composite != nil {
		whole = compositeAlarm(&stripped)
	} else {
		whole = metricAlarm(&stripped)
	}
	text, err := compact(whole)
	if err != nil {
		return nil, err
	}
	var members map[string]any
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&members); err != nil {
		return nil, err
	}
	for _, name := range []string{"StateReason", "StateUpdatedTimestamp", "StateTransitionedTimestamp", "AlarmConfigurationUpdatedTimestamp"} {
		delete(members, name)
	}
	return lowered(members).(map[string]any), nil
}

// lowered writes all names of a document as Java does: beginning in lower case.
func lowered(document any) any {
	switch x := document.(type) {
	case map[string]any:
		out := make(map[string]any, len(x))
		for name, value := range x {
			out[lowerName(name)] = lowered(value)
		}
		return out
	case []any:
		for i := range x {
			x[i] = lowered(x[i])
		}
	}
	return document
}

func lowerName(name string) string {
	if rest, ok := strings.CutPrefix(name, "OK"); ok {
		return "ok" + rest
	}
	return strings.ToLower(name[:1]) + name[1:]
}

// compact writes a JSON text as AWS puts it into a member: on one line, with <, > and & as they are.
func compact(document any) (string, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(document); err != nil {
		return "", err
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}
