package s3_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"sluice/internal/api/s3"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/blob"
	"sluice/internal/bucket"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

const (
	keyID  = "AKIDEXAMPLE"
	secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
)

// keys knows one key.
type keys struct{}

func (keys) Secret(id, token string) (sigv4.Identity, bool) {
	return sigv4.Identity{AccessKeyID: id, Secret: secret, Account: "111111111111", ARN: "arn:aws:iam::111111111111:root"}, id == keyID && token == ""
}

// contents are objects' contents in a folder.
type contents struct{ *blob.Folder }

func (c contents) Open(ctx context.Context, sum string) (bucket.Blob, error) {
	return c.Folder.Open(ctx, sum)
}

// bench is a server that listens.
type bench struct {
	t       testing.TB
	url     string
	buckets *bucket.Service
	handler *s3.Server
	log     *bytes.Buffer
	region  string
}

func newBench(t testing.TB) *bench { return newBenchFor(t, nil) }

// newBenchFor lets strangers in if anyone is set.
func newBenchFor(t testing.TB, anyone *sigv4.Identity) *bench {
	t.Helper()
	records, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { records.Close() })
	folder, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, log: &bytes.Buffer{}, region: "us-east-1"}
	b.buckets = bucket.NewService(bucket.Config{Store: records, Blobs: contents{folder}})
	b.handler = s3.New(s3.Config{Buckets: b.buckets, Keys: keys{}, Anyone: anyone, Logger: slog.New(slog.NewTextHandler(b.log, nil)), IdleTime: time.Minute})
	server := httptest.NewServer(b.handler)
	t.Cleanup(server.Close)
	t.Cleanup(func() {
		if b.log.Len() > 0 {
			t.Errorf("the server logged %s", b.log)
		}
	})
	b.url = server.URL
	b.ok(b.call("PUT", "/bkt", ""))
	return b
}

// in is the same server, asked in another region.
func (b *bench) in(region string) *bench {
	other := *b
	other.region = region
	return &other
}

// answer is what a server answered.
type answer struct {
	status int
	header http.Header
	body   string
}

// code is the code of an error.
func (a answer) code() string { return a.element("Code") }

// element is the text of the first element of a name.
func (a answer) element(name string) string {
	d := xml.NewDecoder(strings.NewReader(a.body))
	for {
		token, err := d.Token()
		if err != nil {
			return ""
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == name {
			var text string
			_ = d.DecodeElement(&text, &start)
			return text
		}
	}
}

// request makes a request, with pairs of a header's name and value.
func (b *bench) request(method, path, body string, header ...string) *http.Request {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

func (b *bench) signer() (*v4.Signer, aws.Credentials) {
	return v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true }), aws.Credentials{AccessKeyID: keyID, SecretAccessKey: secret}
}

// sign signs a request as one with a body of a digest.
func (b *bench) sign(r *http.Request, digest string) *http.Request {
	b.t.Helper()
	signer, key := b.signer()
	r.Header.Set("X-Amz-Content-Sha256", digest)
	if err := signer.SignHTTP(b.t.Context(), key, r, digest, "s3", b.region, time.Now()); err != nil {
		b.t.Fatal(err)
	}
	return r
}

// call makes a signed request.
func (b *bench) call(method, path, body string, header ...string) answer {
	b.t.Helper()
	sum := sha256.Sum256([]byte(body))
	return b.send(b.sign(b.request(method, path, body, header...), hex.EncodeToString(sum[:])))
}

func (b *bench) send(r *http.Request) answer {
	b.t.Helper()
	got, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer{got.StatusCode, got.Header, string(body)}
}

// ok fails unless an answer is a success.
func (b *bench) ok(a answer) answer {
	b.t.Helper()
	if a.status >= 300 {
		b.t.Fatalf("status %d: %s", a.status, a.body)
	}
	return a
}

// want fails unless an answer has a status and an error's code; no code means that it has none.
func (b *bench) want(a answer, status int, code string) {
	b.t.Helper()
	if a.status != status || a.code() != code {
		b.t.Errorf("status %d %s; want %d %s", a.status, a.body, status, code)
	}
}

// place is a bucket of an account that no key here is of.
func place(name string) (p bucket.Place) {
	p.Account, p.Region, p.Bucket = "222222222222", "us-east-1", name
	return p
}
