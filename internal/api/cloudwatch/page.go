package cloudwatch

import (
	"encoding/json"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// The lists that are given in pages.
const (
	alarmPages     wire.List = "alarms"
	dashboardPages wire.List = "dashboards"
	dataPages      wire.List = "data"
	historyPages   wire.List = "history"
	metricPages    wire.List = "metrics"
)

// writeToken makes of the place behind a list's page the token that callers hand back and do not read.
func writeToken(list wire.List, place any) (*string, error) {
	text, err := json.Marshal(place)
	if err != nil {
		return nil, err
	}
	return list.Token(string(text)), nil
}

// readToken reads such a token into place, which stays as it is if there is none. It fails on a token of another list.
func readToken(list wire.List, token *string, place any) error {
	if token == nil {
		return nil
	}
	text, ok := list.Place(token)
	if !ok || json.Unmarshal([]byte(text), place) != nil {
		return fault.Errorf(fault.Invalid, "page", "The token %q is not one that this operation gave out", *token)
	}
	return nil
}
