package async

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Destinations are whom the ends of events are told to, as a request writes it. A nil Destination was not spoken of.
type Destinations struct{ OnSuccess, OnFailure *Destination }

// Destination is one of them. A nil ARN is an object without the member.
type Destination struct{ ARN *string }

func (d *Destinations) success() string { return d.OnSuccess.arn() }
func (d *Destinations) failure() string { return d.OnFailure.arn() }

func (d *Destination) arn() string {
	if d == nil || d.ARN == nil {
		return ""
	}
	return *d.ARN
}

// check reports a destination that the events of a function can't have. Functions of other accounts and regions are none: no
// policy of theirs was asked.
// Errors: fault.Invalid "destination", and "unserved destination" for one that AWS would take.
func (d *Destinations) check(r function.Reader, of function.ID) error {
	for _, arn := range []string{d.success(), d.failure()} {
		if arn == "" {
			continue
		}
		if service := serviceOf(arn); service != "lambda" {
			return d.refuse(arn, service)
		}
		id, qualifier, ok := parseFunction(arn)
		switch {
		case !ok:
			return d.invalid()
		case id == of:
			return fault.Errorf(fault.Invalid, "destination", "You can't specify the function as a destination for itself.")
		case id.Scope != of.Scope || !exists(r, id, qualifier):
			return fault.Errorf(fault.Invalid, "destination", "The destination ARN %s is invalid.", arn)
		}
	}
	return nil
}

// Services whose ARNs AWS takes as destinations, and for what ends (its page PutFunctionEventInvokeConfig).
var (
	ofAnyEnd   = []string{"sqs", "sns", "events"}
	ofFailures = []string{"s3", "kafka"}
)

// refuse tells a destination that nothing here serves from one that AWS would not take either.
func (d *Destinations) refuse(arn, service string) error {
	if slices.Contains(ofAnyEnd, service) || slices.Contains(ofFailures, service) && d.success() != arn {
		return fault.Errorf(fault.Invalid, "unserved destination",
			"Sluice delivers to functions alone, and serves no queue, topic, event bus or bucket that would take the records for %s. "+
				"Give the ARN of a function as the destination.", arn)
	}
	return d.invalid()
}

// invalid is AWS's refusal, which prints the configuration as its own program does.
func (d *Destinations) invalid() error {
	return fault.Errorf(fault.Invalid, "destination",
		"The provided destination config DestinationConfig(onSuccess=%s, onFailure=%s) is invalid.",
		d.OnSuccess.text("OnSuccess"), d.OnFailure.text("OnFailure"))
}

func (d *Destination) text(kind string) string {
	switch {
	case d == nil:
		return "null"
	case d.ARN == nil:
		return kind + "(destination=null)"
	default:
		return kind + "(destination=" + *d.ARN + ")"
	}
}

// serviceOf is the service that an ARN names.
func serviceOf(arn string) string {
	if strings.HasPrefix(arn, "kafka://") {
		return "kafka"
	}
	parts := strings.SplitN(arn, ":", 4)
	if len(parts) < 4 {
		return ""
	}
	return parts[2]
}

var functionARN = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^arn:aws[a-zA-Z0-9-]*:lambda:([a-z0-9-]+):(\d{12}):function:([a-zA-Z0-9-_]+)(?::(\$LATEST|[a-zA-Z0-9-_]+))?$`)
})

// parseFunction reads the ARN of a function, with a qualifier or without.
func parseFunction(arn string) (id function.ID, qualifier string, ok bool) {
	parts := functionARN().FindStringSubmatch(arn)
	if parts == nil {
		return id, "", false
	}
	return function.ID{Scope: function.Scope{Region: parts[1], Account: parts[2]}, Name: parts[3]}, parts[4], true
}
