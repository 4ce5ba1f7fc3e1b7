package s3

import (
	"net/http"
	"strings"
	"time"

	"sluice/internal/bucket"
)

// preconditions are the headers that ask something of an object before it is read, and the names that an error tells.
type preconditions struct {
	match, noneMatch, modifiedSince, unmodifiedSince string
	prefix                                           string // of the headers' names
}

func (r *request) preconditions(prefix string) preconditions {
	return preconditions{
		match: r.Header.Get(prefix + "If-Match"), noneMatch: r.Header.Get(prefix + "If-None-Match"),
		modifiedSince:   r.Header.Get(prefix + "If-Modified-Since"),
		unmodifiedSince: r.Header.Get(prefix + "If-Unmodified-Since"), prefix: prefix,
	}
}

// failed returns the header whose condition an object does not meet, empty if there is none, and whether the reason is that
// the client has the object already. A matching ETag counts more than a date (RFC 9110, section 13.2.2).
func (p preconditions) failed(o *bucket.Object) (header string, known bool) {
	modified := o.Modified.Truncate(time.Second)
	switch {
	case p.match != "" && !matches(p.match, o.ETag):
		return p.prefix + "If-Match", false
	case p.match == "" && after(modified, p.unmodifiedSince):
		return p.prefix + "If-Unmodified-Since", false
	case p.noneMatch != "" && matches(p.noneMatch, o.ETag):
		return p.prefix + "If-None-Match", true
	case p.noneMatch == "" && notAfter(modified, p.modifiedSince):
		return p.prefix + "If-Modified-Since", true
	}
	return "", false
}

// checkConditions answers 304 or 412 if the request's conditions are not met.
func (r *request) checkConditions(o *bucket.Object) error {
	header, known := r.preconditions("").failed(o)
	switch {
	case header == "":
		return nil
	case known:
		r.describe(o, stretch{})
		r.w.Header().Del("Content-Type")
		return &failure{code: "NotModified", status: http.StatusNotModified, message: "Not Modified"}
	}
	return failedCondition(header)
}

func failedCondition(header string) error {
	return refusal("PreconditionFailed", http.StatusPreconditionFailed,
		"At least one of the pre-conditions you specified did not hold", extra{"Condition", header})
}

// matches reports whether a list of ETags has the given one.
func matches(list, etag string) bool {
	for each := range strings.SplitSeq(list, ",") {
		each = strings.Trim(strings.TrimSpace(each), `"`)
		if each == "*" || each == etag {
			return true
		}
	}
	return false
}

// after and notAfter compare with a header's date. One that is no date, or lies in the future, asks for nothing.
func after(modified time.Time, header string) bool {
	at, err := http.ParseTime(header)
	return err == nil && modified.After(at)
}

func notAfter(modified time.Time, header string) bool {
	at, err := http.ParseTime(header)
	return err == nil && !modified.After(at) && !at.After(time.Now())
}

// writeCondition reads what has to be so for a key to be written. S3 takes no other values than these.
func (r *request) writeCondition() (bucket.Condition, error) {
	match, none := r.Header.Get("If-Match"), r.Header.Get("If-None-Match")
	switch {
	case match != "" && none != "":
		return bucket.Condition{}, unaccepted("If-Match,If-None-Match", "Multiple conditional request headers present in the request")
	case none != "" && none != "*":
		return bucket.Condition{}, unaccepted("If-None-Match", "We don't accept the provided value of If-None-Match header for this API")
	case match == "*" && r.Method != http.MethodDelete:
		return bucket.Condition{}, unaccepted("If-Match", "We don't accept the provided value of If-Match header for this API")
	}
	return bucket.Condition{Absent: none != "", ETag: strings.Trim(match, `"`)}, nil
}

// unaccepted is AWS's answer but for its status, which is 501 there: clients would try again.
func unaccepted(header, why string) error {
	return refusal("NotImplemented", http.StatusBadRequest, "A header you provided implies functionality that is not implemented",
		extra{"Header", header}, extra{"additionalMessage", why})
}
