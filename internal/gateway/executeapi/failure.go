package executeapi

import (
	"errors"

	"sluice/internal/fault"
	"sluice/internal/gateway/ingress"
)

// Reason says why a request can't go on. Each kind of API has answers of its own for them.
type Reason int

// The reasons. Of those that an authorizer has, only Unauthorized is the caller's fault.
const (
	Unreached    Reason = iota // the function could not be called, or failed before it answered
	TooLong                    // the body, or the event made of the request
	Unread                     // the body did not come as a whole
	NoFunction                 // what was configured leads to none
	NotAllowed                 // the function's resource policy does not let API Gateway in
	Late                       // the function did not answer in time
	Failed                     // the function failed, or said what can't be used
	Unauthorized               // an authorizer said that it does not know the caller
)

// Failure is why a request can't go on.
type Failure struct {
	Reason Reason
	Detail string // for operators and access logs
}

// ReadBody reads the whole body, as ingress.Exchange.Take does; nil: it is there.
func (v *Visit) ReadBody() *Failure { return unread(v.Take()) }

// unread says what one of Take's errors means; nil for none and for any other.
func unread(err error) *Failure {
	switch {
	case errors.Is(err, ingress.ErrTooLong):
		return &Failure{Reason: TooLong, Detail: err.Error()}
	case errors.Is(err, ingress.ErrLate), errors.Is(err, ingress.ErrCut):
		return &Failure{Reason: Unread, Detail: err.Error()}
	}
	return nil
}

// errLate says that a function did not answer in time.
var errLate = fault.Errorf(fault.Unavailable, "integration", "the integration did not answer in time")

// failed says why a function could not be called, and tells the operator if that is the server's own fault.
func (v *Visit) failed(err error) *Failure {
	f := &Failure{Reason: Unreached, Detail: err.Error()}
	switch {
	case errors.Is(err, errLate):
		f.Reason = Late
	case fault.Is(err, fault.TooLarge, ""):
		f.Reason = TooLong
	case !fault.Is(err, fault.Throttled, "") && !fault.Is(err, fault.NotFound, ""):
		v.LogFailure("an integration failed", err)
	}
	return f
}
