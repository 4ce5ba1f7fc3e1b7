package sigv4_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"sluice/internal/api/wire/sigv4"
)

const (
	keyID  = "AKIDEXAMPLE"
	secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
)

var signedAt = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// keys knows one permanent and one temporary key.
type keys struct{ expires time.Time }

func (k keys) Secret(id, token string) (sigv4.Identity, bool) {
	who := sigv4.Identity{AccessKeyID: id, Secret: secret, Account: "111111111111", ARN: "arn:aws:iam::111111111111:root"}
	switch {
	case id == keyID && token == "":
		return who, true
	case id == "ASIATEMPORARY" && token == "the token":
		who.Expires = k.expires
		return who, true
	}
	return sigv4.Identity{}, false
}

func verifier() *sigv4.Verifier {
	return &sigv4.Verifier{Keys: keys{}, Now: func() time.Time { return signedAt.Add(time.Minute) }}
}

// call describes a request that a client signs.
type call struct {
	method, url, body string
	header            map[string]string
	service           string
	credentials       aws.Credentials
	at                time.Time
}

func (c call) request(t testing.TB) *http.Request {
	t.Helper()
	req, err := http.NewRequest(c.method, c.url, bytes.NewReader([]byte(c.body)))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range c.header {
		req.Header.Set(name, value)
	}
	return req
}

func (c call) filled() call {
	if c.service == "" {
		c.service = "lambda"
	}
	if c.credentials.AccessKeyID == "" {
		c.credentials = aws.Credentials{AccessKeyID: keyID, SecretAccessKey: secret}
	}
	if c.at.IsZero() {
		c.at = signedAt
	}
	return c
}

// signed returns the request as the server sees it.
func (c call) signed(t testing.TB) *http.Request {
	t.Helper()
	c = c.filled()
	req := c.request(t)
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = c.service == "s3" })
	digest := hexDigest(c.body)
	if declared := c.header["X-Amz-Content-Sha256"]; declared != "" {
		digest = declared
	}
	if err := signer.SignHTTP(context.Background(), c.credentials, req, digest, c.service, "eu-west-1", c.at); err != nil {
		t.Fatal(err)
	}
	return served(t, req)
}

// presigned returns the presigned request as the server sees it.
func (c call) presigned(t testing.TB) *http.Request {
	t.Helper()
	c = c.filled()
	req := c.request(t)
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = c.service == "s3" })
	digest := hexDigest(c.body)
	if c.service == "s3" {
		digest = "UNSIGNED-PAYLOAD"
	}
	url, header, err := signer.PresignHTTP(context.Background(), c.credentials, req, digest, c.service, "eu-west-1", c.at)
	if err != nil {
		t.Fatal(err)
	}
	again, err := http.NewRequest(c.method, url, bytes.NewReader([]byte(c.body)))
	if err != nil {
		t.Fatal(err)
	}
	again.Header = header
	return served(t, again)
}

// served sends the request through its written form, which is what a server gets to see.
func served(t testing.TB, req *http.Request) *http.Request {
	t.Helper()
	var wire bytes.Buffer
	if err := req.Write(&wire); err != nil {
		t.Fatal(err)
	}
	got, err := http.ReadRequest(bufio.NewReader(&wire))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// verify parses and verifies r as wire does.
func verify(t testing.TB, v *sigv4.Verifier, r *http.Request) (sigv4.Identity, error) {
	t.Helper()
	sig, err := sigv4.Parse(r)
	if err != nil {
		return sigv4.Identity{}, err
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return v.Verify(r, &sig, body)
}

func hexDigest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
