package demo

import (
	"strings"
	"testing"
	"time"
)

// seen is the report of a demo in which all went as it should.
func seen() report {
	began := time.Unix(1000, 0)
	at := func(ms int) time.Time { return began.Add(time.Duration(ms) * time.Millisecond) }
	return report{
		good: release{version: "2", before: "1", id: "d-AAAAAAAAA", last: frame{
			alias: "2", status: "Succeeded", took: 9 * time.Second, look: look{shares: []share{{0.1, 289, 29}, {0.2, 288, 58}}},
		}},
		bad: release{
			version: "3", before: "2", id: "d-BBBBBBBBB", began: began,
			last: frame{
				alias: "2", status: "Stopped", cause: "ALARM_ACTIVE", rollback: "d-CCCCCCCCC", rollbackStatus: "Succeeded",
			},
			bell: bell{rang: at(713), period: at(709)}, closing: closing{at: at(724), met: 21, of: 214},
		},
		total: look{requests: 4000, failures: map[string]int{"3": 21}},
	}
}

func TestSummary(t *testing.T) {
	want := `
  weight   requests   to version 2   expected    off by
     10 %        289             29       28.9       0.1
     20 %        288             58       57.6       0.4

  version 2               d-AAAAAAAAA, succeeded in 9.0 s
  largest error           0.4 requests

  version 3               d-BBBBBBBBB, stopped: ALARM_ACTIVE
  alarm                   rang 0.71 s after the deployment began,
                          4 ms after its minute had ended
  traffic closed          11 ms after the alarm rang
  met version 3           21 of 214 requests until then
  rollback                d-CCCCCCCCC, succeeded

  requests                4000
  failed                  21, all of version 3
`
	r := seen()
	if got := r.summary(); got != want {
		t.Errorf("summary\n%s\nwant\n%s", got, want)
	}
	if err := r.verdict(); err != nil {
		t.Error(err)
	}
}

// What did not happen is not summed up.
func TestSummaryOfLess(t *testing.T) {
	for name, tt := range map[string]struct {
		less  func(*report)
		lacks []string
	}{
		"no second release": {func(r *report) { r.bad = release{} }, []string{"alarm", "met", "rollback"}},
		"no alarm":          {func(r *report) { r.bad.bell = bell{} }, []string{"alarm  ", "traffic closed"}},
		"no end":            {func(r *report) { r.bad.closing = closing{} }, []string{"traffic closed", "until then"}},
		"no cause":          {func(r *report) { r.bad.last.cause = "" }, []string{"stopped:"}},
		"no rollback":       {func(r *report) { r.bad.last.rollback = "" }, []string{"rollback"}},
	} {
		r := seen()
		tt.less(&r)
		text := r.summary()
		for _, lacking := range tt.lacks {
			if strings.Contains(text, lacking) {
				t.Errorf("%s: the summary has %q:\n%s", name, lacking, text)
			}
		}
	}
}

func TestVerdict(t *testing.T) {
	for name, tt := range map[string]struct {
		wrong func(*report)
		says  string
	}{
		"version 2 was stopped":  {func(r *report) { r.good.last.status = "Stopped" }, "version 2 is Stopped"},
		"version 2 is not there": {func(r *report) { r.good.last.alias = "" }, "version 2 is Succeeded"},
		"calls of version 2 failed": {func(r *report) {
			r.good.last.failures, r.total.failures = map[string]int{"2": 1}, map[string]int{"2": 1}
		}, "1 requests failed"},
		"version 3 arrived":      {func(r *report) { r.bad.last.status, r.bad.last.cause = "Succeeded", "" }, "was not stopped"},
		"somebody stopped it":    {func(r *report) { r.bad.last.cause = "MANUAL_STOP" }, "was not stopped"},
		"the alarm did not ring": {func(r *report) { r.bad.bell = bell{} }, "was not stopped"},
		"traffic did not close":  {func(r *report) { r.bad.closing = closing{met: 1} }, "was not stopped"},
		"no rollback":            {func(r *report) { r.bad.last.rollbackStatus = "" }, "was not stopped and rolled back"},
		"both versions":          {func(r *report) { r.bad.last.alias = "" }, "the alias is on version 2 and 3"},
		"a rollback that failed": {func(r *report) { r.bad.last.rollbackStatus = "Failed" }, "the rollback Failed"},
		"another version":        {func(r *report) { r.bad.last.alias = "3" }, "the alias is on version 3"},
		"a call that met nobody": {func(r *report) { r.total.failures[""] = 1 }, "1 requests failed that did not meet version 3"},
	} {
		r := seen()
		tt.wrong(&r)
		if err := r.verdict(); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: error %v, want one that says %q", name, err, tt.says)
		}
	}
}

func TestFailure(t *testing.T) {
	for want, failures := range map[string]map[string]int{
		"0":                     nil,
		"7, all of version 3":   {"3": 7},
		"2":                     {"": 1, "2": 1},
		"9, 2 not of version 3": {"": 1, "2": 1, "3": 7},
	} {
		if got := (look{failures: failures}).failure(); got != want {
			t.Errorf("%v: %q, want %q", failures, got, want)
		}
	}
}
