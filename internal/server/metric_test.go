package server_test

import (
	"testing"
	"time"
)

// sum asks for a metric's sum of the last two hours, or -1.
func (c caller) sum(namespace, name string) float64 {
	c.t.Helper()
	var out struct{ Datapoints []struct{ Sum float64 } }
	in := object{
		"Namespace": namespace, "MetricName": name, "Statistics": []string{"Sum"}, "Period": 7200,
		"StartTime": time.Now().Add(-time.Hour).Unix(), "EndTime": time.Now().Add(time.Hour).Unix(),
	}
	if err := c.CloudWatch(c.t.Context(), "GetMetricStatistics", in, &out); err != nil {
		c.t.Fatal(err)
	}
	if len(out.Datapoints) == 0 {
		return -1
	}
	var sum float64
	for _, point := range out.Datapoints {
		sum += point.Sum
	}
	return sum
}

// An invocation is measured when it is answered, and what was put is there after kill -9.
func TestMetricsSurviveAKilledServer(t *testing.T) {
	data := t.TempDir()
	s := startKillable(t, data, "60")
	s.createFunction("f", program())
	if r := s.request("/2015-03-31/functions/f:live/invocations"); r.failure != "" {
		t.Fatal(r.failure)
	}
	if got := s.sum("AWS/Lambda", "Invocations"); got != 1 {
		t.Errorf("right after an invocation: %v, want 1", got)
	}
	put := object{"Namespace": "app", "MetricData": []object{{"MetricName": "m", "Value": 5}}}
	for range 3 {
		if err := s.CloudWatch(t.Context(), "PutMetricData", put, nil); err != nil {
			t.Fatal(err)
		}
	}
	s.kill()
	s = startKillable(t, data, "60")
	if got := s.sum("app", "m"); got != 15 {
		t.Errorf("after a restart: %v, want 15", got)
	}
}
