package metric

import (
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/function"
)

func TestRequestsOfStagesAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sink := &shelved{}
		b := NewBatcher(sink, 1, slog.New(slog.DiscardHandler))
		b.Start()
		scope := function.Scope{Account: "111111111111", Region: "us-east-1"}
		for _, r := range []Request{
			{Status: 200, Latency: 20 * time.Millisecond, Integration: 15 * time.Millisecond},
			{Status: 200, Latency: 20 * time.Millisecond, Integration: 15 * time.Millisecond},
			{Status: 403, Latency: time.Millisecond},
			{Status: 502, Latency: 30 * time.Millisecond, Integration: 25 * time.Millisecond},
		} {
			r.Scope, r.API, r.Stage, r.Ended = scope, "shop", "dev", time.Now()
			b.Serve(&r)
		}
		b.Serve(&Request{Scope: scope, API: "abc", Stage: "$default", HTTP: true, Status: 404, Sent: 7, Ended: time.Now()})
		b.Close()
		for _, tt := range []struct {
			name       string
			dimensions []Dimension
			values     []float64
			counts     []float64
		}{
			{"Count", []Dimension{{"ApiName", "shop"}, {"Stage", "dev"}}, []float64{1}, []float64{4}},
			{"Count", []Dimension{{"ApiName", "shop"}}, []float64{1}, []float64{4}},
			{"4XXError", []Dimension{{"ApiName", "shop"}, {"Stage", "dev"}}, []float64{0, 1}, []float64{3, 1}},
			{"5XXError", []Dimension{{"ApiName", "shop"}, {"Stage", "dev"}}, []float64{0, 1}, []float64{3, 1}},
			{"Latency", []Dimension{{"ApiName", "shop"}}, []float64{1, 20, 30}, []float64{1, 2, 1}},
			{"IntegrationLatency", []Dimension{{"ApiName", "shop"}}, []float64{15, 25}, []float64{2, 1}},
			{"4xx", []Dimension{{"ApiId", "abc"}, {"Stage", "$default"}}, []float64{1}, []float64{1}},
			{"DataProcessed", []Dimension{{"ApiId", "abc"}}, []float64{7}, []float64{1}},
		} {
			i := slices.IndexFunc(sink.data, func(d Datum) bool {
				return d.Name == tt.name && slices.Equal(d.Dimensions, tt.dimensions)
			})
			if i < 0 {
				t.Errorf("%s of %v was not put", tt.name, tt.dimensions)
				continue
			}
			if d := sink.data[i]; d.Namespace != "AWS/ApiGateway" || !slices.Equal(d.Values, tt.values) || !slices.Equal(d.Counts, tt.counts) {
				t.Errorf("%s of %v: %s %v %v", tt.name, tt.dimensions, d.Namespace, d.Values, d.Counts)
			}
		}
		if slices.ContainsFunc(sink.data, func(d Datum) bool { return d.Name == "" }) {
			t.Error("a metric has no name")
		}
	})
}
