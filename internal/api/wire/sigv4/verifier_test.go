package sigv4_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"sluice/internal/api/wire/sigv4"
)

const function = "http://localhost:4566/2015-03-31/functions/"

// calls are requests whose canonical form is easy to get wrong.
var calls = map[string]call{
	"invoke":               {method: "POST", url: function + "hello/invocations", body: `{"a":1}`},
	"empty body":           {method: "GET", url: function + "hello"},
	"escaped ARN":          {method: "GET", url: function + "arn%3Aaws%3Alambda%3Aeu-west-1%3A111111111111%3Afunction%3Ahello"},
	"unescaped ARN":        {method: "GET", url: function + "arn:aws:lambda:eu-west-1:111111111111:function:hello"},
	"dollar in the path":   {method: "GET", url: function + "hello:$LATEST"},
	"escaped dollar":       {method: "GET", url: function + "hello%3A%24LATEST"},
	"escaped slash":        {method: "GET", url: "http://localhost/2017-03-31/tags/arn%3Aaws%2Fx"},
	"space and non-ASCII":  {method: "GET", url: function + "sm%C3%B8rrebr%C3%B8d%20x"},
	"parameter":            {method: "POST", url: function + "hello/invocations?Qualifier=live"},
	"parameters unsorted":  {method: "GET", url: function + "?b=2&a=1&B=3&a=0&c="},
	"escaped parameter":    {method: "GET", url: function + "?Marker=a%2Fb%3D%3D%20c&tagKeys=x%26y"},
	"parameter, no value":  {method: "GET", url: function + "hello?policy"},
	"only a root":          {method: "POST", url: "http://localhost:4566", service: "codedeploy", body: "{}"},
	"header with spaces":   {method: "GET", url: function + "hello", header: map[string]string{"X-Amz-Meta-Note": "  a   b  c "}},
	"target":               {method: "POST", url: "http://localhost/", service: "codedeploy", body: "{}", header: map[string]string{"X-Amz-Target": "CodeDeploy_20141006.GetDeployment", "Content-Type": "application/x-amz-json-1.1"}},
	"declared digest":      {method: "POST", url: function + "x/invocations", body: "y", header: map[string]string{"X-Amz-Content-Sha256": hexDigest("y")}},
	"unsigned payload":     {method: "PUT", url: "http://localhost/bucket/key", service: "s3", body: "data", header: map[string]string{"X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD"}},
	"s3 key with an equal": {method: "PUT", url: "http://localhost/bucket/a%3Db/c%20d/%7Etilde", service: "s3", body: "data", header: map[string]string{"X-Amz-Content-Sha256": hexDigest("data")}},
	"session":              {method: "GET", url: function + "hello", credentials: aws.Credentials{AccessKeyID: "ASIATEMPORARY", SecretAccessKey: secret, SessionToken: "the token"}},
}

func TestTheSDKsSignaturesAreAccepted(t *testing.T) {
	for name, c := range calls {
		t.Run(name, func(t *testing.T) {
			who, err := verify(t, verifier(), c.signed(t))
			if err != nil {
				t.Fatalf("Verify: %v", err)
			}
			if who.Account != "111111111111" {
				t.Errorf("signed by %+v", who)
			}
		})
	}
}

func TestThePathMayBeSignedTidied(t *testing.T) {
	// botocore signs /a/b for a request that it sends to /a//./b.
	c := call{method: "GET", url: "http://localhost/a/b"}
	r := c.signed(t)
	r.RequestURI = "/a//./b"
	if _, err := verify(t, verifier(), r); err != nil {
		t.Fatal(err)
	}
}

func TestTamperingIsSeen(t *testing.T) {
	for name, tamper := range map[string]func(*http.Request){
		"method":       func(r *http.Request) { r.Method = "PUT" },
		"path":         func(r *http.Request) { r.RequestURI = strings.Replace(r.RequestURI, "hello", "other", 1) },
		"parameter":    func(r *http.Request) { r.URL.RawQuery = "Qualifier=dead" },
		"new one":      func(r *http.Request) { r.URL.RawQuery += "&DryRun=true" },
		"host":         func(r *http.Request) { r.Host = "elsewhere" },
		"header":       func(r *http.Request) { r.Header.Set("X-Amz-Invocation-Type", "Event") },
		"header gone":  func(r *http.Request) { r.Header.Del("X-Amz-Invocation-Type") },
		"header twice": func(r *http.Request) { r.Header.Add("X-Amz-Invocation-Type", "Event") },
		"time":         func(r *http.Request) { r.Header.Set("X-Amz-Date", "20260301T120100Z") },
		"body":         func(r *http.Request) { r.Body = http.NoBody },
		"signature":    func(r *http.Request) { alterAuthorization(r, "Signature=", "Signature=0") },
		"no hex":       func(r *http.Request) { alterAuthorization(r, "Signature=", "Signature=zz") },
		"region":       func(r *http.Request) { alterAuthorization(r, "eu-west-1", "us-east-1") },
		"service":      func(r *http.Request) { alterAuthorization(r, "/lambda/", "/codedeploy/") },
		"host unsigned": func(r *http.Request) {
			alterAuthorization(r, ";host;", ";")
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := call{method: "POST", url: function + "hello/invocations?Qualifier=live", body: "{}",
				header: map[string]string{"X-Amz-Invocation-Type": "RequestResponse"}}
			r := c.signed(t)
			tamper(r)
			wantReason(t, r, verifier(), sigv4.Mismatch)
		})
	}
}

func alterAuthorization(r *http.Request, from, to string) {
	r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), from, to, 1))
}

func TestABodyUnlikeItsDeclaredDigestIsRefused(t *testing.T) {
	c := call{method: "POST", url: function + "x/invocations", body: "y",
		header: map[string]string{"X-Amz-Content-Sha256": hexDigest("z")}}
	wantReason(t, c.signed(t), verifier(), sigv4.WrongDigest)
}

func TestKeys(t *testing.T) {
	get := call{method: "GET", url: function + "hello"}
	with := func(id, secret, token string) call {
		c := get
		c.credentials = aws.Credentials{AccessKeyID: id, SecretAccessKey: secret, SessionToken: token}
		return c
	}
	t.Run("unknown", func(t *testing.T) {
		wantReason(t, with("AKIDOTHER", secret, "").signed(t), verifier(), sigv4.UnknownKey)
	})
	t.Run("wrong secret", func(t *testing.T) {
		wantReason(t, with(keyID, "guessed", "").signed(t), verifier(), sigv4.Mismatch)
	})
	t.Run("token of somebody else", func(t *testing.T) {
		wantReason(t, with("ASIATEMPORARY", secret, "forged").signed(t), verifier(), sigv4.UnknownKey)
	})
	t.Run("expired token", func(t *testing.T) {
		v := &sigv4.Verifier{Keys: keys{expires: signedAt}, Now: verifier().Now}
		wantReason(t, with("ASIATEMPORARY", secret, "the token").signed(t), v, sigv4.EndedToken)
	})
}

func TestTimes(t *testing.T) {
	for _, tt := range []struct {
		name    string
		ago     time.Duration
		message string
	}{
		{"just in time", sigv4.Skew, ""},
		{"just not too early", -sigv4.Skew, ""},
		{"too old", sigv4.Skew + time.Second, "Signature expired: 20260301T120000Z is now earlier than " +
			"20260301T120001Z (20260301T121501Z - 15 min.)"},
		{"too early", -sigv4.Skew - time.Second, "Signature not yet current: 20260301T120000Z is still later than " +
			"20260301T115959Z (20260301T114459Z + 15 min.)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := &sigv4.Verifier{Keys: keys{}, Now: func() time.Time { return signedAt.Add(tt.ago) }}
			_, err := verify(t, v, call{method: "GET", url: function + "hello"}.signed(t))
			if got := fmt.Sprint(err); got != tt.message && (err != nil || tt.message != "") {
				t.Errorf("got  %s\nwant %s", got, tt.message)
			}
		})
	}
}

func TestAnyoneIsLetInWhereThatIsAskedFor(t *testing.T) {
	v := &sigv4.Verifier{Keys: keys{}, Anyone: &sigv4.Identity{Account: "000000000000"}}
	t.Run("unknown key", func(t *testing.T) {
		c := call{method: "GET", url: function + "x", credentials: aws.Credentials{AccessKeyID: "test", SecretAccessKey: "test"}}
		who, err := verify(t, v, c.signed(t))
		if err != nil || who.Account != "000000000000" || who.AccessKeyID != "test" {
			t.Errorf("%+v, %v", who, err)
		}
	})
	t.Run("known key keeps its account", func(t *testing.T) {
		who, err := verify(t, v, call{method: "GET", url: function + "x"}.signed(t))
		if err != nil || who.Account != "111111111111" {
			t.Errorf("%+v, %v", who, err)
		}
	})
	t.Run("no signature", func(t *testing.T) {
		wantReason(t, served(t, call{method: "GET", url: function + "x"}.request(t)), v, sigv4.Missing)
	})
}

func TestAnIdentityDoesNotPrintItsSecret(t *testing.T) {
	who, _ := keys{}.Secret(keyID, "")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if text := fmt.Sprintf(verb, who); strings.Contains(text, secret) {
			t.Errorf("%s prints %s", verb, text)
		}
	}
}

func wantReason(t *testing.T, r *http.Request, v *sigv4.Verifier, want sigv4.Reason) {
	t.Helper()
	_, err := verify(t, v, r)
	var failure *sigv4.Error
	if !errors.As(err, &failure) || failure.Reason != want {
		t.Errorf("got %v, want reason %d", err, want)
	}
}
