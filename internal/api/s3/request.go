package s3

import (
	"crypto/rand"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"sluice/internal/bucket"
)

// request is a request and its answer.
type request struct {
	*http.Request
	w       http.ResponseWriter
	id      string
	begun   bool // the answer's status was sent
	control bool // it is for S3 Control
	virtual bool // the bucket was named by the host
	bucket  string
	key     string
	query   url.Values
	account string // of the signer
	region  string // of the signature's scope; empty if the signature has none
	arn     string // of the signer
	body    io.Reader
	idle    time.Duration
}

func newRequest(w http.ResponseWriter, hr *http.Request, idle time.Duration) *request {
	r := &request{Request: hr, w: w, id: rand.Text()[:16], idle: idle}
	h := w.Header()
	h.Set("X-Amz-Request-Id", r.id)
	h.Set("X-Amz-Id-2", r.id)
	h.Set("Server", "AmazonS3")
	return r
}

// place is the bucket of the request, as its signer sees it.
func (r *request) place() bucket.Place { return r.other(r.bucket) }

// other is another bucket, as the request's signer sees it.
func (r *request) other(name string) bucket.Place {
	p := bucket.Place{Bucket: name}
	p.Account, p.Region = r.account, r.region
	return p
}

// locate reads the query, the bucket and the key.
func (r *request) locate() error {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return refusal("InvalidURI", http.StatusBadRequest, "Couldn't parse the specified URI.")
	}
	r.query = query
	if r.control = controlled(r.Request); r.control {
		return nil
	}
	path := strings.TrimPrefix(sentPath(r.Request), "/")
	if r.bucket, r.virtual = bucketOfHost(r.Host); !r.virtual {
		r.bucket, path, _ = strings.Cut(path, "/")
		if r.bucket, err = url.PathUnescape(r.bucket); err != nil {
			return refusal("InvalidURI", http.StatusBadRequest, "Couldn't parse the specified URI.")
		}
	}
	if path == "" {
		return nil
	}
	if r.key, err = url.PathUnescape(path); err != nil {
		return refusal("InvalidURI", http.StatusBadRequest, "Couldn't parse the specified URI.")
	}
	return bucket.CheckKey(r.key)
}

// sentPath is the path as the client wrote it, with its escapes.
func sentPath(r *http.Request) string {
	if strings.HasPrefix(r.RequestURI, "/") {
		path, _, _ := strings.Cut(r.RequestURI, "?")
		return path
	}
	return r.URL.EscapedPath()
}

// has reports whether the query has a parameter, with a value or without.
func (r *request) has(name string) bool {
	_, ok := r.query[name]
	return ok
}

// version is the ID of the version that is asked for.
func (r *request) version() string { return r.query.Get("versionId") }

// patient reads a body whose client may take any time for it, but must not fall silent.
type patient struct {
	from    io.Reader
	control *http.ResponseController
	idle    time.Duration
	set     time.Time // when the deadline was last moved
}

func (p *patient) Read(b []byte) (int, error) {
	if at := time.Now(); p.idle > 0 && at.Sub(p.set) > p.idle/8 {
		p.set = at
		_ = p.control.SetReadDeadline(at.Add(p.idle)) // tests have no connection
	}
	n, err := p.from.Read(b)
	if err != nil && p.idle > 0 {
		_ = p.control.SetReadDeadline(time.Time{})
	}
	return n, err
}

// Close does nothing: net/http closes what it opened.
func (p *patient) Close() error { return nil }
