package s3

import (
	"errors"
	"net/http"
	"time"

	"sluice/internal/api/wire/sigv4"
)

// authenticate checks the signature, notes who signed and opens the body.
func (s *Server) authenticate(r *request) error {
	r.Body = &patient{from: r.Body, control: http.NewResponseController(r.w), idle: r.idle}
	if r.has("AWSAccessKeyId") && r.Header.Get("Authorization") == "" {
		return s.authenticateOld(r)
	}
	query := r.has("X-Amz-Algorithm")
	sig, err := sigv4.Parse(r.Request)
	switch {
	case err != nil && query && !r.presigned():
		return refusal("AuthorizationQueryParametersError", http.StatusBadRequest, "Query-string authentication version 4 requires the "+
			"X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")
	case err != nil:
		return unsigned(err, query)
	}
	r.region = sig.Region
	who, body, err := s.verifier.Open(r.Request, &sig)
	if err != nil {
		return unsigned(err, sig.Presigned)
	}
	r.account, r.arn, r.body = who.Account, who.ARN, body
	return nil
}

// presigned reports whether all is there that a presigned URL has, right or wrong.
func (r *request) presigned() bool {
	for _, name := range []string{"X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires"} {
		if r.query.Get(name) == "" {
			return false
		}
	}
	return true
}

// spellings are S3's names for failed checks of a signature (recordings of presigned URLs; AWS's page "Error responses").
var spellings = map[sigv4.Reason]failure{
	sigv4.Missing:    {code: "AccessDenied", status: http.StatusForbidden, message: "Access Denied"},
	sigv4.Incomplete: {code: "AuthorizationHeaderMalformed", status: http.StatusBadRequest},
	sigv4.UnknownKey: {code: "InvalidAccessKeyId", status: http.StatusForbidden,
		message: "The AWS Access Key Id you provided does not exist in our records."},
	sigv4.EndedToken: {code: "ExpiredToken", status: http.StatusBadRequest, message: "The provided token has expired."},
	sigv4.Mismatch:   mismatch,
	sigv4.Skewed: {code: "RequestTimeTooSkewed", status: http.StatusForbidden,
		message: "The difference between the request time and the current time is too large."},
	sigv4.Ended:       {code: "AccessDenied", status: http.StatusForbidden, message: "Request has expired"},
	sigv4.WrongDigest: {code: "XAmzContentSHA256Mismatch", status: http.StatusBadRequest},
	sigv4.Malformed:   {code: "IncompleteBody", status: http.StatusBadRequest},
	sigv4.Undeclared:  {code: "InvalidRequest", status: http.StatusBadRequest},
}

var mismatch = failure{code: "SignatureDoesNotMatch", status: http.StatusForbidden,
	message: "The request signature we calculated does not match the signature you provided. Check your key and signing method."}

// unsigned tells of a failed check. What is wrong with a header has another name than what is wrong with a query.
func unsigned(err error, query bool) error {
	var reason *sigv4.Error
	if !errors.As(err, &reason) {
		return err
	}
	f, ok := spellings[reason.Reason]
	if !ok {
		return err
	}
	if f.message == "" {
		f.message = reason.Message
	}
	if query && reason.Reason == sigv4.Incomplete {
		f.code = "AuthorizationQueryParametersError"
	}
	return &f
}

// ended tells that a presigned URL is used after its time.
func ended(expires time.Time, now time.Time) error {
	f := spellings[sigv4.Ended]
	f.extras = []extra{{"Expires", stamp(expires)}, {"ServerTime", stamp(now)}}
	return &f
}
