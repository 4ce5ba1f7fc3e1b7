package alarm_test

import (
	"testing"
	"time"

	"sluice/internal/alarm"
	"sluice/internal/clock"
)

func TestWindows(t *testing.T) {
	at := func(text string) time.Time {
		t.Helper()
		parsed, err := time.Parse(time.RFC3339Nano, "2022-01-17T"+text+"Z")
		if err != nil {
			t.Fatal(err)
		}
		return parsed
	}
	for name, tt := range map[string]struct {
		period   time.Duration
		periods  int
		scale    clock.Scale
		now      string
		from, to string
		step     time.Duration // real
	}{
		"a minute":                                {time.Minute, 3, 1, "14:48:42.271", "14:43:00", "14:48:00", time.Minute},
		"the very end of one":                     {time.Minute, 1, 1, "14:48:00", "14:45:00", "14:48:00", time.Minute},
		"five minutes slide":                      {5 * time.Minute, 2, 1, "14:48:42.271", "14:28:00", "14:48:00", 5 * time.Minute},
		"ten seconds":                             {10 * time.Second, 1, 1, "14:48:42.271", "14:48:10", "14:48:40", 10 * time.Second},
		"thirty seconds slide":                    {30 * time.Second, 1, 1, "14:48:42.271", "14:47:10", "14:48:40", 30 * time.Second},
		"a scaled minute is a second":             {time.Minute, 2, 60, "14:48:42.271", "14:48:38", "14:48:42", time.Second},
		"five scaled minutes slide by the second": {5 * time.Minute, 1, 60, "14:48:42.271", "14:48:27", "14:48:42", 5 * time.Second},
		"an hour slides":                          {time.Hour, 1, 1, "14:48:42.271", "11:48:00", "14:48:00", time.Hour},
		"a scaled day ends with it":               {24 * time.Hour, 1, 24 * 60, "14:48:42.271", "14:45:00", "14:48:00", time.Minute},
		"an unscaled one counts as scaled by one": {time.Minute, 1, 0, "14:48:42.271", "14:45:00", "14:48:00", time.Minute},
	} {
		w := watch(func(w *alarm.Watch) { w.Period, w.Periods = tt.period, tt.periods })
		got := w.Window(at(tt.now), tt.scale)
		want := alarm.Window{From: at(tt.from), To: at(tt.to), Period: tt.step, Slots: tt.periods + 2}
		if got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

func TestDaysEndAtMidnight(t *testing.T) {
	w := watch(func(w *alarm.Watch) { w.Period = 24 * time.Hour })
	got := w.Window(time.Date(2022, 1, 17, 14, 48, 42, 0, time.UTC), 1)
	if want := time.Date(2022, 1, 17, 0, 0, 0, 0, time.UTC); !got.To.Equal(want) || !got.From.Equal(want.AddDate(0, 0, -3)) {
		t.Errorf("%v", got)
	}
}

func TestMathHasThePeriodOfItsMetrics(t *testing.T) {
	w := &alarm.Watch{Periods: 1, Queries: []alarm.Query{{ID: "e", Expression: "m+1"}, {ID: "m", Metric: "m", Period: 5 * time.Minute, Hidden: true}}}
	if got := w.Window(evaluated, 1); got.Period != 5*time.Minute {
		t.Errorf("%v", got)
	}
}
