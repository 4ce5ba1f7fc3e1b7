package functionurl

import (
	"net/http"
	"time"

	"sluice/internal/function"
)

// Meter is told of each request to a function URL that exists, when it has been answered. It must not block.
type Meter interface {
	Record(Sample)
}

// Sample is what is measured of a request.
type Sample struct {
	Function  function.ID
	Qualifier string // the alias that the URL belongs to, or nothing
	Status    int    // of the answer
	Ended     time.Time
	// Latency is the time from the request's head to the end of the answer.
	Latency time.Duration
}

// measure tells the meter of a request that began then. An answer that broke off has a status too.
func (v *visit) measure(began time.Time) {
	if v.Meter == nil || v.url == nil {
		return
	}
	ended := time.Now()
	v.Meter.Record(Sample{
		Function: v.url.Function, Qualifier: v.url.Qualifier, Status: v.status, Ended: ended, Latency: ended.Sub(began),
	})
}

// sendStatus ends an answer's head.
func (v *visit) sendStatus(status int) {
	v.status = status
	v.W.WriteHeader(status)
}

// broke notes that the rest of an answer will not come: for who measures, the function's server failed.
func (v *visit) broke() { v.status = http.StatusBadGateway }
