package metric

// Measure is something that is measured of functions besides their invocations.
type Measure uint8

// The measures. A value of 1 counts one, where nothing else is said.
const (
	EventReceived    Measure = iota // an event invocation was accepted
	EventAge                        // milliseconds of the cloud, at the beginning of each try
	EventDropped                    // an event was given up
	DeadLetterError                 // a dead letter could not be sent
	DeliveryFailure                 // a destination could not be told of an event's end
	RecursionStopped                // of a destination: a chain of destinations would have come to it once too often
	urlRequest
	urlRefused // 1 or 0 for each visit
	urlFailed  // 1 or 0 for each visit
	urlLatency // milliseconds
	measures   // how many there are
)

// published is how each Measure is named in AWS/Lambda. Sources: Lambda Developer Guide, "Types of metrics for Lambda
// functions" and "Monitoring Lambda function URLs".
var published = [measures]struct {
	name, unit string
	scope      bool // also without dimensions: for all functions of an account in a region
}{
	EventReceived:    {"AsyncEventsReceived", counted, true},
	EventAge:         {"AsyncEventAge", timed, true},
	EventDropped:     {"AsyncEventsDropped", counted, true},
	DeadLetterError:  {"DeadLetterErrors", counted, true},
	DeliveryFailure:  {"DestinationDeliveryFailures", counted, true},
	RecursionStopped: {"RecursiveInvocationsDropped", counted, true},
	urlRequest:       {"UrlRequestCount", counted, false},
	urlRefused:       {"Url4xxCount", counted, false},
	urlFailed:        {"Url5xxCount", counted, false},
	urlLatency:       {"UrlRequestLatency", timed, false},
}

// sets are the dimensions that a measure of a function is published under. The version is not among them: which one runs is
// not known when an event or a visit comes.
func (m Measure) sets(of source) [][]Dimension {
	sets := functionSets(of.function, of.qualifier)
	if !published[m].scope {
		sets = sets[1:]
	}
	return sets
}
