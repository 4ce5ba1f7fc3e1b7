package executeapi

import (
	"time"

	"sluice/internal/function"
)

// Meter is told of each request to a stage that exists, when it has been answered. It must not block.
type Meter interface {
	RecordAPI(Sample)
}

// Sample is what is measured of a request to a stage.
type Sample struct {
	Scope  function.Scope
	API    string // its ID
	Name   string // the API's
	Stage  string
	HTTP   bool // of an HTTP API, not of a REST API
	Status int  // of the answer
	Ended  time.Time
	// Latency is the time from the request's head to the end of the answer, Integration what the integration had of it; 0 if it
	// was not asked.
	Latency, Integration time.Duration
	Sent                 int // bytes of the answer's body
}

// Measured tells the meter of the request, which has been answered, and returns what was measured. The rest of the sample says
// whose stage it was.
func (v *Visit) Measured(s Sample) Sample {
	s.Ended = time.Now()
	s.Status, s.Latency, s.Integration, s.Sent = v.status, s.Ended.Sub(v.Began), v.Integration, v.sent
	if v.Meter != nil {
		v.Meter.RecordAPI(s)
	}
	return s
}
