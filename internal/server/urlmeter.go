package server

import (
	"sluice/internal/gateway/functionurl"
	"sluice/internal/metric"
)

// urlMeter counts visits of function URLs. It implements functionurl.Meter.
type urlMeter struct{ counted *metric.Batcher }

func (m urlMeter) Record(v functionurl.Sample) {
	m.counted.Visit(v.Function, v.Qualifier, v.Status, v.Latency, v.Ended)
}
