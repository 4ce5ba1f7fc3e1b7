package sigv4_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"sluice/internal/api/wire/sigv4"
)

func TestOpenChecksABodyAsItIsRead(t *testing.T) {
	for name, tt := range map[string]struct {
		digest, sent string
		reason       sigv4.Reason // zero for none
	}{
		"the signed body":  {hexDigest("content"), "content", 0},
		"another body":     {hexDigest("content"), "other", sigv4.WrongDigest},
		"half of it":       {hexDigest("content"), "cont", sigv4.WrongDigest},
		"an unsigned body": {"UNSIGNED-PAYLOAD", "anything", 0},
		"no digest at all": {"text", "text", sigv4.WrongDigest},
	} {
		t.Run(name, func(t *testing.T) {
			r := call{method: "PUT", url: "http://localhost/bucket/key", service: "s3", header: map[string]string{"X-Amz-Content-Sha256": tt.digest}}.signed(t)
			r.Body = io.NopCloser(strings.NewReader(tt.sent))
			got, err := open(t, verifier(), r)
			if tt.reason == 0 {
				if err != nil || got != tt.sent {
					t.Errorf("read %q, %v", got, err)
				}
				return
			}
			wantError(t, err, tt.reason)
		})
	}
}

func TestOpenRefusesBeforeTheBodyIsRead(t *testing.T) {
	signed := func() *http.Request {
		return call{method: "PUT", url: "http://localhost/bucket/key", service: "s3", header: map[string]string{"X-Amz-Content-Sha256": hexDigest("")}}.signed(t)
	}
	other := signed()
	other.Header.Set("X-Amz-Content-Sha256", hexDigest("other"))
	_, err := open(t, verifier(), other)
	wantError(t, err, sigv4.Mismatch)

	undeclared := signed()
	undeclared.Header.Del("X-Amz-Content-Sha256")
	_, err = open(t, verifier(), undeclared)
	wantError(t, err, sigv4.Undeclared)
}

func wantError(t *testing.T, err error, reason sigv4.Reason) {
	t.Helper()
	var failure *sigv4.Error
	if !errors.As(err, &failure) || failure.Reason != reason {
		t.Errorf("error %v, want the reason %d", err, reason)
	}
}

func TestTrailersAreKept(t *testing.T) {
	for _, name := range []string{"signed, trailer", "unsigned trailer"} {
		r := uploads[name].request(t)
		if _, err := open(t, verifier(), r); err != nil || r.Trailer.Get("X-Amz-Checksum-Crc32") != "AAAAAA==" {
			t.Errorf("%s: %v, %v", name, r.Trailer, err)
		}
	}
}
