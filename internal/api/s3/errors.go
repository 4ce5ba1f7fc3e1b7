package s3

import (
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"

	"sluice/internal/api/wire/sigv4"
	"sluice/internal/bucket"
	"sluice/internal/fault"
)

// failure is an error as a client sees it.
type failure struct {
	code    string
	status  int
	message string
	extras  []extra // further elements of the XML
	headers []extra
}

type extra struct{ name, value string }

func (f *failure) Error() string { return f.code + ": " + f.message }

func refusal(code string, status int, message string, extras ...extra) error {
	return &failure{code: code, status: status, message: message, extras: extras}
}

func invalidArgument(name, value, message string) error {
	return refusal("InvalidArgument", http.StatusBadRequest, message, extra{"ArgumentName", name}, extra{"ArgumentValue", value})
}

func malformedXML() error {
	return refusal("MalformedXML", http.StatusBadRequest,
		"The XML you provided was not well-formed or did not validate against our published schema")
}

func notImplemented(what string) error {
	return refusal("NotImplemented", http.StatusBadRequest, "Sluice does not implement "+what+".")
}

// names are S3's words for the rules' errors (AWS's page "Error responses", and answers recorded by others). about tells
// which of the request's names the XML repeats.
var names = fault.Table[struct {
	code   string
	status int
	about  []string
}]{
	fault.NotFound: {
		"bucket":        {"NoSuchBucket", 404, []string{"BucketName"}},
		"object":        {"NoSuchKey", 404, []string{"Key"}},
		"version":       {"NoSuchVersion", 404, []string{"Key", "VersionId"}},
		"upload":        {"NoSuchUpload", 404, []string{"UploadId"}},
		"configuration": {"NoSuchConfiguration", 404, nil},
	},
	fault.Denied: {"bucket": {"AccessDenied", 403, nil}},
	fault.Conflict: {
		"bucket":     {"BucketAlreadyExists", 409, []string{"BucketName"}},
		"own bucket": {"BucketAlreadyOwnedByYou", 409, []string{"BucketName"}},
		"contents":   {"BucketNotEmpty", 409, []string{"BucketName"}},
		"marker":     {"MethodNotAllowed", 405, []string{"Method", "ResourceType"}},
	},
	fault.Invalid: {
		"bucket name": {"InvalidBucketName", 400, []string{"BucketName"}},
		"key":         {"InvalidURI", 400, nil},
		"region":      {"AuthorizationHeaderMalformed", 400, nil},
		"copy":        {"InvalidRequest", 400, nil},
		"part":        {"InvalidPart", 400, []string{"UploadId"}},
		"part order":  {"InvalidPartOrder", 400, []string{"UploadId"}},
		"part size":   {"EntityTooSmall", 400, nil},
		"parts":       {"InvalidRequest", 400, nil},
	},
	fault.TooLarge: {
		"key":    {"KeyTooLongError", 400, nil},
		"object": {"EntityTooLarge", 400, nil},
	},
	fault.Precondition: {
		"absence": {"PreconditionFailed", 412, []string{"If-None-Match"}},
		"etag":    {"PreconditionFailed", 412, []string{"If-Match"}},
	},
	fault.Unavailable: {"store": {"ServiceUnavailable", 503, nil}},
}

// failureOf turns an error into S3's.
func failureOf(err error, r *request) *failure {
	var f *failure
	if errors.As(err, &f) {
		return f
	}
	if f := broken(err); f != nil {
		return f
	}
	named, ok := names.Find(err)
	if !ok {
		return &failure{code: "InternalError", status: http.StatusInternalServerError, message: "We encountered an internal error. Please try again."}
	}
	f = &failure{code: named.code, status: named.status, message: fault.Of(err).Message}
	about := r.about(err)
	for _, name := range named.about {
		f.extras = append(f.extras, r.extra(name, about))
	}
	f.detail(err, r)
	return f
}

// object is what an error is about.
type object struct{ bucket, key, version string }

// about is the object that a request names, or the one that it copies if that is at fault.
func (r *request) about(err error) object {
	var unfound *bucket.Unfound
	if errors.As(err, &unfound) {
		return object{unfound.From.Bucket, unfound.From.Key, unfound.From.Version}
	}
	return object{r.bucket, r.key, r.version()}
}

// extra is an element that repeats what the error is about.
func (r *request) extra(name string, about object) extra {
	switch name {
	case "BucketName":
		return extra{name, about.bucket}
	case "Key":
		return extra{name, about.key}
	case "VersionId":
		return extra{name, about.version}
	case "UploadId":
		return extra{name, r.query.Get("uploadId")}
	case "Method":
		return extra{name, r.Method}
	case "ResourceType":
		return extra{name, "DeleteMarker"}
	}
	return extra{"Condition", name}
}

// detail adds what errors with details of their own tell.
func (f *failure) detail(err error, r *request) {
	var elsewhere *bucket.Elsewhere
	var small *bucket.TooSmall
	var unfit *bucket.Unfit
	switch {
	case errors.As(err, &elsewhere):
		f.message = "The authorization header is malformed; the region '" + r.region + "' is wrong; expecting '" + elsewhere.Region + "'"
		f.extras = append(f.extras, extra{"Region", elsewhere.Region})
		f.headers = append(f.headers, extra{"X-Amz-Bucket-Region", elsewhere.Region})
		if r.Method == http.MethodHead {
			f.status = http.StatusMovedPermanently // what SDKs find a bucket's region by
		}
	case errors.As(err, &small):
		f.extras = append(f.extras, extra{"ETag", small.Part.ETag}, extra{"MinSizeAllowed", strconv.Itoa(bucket.MinPartSize)},
			extra{"PartNumber", strconv.Itoa(small.Part.Number)}, extra{"ProposedSize", strconv.FormatInt(small.Part.Size, 10)})
	case errors.As(err, &unfit):
		f.extras = append(f.extras, extra{"PartNumber", strconv.Itoa(unfit.Number)})
	case f.code == "KeyTooLongError":
		f.extras = append(f.extras, extra{"Size", strconv.Itoa(len(r.about(err).key))}, extra{"MaxSizeAllowed", strconv.Itoa(bucket.MaxKey)})
	case f.code == "EntityTooLarge":
		f.extras = append(f.extras, extra{"MaxSizeAllowed", strconv.FormatInt(bucket.MaxObject, 10)})
	}
}

// broken is the failure of a body that did not arrive as it should; nil for other errors.
func broken(err error) *failure {
	var signature *sigv4.Error
	switch {
	case errors.As(err, &signature):
		var f *failure
		if errors.As(unsigned(signature, false), &f) {
			return f
		}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &failure{code: "RequestTimeout", status: http.StatusBadRequest,
			message: "Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed."}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, errShort):
		return &failure{code: "IncompleteBody", status: http.StatusBadRequest,
			message: "You did not provide the number of bytes specified by the Content-Length HTTP header"}
	}
	return nil
}

// errShort is the error of a body that has another length than it was said to have.
var errShort = errors.New("the body ended before its declared length")

// stamp is a time as S3 writes it in XML.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// Code is S3's word for an error of the rules, such as NoSuchKey; false if it is none of theirs. Others who read objects
// tell it.
func Code(err error) (code string, known bool) {
	named, known := names.Find(err)
	return named.code, known
}
