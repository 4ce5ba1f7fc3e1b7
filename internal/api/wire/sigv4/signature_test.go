package sigv4_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluice/internal/api/wire/sigv4"
)

func TestParseNamesWhatIsWrong(t *testing.T) {
	const good = "AWS4-HMAC-SHA256 Credential=AKID/20260301/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=00"
	for _, tt := range []struct {
		name, header, date string
		reason             sigv4.Reason
		message            string
	}{
		{"nothing", "", "", sigv4.Missing, "Missing Authentication Token"},
		{"basic", "Basic Zm9vOmJhcg==", "20260301T120000Z", sigv4.Incomplete, "Unsupported AWS 'algorithm': 'Basic'."},
		{"only the algorithm", "AWS4-HMAC-SHA256 x", "", sigv4.Incomplete, "Authorization header requires 'Credential' " +
			"parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' " +
			"parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."},
		{"short credential", strings.Replace(good, "/lambda", "", 1), "20260301T120000Z", sigv4.Incomplete,
			"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term."},
		{"wrong ending", strings.Replace(good, "aws4_request", "aws5", 1), "20260301T120000Z", sigv4.Mismatch,
			"Credential should be scoped with a valid terminator: 'aws4_request'."},
		{"no region", strings.Replace(good, "eu-west-1", "eu-\xff", 1), "20260301T120000Z", sigv4.Mismatch,
			"Credential should be scoped to a valid region."},
		{"no date", good, "", sigv4.Incomplete,
			"Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."},
		{"odd date", good, "yesterday", sigv4.Incomplete,
			"Date must be in ISO-8601 'basic format'. Got 'yesterday'. See http://en.wikipedia.org/wiki/ISO_8601"},
		{"another day", good, "20260302T120000Z", sigv4.Mismatch, "Date in Credential scope does not match YYYYMMDD " +
			"from ISO-8601 version of date from HTTP: '20260301' != '20260302', from '20260302T120000Z'."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := &http.Request{Header: http.Header{}, URL: &url.URL{}}
			r.Header.Set("Authorization", tt.header)
			if tt.date != "" {
				r.Header.Set("X-Amz-Date", tt.date)
			}
			_, err := sigv4.Parse(r)
			var failure *sigv4.Error
			if !errors.As(err, &failure) || failure.Reason != tt.reason || failure.Message != tt.message {
				t.Errorf("got  %v\nwant %s", err, tt.message)
			}
		})
	}
}

func TestPresigned(t *testing.T) {
	get := call{method: "GET", url: function + "hello?X-Amz-Expires=60&Qualifier=a%20b"}
	for name, c := range map[string]call{
		"lambda":     get,
		"s3":         {method: "GET", service: "s3", url: "http://localhost/bucket/a%20key?X-Amz-Expires=60&versionId=1"},
		"s3 put":     {method: "PUT", service: "s3", url: "http://localhost/bucket/key?X-Amz-Expires=60", body: "data"},
		"with token": {method: "GET", url: function + "x?X-Amz-Expires=60", credentials: temporary()},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := verify(t, verifier(), c.presigned(t)); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("after its time", func(t *testing.T) {
		v := &sigv4.Verifier{Keys: keys{}, Now: func() time.Time { return signedAt.Add(61 * time.Second) }}
		wantReason(t, get.presigned(t), v, sigv4.Ended)
	})
	t.Run("longer than a signature's time", func(t *testing.T) {
		long := call{method: "GET", url: function + "hello?X-Amz-Expires=604800"}
		v := &sigv4.Verifier{Keys: keys{}, Now: func() time.Time { return signedAt.Add(6 * 24 * time.Hour) }}
		if _, err := verify(t, v, long.presigned(t)); err != nil {
			t.Error(err)
		}
	})
	for name, alter := range map[string][2]string{
		"later end":       {"X-Amz-Expires=60", "X-Amz-Expires=600"},
		"other parameter": {"Qualifier=a%20b", "Qualifier=a"},
		"other signature": {"X-Amz-Signature=", "X-Amz-Signature=0"},
	} {
		t.Run(name, func(t *testing.T) {
			r := get.presigned(t)
			r.URL.RawQuery = strings.Replace(r.URL.RawQuery, alter[0], alter[1], 1)
			wantReason(t, r, verifier(), sigv4.Mismatch)
		})
	}
	for name, query := range map[string]string{
		"no signature":  "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a",
		"more than one": "X-Amz-Algorithm=x&X-Amz-Credential=a&X-Amz-Date=b&X-Amz-Expires=1&X-Amz-SignedHeaders=host&X-Amz-Signature=c",
		"eight days":    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Date=b&X-Amz-Expires=691200&X-Amz-SignedHeaders=host&X-Amz-Signature=c",
		"no query":      "X-Amz-Algorithm=%zz",
	} {
		t.Run(name, func(t *testing.T) {
			r := &http.Request{Header: http.Header{}, URL: &url.URL{RawQuery: query}, Body: http.NoBody}
			wantReason(t, r, verifier(), sigv4.Incomplete)
		})
	}
}

func TestAnyHeaderIsAnsweredWithAnError(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{
			"AWS4-HMAC-SHA256", " ", ",", "=", ";", "/", "Credential=", "SignedHeaders=", "Signature=", "host", "aws4_request",
			"20260301", "\x00", "é", strings.Repeat("0", 64),
		})).Draw(t, "parts")
		header := "AWS4-HMAC-SHA256 " + strings.Join(parts, "")
		r := &http.Request{Method: "GET", Header: http.Header{}, URL: &url.URL{Path: "/"}, RequestURI: "/", Host: "h"}
		r.Header["Authorization"] = []string{header}
		r.Header["X-Amz-Date"] = []string{"20260301T120000Z"}
		sig, err := sigv4.Parse(r)
		if err == nil {
			_, err = verifier().Verify(r, &sig, nil)
		}
		if err == nil {
			t.Fatalf("%q was accepted", header)
		}
	})
}

func ExampleVerifier() {
	v := &sigv4.Verifier{Keys: keys{}}
	r := &http.Request{Method: "GET", Host: "localhost", RequestURI: "/", Header: http.Header{
		"X-Amz-Date": {"20260301T120000Z"},
		"Authorization": {"AWS4-HMAC-SHA256 Credential=AKIDSTRANGER/20260301/eu-west-1/lambda/aws4_request, " +
			"SignedHeaders=host;x-amz-date, Signature=" + strings.Repeat("0", 64)},
	}}
	sig, err := sigv4.Parse(r)
	fmt.Println(sig.Service, sig.Region, err)
	_, err = v.Verify(r, &sig, nil)
	fmt.Println(err)
	// Output:
	// lambda eu-west-1 <nil>
	// The security token included in the request is invalid.
}
