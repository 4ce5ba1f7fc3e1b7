package s3

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"sluice/internal/bucket"
)

// Takes reports whether a request is for S3: it is signed for it, in a header or in the query, or its host is S3's. Others
// cost a search of their Authorization header and a look at their host.
func Takes(r *http.Request) bool {
	if header := r.Header["Authorization"]; len(header) > 0 {
		return strings.Contains(header[0], "/s3/aws4_request")
	}
	if query := r.URL.RawQuery; query != "" {
		if strings.Contains(query, "X-Amz-Credential=") {
			return strings.Contains(query, "%2Fs3%2Faws4_request") || strings.Contains(query, "/s3/aws4_request")
		}
		if strings.Contains(query, "AWSAccessKeyId=") && strings.Contains(query, "Signature=") {
			return true
		}
	}
	host := r.Host
	return strings.Contains(host, ".s3.") || strings.HasPrefix(host, "s3.")
}

// Guards reports whether a request without any signature asks for a bucket that there is. It is refused as S3 does it; others
// without a signature are none of S3's. The signature has been looked for by Takes. Names of buckets are in memory, so it costs
// other rooms' requests no record.
func (s *Server) Guards(r *http.Request) bool {
	if len(r.Header["Authorization"]) > 0 || len(r.Header["X-Amz-Target"]) > 0 || strings.Contains(r.URL.RawQuery, "X-Amz-Algorithm=") {
		return false
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	return bucket.CheckName(name) == nil && s.buckets.Exists(r.Context(), name)
}

// bucketOfHost returns the bucket that a host names: BUCKET.s3.REGION.DOMAIN, BUCKET.s3.DOMAIN or BUCKET.localhost. It is
// false for hosts that name none, where the path does, and for ACCOUNT.localhost, which is S3 Control's.
func bucketOfHost(host string) (name string, ok bool) {
	if bare, _, err := net.SplitHostPort(host); err == nil {
		host = bare
	}
	host = strings.TrimSuffix(host, ".")
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return "", false
	}
	if strings.HasPrefix(host, "s3.") || strings.HasPrefix(host, "s3-") && !strings.Contains(host, ".s3.") {
		return "", false
	}
	if i := strings.LastIndex(host, ".s3."); i > 0 {
		return host[:i], true
	}
	if label, _, _ := strings.Cut(host, "."); len(label) == 12 && strings.Trim(label, "0123456789") == "" {
		return "", false
	}
	return strings.CutSuffix(host, ".localhost")
}
