package s3

import (
	"crypto/hmac"
	"crypto/sha1" // what signature version 2 is made of
	"encoding/base64"
	"net/http"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"time"
)

// authenticateOld checks a URL that was presigned with signature version 2, as boto3 does by default (AWS's page "Signing
// and authenticating REST requests"). Such a signature names no region and says nothing of the body.
func (s *Server) authenticateOld(r *request) error {
	id, signature := r.query.Get("AWSAccessKeyId"), r.query.Get("Signature")
	seconds, err := strconv.ParseInt(r.query.Get("Expires"), 10, 64)
	if err != nil || signature == "" {
		return refusal("AccessDenied", http.StatusForbidden,
			"Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters")
	}
	token := r.query.Get("x-amz-security-token")
	if token == "" {
		token = r.Header.Get("X-Amz-Security-Token")
	}
	who, known := s.config.Keys.Secret(id, token)
	if anyone := s.config.Anyone; anyone != nil {
		if !known {
			who = *anyone
		}
		r.account, r.arn, r.body = who.Account, who.ARN, r.Body
		return nil
	}
	now := s.config.Now()
	switch expires := time.Unix(seconds, 0); {
	case !known:
		return refusal("InvalidAccessKeyId", http.StatusForbidden, "The AWS Access Key Id you provided does not exist in our records.")
	case !who.Expires.IsZero() && now.After(who.Expires):
		return refusal("ExpiredToken", http.StatusBadRequest, "The provided token has expired.")
	case now.After(expires):
		return ended(expires, now)
	}
	code := hmac.New(sha1.New, []byte(who.Secret))
	code.Write([]byte(r.toSignOld()))
	if !hmac.Equal([]byte(base64.StdEncoding.EncodeToString(code.Sum(nil))), []byte(signature)) {
		return &mismatch
	}
	r.account, r.arn, r.body = who.Account, who.ARN, r.Body
	return nil
}

// toSignOld is the string that signature version 2 is over.
func (r *request) toSignOld() string {
	var b strings.Builder
	b.WriteString(r.Method + "\n")
	for _, name := range []string{"content-md5", "content-type"} {
		b.WriteString(r.sent(name) + "\n")
	}
	b.WriteString(r.query.Get("Expires") + "\n")
	for _, name := range r.amazonNames() {
		b.WriteString(name + ":" + r.sent(name) + "\n")
	}
	if r.virtual {
		b.WriteString("/" + r.bucket)
	}
	b.WriteString(sentPath(r.Request))
	separator := "?"
	for _, name := range signedParameters {
		if values, ok := r.query[name]; ok {
			b.WriteString(separator + name)
			if values[0] != "" {
				b.WriteString("=" + values[0])
			}
			separator = "&"
		}
	}
	return b.String()
}

// sent is the value of a header, or of the parameter that stands for it in the URL.
func (r *request) sent(name string) string {
	if values := r.Header[textproto.CanonicalMIMEHeaderKey(name)]; len(values) > 0 {
		return strings.Join(values, ",")
	}
	return r.query.Get(name)
}

// amazonNames are the names of the headers that are signed, of those that the URL stands for among them.
func (r *request) amazonNames() []string {
	var names []string
	for name := range r.Header {
		names = append(names, strings.ToLower(name))
	}
	for name := range r.query {
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(name string) bool { return !strings.HasPrefix(name, "x-amz-") })
}

// signedParameters are those of the query that are signed, in their order.
var signedParameters = []string{
	"accelerate", "acl", "analytics", "cors", "delete", "encryption", "inventory", "legal-hold", "lifecycle", "location",
	"logging", "metrics", "notification", "object-lock", "ownershipControls", "partNumber", "policy", "policyStatus",
	"publicAccessBlock", "replication", "requestPayment", "response-cache-control", "response-content-disposition",
	"response-content-encoding", "response-content-language", "response-content-type", "response-expires", "restore",
	"retention", "select", "select-type", "tagging", "torrent", "uploadId", "uploads", "versionId", "versioning", "versions",
	"website",
}
