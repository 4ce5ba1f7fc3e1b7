package httpapi_test

import (
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/httpapi"
)

// admitted counts how many of so many requests at once go on.
func admitted(s *httpapi.Service, shown *httpapi.Shown, key string, requests int) (count int) {
	for range requests {
		if s.Admit(shown, key) {
			count++
		}
	}
	return count
}

func TestThrottlesOfStages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := httpapi.NewService(nil)
		shown := &httpapi.Shown{Stage: &httpapi.Stage{
			Default: httpapi.RouteSettings{Burst: new(int64(3)), Rate: new(2.0)},
			Routes: map[string]httpapi.RouteSettings{
				"GET /own": {Burst: new(int64(1)), Rate: new(1.0)}, "GET /shared": {Metrics: new(true)}, "GET /rate": {Rate: new(2.0)},
				"GET /closed": {Burst: new(int64(0))},
			},
		}}
		for _, tt := range []struct {
			key  string
			want int
		}{{"GET /", 3}, {"GET /shared", 0}, {"GET /own", 1}, {"GET /rate", 2}, {"GET /closed", 0}} {
			if got := admitted(s, shown, tt.key, 5); got != tt.want {
				t.Errorf("%s: %d of 5 requests at once, want %d", tt.key, got, tt.want)
			}
		}
		time.Sleep(time.Second)
		if got := admitted(s, shown, "GET /", 5); got != 2 {
			t.Errorf("a second later %d of 5 requests, want 2", got)
		}
	})
	if got := admitted(httpapi.NewService(nil), &httpapi.Shown{Stage: &httpapi.Stage{}}, "GET /", 100); got != 100 {
		t.Errorf("without a throttle %d of 100 requests", got)
	}
}
