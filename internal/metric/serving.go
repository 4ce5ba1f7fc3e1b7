package metric

import (
	"time"

	"sluice/internal/function"
)

// Request is what is measured of a request to a stage of an API.
type Request struct {
	Scope  function.Scope
	API    string // what the dimension says: the name of a REST API, the ID of an HTTP API
	Stage  string
	HTTP   bool // of an HTTP API, not of a REST API
	Status int  // of the answer
	Ended  time.Time
	// Latency is the whole time, Integration what the integration had of it; 0 if it was not asked.
	Latency, Integration time.Duration
	Sent                 int // bytes of the answer's body
}

// serving says of what values are counted together: a metric of an API, of one stage or of all.
type serving struct {
	scope function.Scope
	api   string
	stage string // empty: all
	http  bool
	what  int   // the index in served
	at    int64 // nanoseconds since 1970
}

// What is measured of requests to stages.
const (
	servedCount = iota
	servedRefused
	servedFailed
	servedLatency
	servedIntegration
	servedBytes
)

// servedMetrics are the metrics' names in AWS/ApiGateway, for REST and for HTTP APIs. Sources: API Gateway Developer Guide, "Amazon
// API Gateway dimensions and metrics" and "Monitor CloudWatch metrics for HTTP APIs in API Gateway".
var servedMetrics = [...]struct{ rest, http, unit string }{
	servedCount:       {"Count", "Count", counted},
	servedRefused:     {"4XXError", "4xx", counted},
	servedFailed:      {"5XXError", "5xx", counted},
	servedLatency:     {"Latency", "Latency", timed},
	servedIntegration: {"IntegrationLatency", "IntegrationLatency", timed},
	servedBytes:       {"", "DataProcessed", "Bytes"},
}

const servingNamespace = "AWS/ApiGateway"

// Serve notes a request to a stage. Those of errors have a 0 for each request that was none, so that their average is a rate.
func (b *Batcher) Serve(r *Request) {
	values := [...]float64{
		servedCount: 1, servedRefused: oneIf(r.Status/100 == 4), servedFailed: oneIf(r.Status/100 == 5),
		servedLatency: rounded(r.Latency), servedIntegration: rounded(r.Integration), servedBytes: float64(r.Sent),
	}
	of := serving{scope: r.Scope, api: r.API, http: r.HTTP, at: r.Ended.Truncate(b.batch).UnixNano()}
	b.mu.Lock()
	defer b.mu.Unlock()
	for what, value := range values {
		of.what = what
		if of.name() == "" || what == servedIntegration && r.Integration == 0 {
			continue
		}
		for _, of.stage = range [...]string{"", r.Stage} {
			if b.served[of] == nil {
				b.served[of] = map[float64]float64{}
			}
			b.served[of][value]++
		}
	}
	b.wake()
}

// name is the metric's; empty if the kind of API has none.
func (s serving) name() string {
	if s.http {
		return servedMetrics[s.what].http
	}
	return servedMetrics[s.what].rest
}

// data adds what was counted to a list.
func (s serving) data(list []Datum, often map[float64]float64) []Datum {
	dimension := "ApiName"
	if s.http {
		dimension = "ApiId"
	}
	dimensions := []Dimension{{dimension, s.api}}
	if s.stage != "" {
		dimensions = append(dimensions, Dimension{"Stage", s.stage})
	}
	for values, counts := range chunks(often) {
		list = append(list, Datum{
			ID:   ID{Scope: s.scope, Namespace: servingNamespace, Name: s.name(), Dimensions: dimensions},
			Time: time.Unix(0, s.at), Unit: servedMetrics[s.what].unit, Values: values, Counts: counts, Fine: true,
		})
	}
	return list
}
