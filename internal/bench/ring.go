package main

import (
	"context"
	"encoding/json"
	"time"
)

// ring is an alarm's beginning to ring.
type ring struct {
	at     time.Time // as the alarm's history has it
	period time.Time // the end of the period that set it off
}

// rings lists when an alarm, or with an empty name any alarm, began to ring since a moment. A period is as long as is
// said, in real time.
func (s *instance) rings(ctx context.Context, alarm string, since time.Time, period time.Duration) (rings []ring, err error) {
	in := object{"HistoryItemType": "StateUpdate", "StartDate": float64(since.UnixMilli()) / 1e3, "MaxRecords": 100}
	if alarm != "" {
		in["AlarmName"] = alarm
	}
	for {
		var page struct {
			AlarmHistoryItems []struct {
				Timestamp   float64 // seconds since 1970
				HistoryData string
			}
			NextToken string
		}
		if err := s.client.CloudWatch(ctx, "DescribeAlarmHistory", in, &page); err != nil {
			return nil, err
		}
		for _, item := range page.AlarmHistoryItems {
			began, ok, err := readRing(item.HistoryData)
			if err != nil {
				return nil, err
			}
			if ok {
				rings = append(rings, ring{time.UnixMicro(int64(item.Timestamp * 1e6)), began.Add(period)})
			}
		}
		if page.NextToken == "" {
			return rings, nil
		}
		in["NextToken"] = page.NextToken
	}
}

// readRing reads a change of state: whether the alarm rings since, and when the newest period began that decided it.
func readRing(data string) (began time.Time, rings bool, err error) {
	var change struct {
		NewState struct {
			StateValue      string
			StateReasonData struct {
				EvaluatedDatapoints []struct{ Timestamp string } // the newest first
			}
		}
	}
	if err := json.Unmarshal([]byte(data), &change); err != nil {
		return began, false, err
	}
	points := change.NewState.StateReasonData.EvaluatedDatapoints
	if change.NewState.StateValue != "ALARM" || len(points) == 0 {
		return began, false, nil
	}
	began, err = time.Parse("2006-01-02T15:04:05.000-0700", points[0].Timestamp)
	return began, true, err
}
