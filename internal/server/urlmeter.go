package server

import (
	"sluice/internal/gateway"
	"sluice/internal/metric"
)

// urlMeter counts visits of function URLs. It implements gateway.Meter.
type urlMeter struct{ counted *metric.Batcher }

func (m urlMeter) Record(v gateway.Sample) {
	m.counted.Visit(v.Function, v.Qualifier, v.Status, v.Latency, v.Ended)
}
