package demo

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sluice/internal/account"
	"sluice/internal/client"
)

// answering is a demo whose server gives one answer to everything, and what it was asked last.
func answering(t *testing.T, text string) (d *demo, asked *string) {
	t.Helper()
	asked = new(string)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		*asked = string(body)
		io.WriteString(w, text)
	}))
	t.Cleanup(s.Close)
	return &demo{Config: Config{Scale: 60}, client: &client.Client{URL: s.URL, Key: account.Key{ID: "A", Secret: "s"}}}, asked
}

const (
	quiet = `{"Timestamp":1000.25,"HistoryData":"{\"newState\":{\"stateValue\":\"OK\",\"stateReasonData\":{\"evaluatedDatapoints\":[{\"timestamp\":\"1970-01-01T00:16:39.000+0000\"}]}}}"}`
	rings = `{"Timestamp":1002.25,"HistoryData":"{\"newState\":{\"stateValue\":\"ALARM\",\"stateReasonData\":{\"evaluatedDatapoints\":[{\"timestamp\":\"1970-01-01T00:16:41.200+0000\"},{\"timestamp\":\"1970-01-01T00:16:40.200+0000\"}]}}}"}`
)

func TestRangReadsTheAlarmsHistory(t *testing.T) {
	d, asked := answering(t, `{"AlarmHistoryItems":[`+quiet+`,`+rings+`,`+strings.ReplaceAll(rings, "1002.25", "1009")+`]}`)
	got, err := d.rang(t.Context(), time.UnixMilli(1_001_500))
	if err != nil || !got.rang.Equal(time.UnixMilli(1_002_250)) || !got.period.Equal(time.UnixMilli(1_002_200)) {
		t.Errorf("%+v, %v; want 1002.25 and, for a minute of a second, 1002.2", got, err)
	}
	if !strings.Contains(*asked, `"StartDate":1001.5`) || !strings.Contains(*asked, `"AlarmName":"demo-errors"`) {
		t.Errorf("asked for %s", *asked)
	}
}

func TestAnAlarmThatDidNotRing(t *testing.T) {
	for _, items := range []string{"", quiet, `{"Timestamp":1,"HistoryData":"{\"newState\":{\"stateValue\":\"ALARM\"}}"}`} {
		d, _ := answering(t, `{"AlarmHistoryItems":[`+items+`]}`)
		if got, err := d.rang(t.Context(), time.Unix(1000, 0)); err != nil || got != (bell{}) {
			t.Errorf("%s: %+v, %v", items, got, err)
		}
	}
}

func TestAHistoryThatCannotBeRead(t *testing.T) {
	for _, answer := range []string{
		`<html>`, `{"AlarmHistoryItems":[{"HistoryData":"<html>"}]}`, `{"AlarmHistoryItems":[` + strings.ReplaceAll(rings, "+0000", "?") + `]}`,
	} {
		d, _ := answering(t, answer)
		if got, err := d.rang(t.Context(), time.Unix(1000, 0)); err == nil {
			t.Errorf("%s: %+v and no error", answer, got)
		}
	}
}

// An alias is a version's alone, or it is split and nobody's.
func TestAskAlias(t *testing.T) {
	for _, tt := range []struct {
		answer string
		weight float64
		alias  string
	}{
		{`{"FunctionVersion":"2"}`, 0, "2"},
		{`{"FunctionVersion":"2","RoutingConfig":{"AdditionalVersionWeights":{"3":0.1}}}`, 0.1, ""},
		{`{"FunctionVersion":"3"}`, 1, "3"},
	} {
		d, _ := answering(t, tt.answer)
		f := frame{version: "3"}
		if err := d.askAlias(t.Context(), &f); err != nil || f.weight != tt.weight || f.alias != tt.alias {
			t.Errorf("%s: weight %v, alias %q, %v", tt.answer, f.weight, f.alias, err)
		}
	}
}
