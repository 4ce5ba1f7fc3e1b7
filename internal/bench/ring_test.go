package main

import (
	"testing"
	"time"
)

const rangData = `{"version":"1.0","oldState":{"stateValue":"OK"},"newState":{"stateValue":"ALARM","stateReasonData":{"version":"1.0",
	"evaluatedDatapoints":[{"timestamp":"2026-11-21T11:00:10.000+0000","value":3.0},{"timestamp":"2026-11-21T11:00:00.000+0000","value":1.0}]}}}`

func TestReadRing(t *testing.T) {
	for name, tt := range map[string]struct {
		data  string
		rings bool
		fails bool
	}{
		"rings":          {rangData, true, false},
		"becomes OK":     {`{"newState":{"stateValue":"OK","stateReasonData":{"evaluatedDatapoints":[{"timestamp":"2026-11-21T11:00:10.000+0000"}]}}}`, false, false},
		"is set by hand": {`{"newState":{"stateValue":"ALARM","stateReason":"a test"}}`, false, false},
		"no time":        {`{"newState":{"stateValue":"ALARM","stateReasonData":{"evaluatedDatapoints":[{"timestamp":"noon"}]}}}`, true, true},
		"no JSON":        {`ALARM`, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			began, rings, err := readRing(tt.data)
			if rings != tt.rings || (err != nil) != tt.fails {
				t.Errorf("rings %v, error %v", rings, err)
			}
			if want := time.Date(2026, 11, 21, 11, 0, 10, 0, time.UTC); rings && !tt.fails && !began.Equal(want) {
				t.Errorf("the period began at %v, want %v, the newest", began, want)
			}
		})
	}
}

func TestRingsReadsEachPage(t *testing.T) {
	item := object{"Timestamp": 1795258820.084, "HistoryData": rangData}
	ok := object{"Timestamp": 1795258800, "HistoryData": `{"newState":{"stateValue":"OK"}}`}
	s := fake(t,
		object{"AlarmHistoryItems": []object{item, ok}, "NextToken": "more"},
		object{"AlarmHistoryItems": []object{item}},
	)
	rings, err := s.rings(t.Context(), "a", time.Now(), 10*time.Second)
	if err != nil || len(rings) != 2 {
		t.Fatalf("%d rings, %v", len(rings), err)
	}
	if late := rings[1].at.Sub(rings[1].period).Round(time.Millisecond); late != 84*time.Millisecond {
		t.Errorf("it rang %v after the end of the period, at %v", late, rings[1].at.UTC())
	}
}
