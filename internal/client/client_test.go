package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"sluice/internal/account"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/client"
)

var key = account.Key{ID: "AKIAEXAMPLE", Secret: "secret"}

func serve(t *testing.T, h http.HandlerFunc) *client.Client {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return &client.Client{URL: s.URL, Key: key}
}

// answer serves one answer to everything.
func answer(t *testing.T, status int, header, body string) *client.Client {
	t.Helper()
	return serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if header != "" {
			w.Header().Set("X-Amzn-Errortype", header)
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	})
}

// keys knows one key.
type keys struct{}

func (keys) Secret(id, _ string) (sigv4.Identity, bool) {
	return sigv4.Identity{AccessKeyID: id, Secret: key.Secret}, id == key.ID
}

// signer returns the signature of a request that was signed right.
func signer(t *testing.T, r *http.Request) sigv4.Signature {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Error(err)
	}
	signature, err := sigv4.Parse(r)
	if err == nil {
		_, err = (&sigv4.Verifier{Keys: keys{}}).Verify(r, &signature, body)
	}
	if err != nil {
		t.Errorf("%s %s: %v", r.Method, r.URL, err)
	}
	return signature
}

func TestEachCallIsSigned(t *testing.T) {
	for name, tt := range map[string]struct {
		call            func(*client.Client) error
		service, region string
	}{
		"Lambda": {func(c *client.Client) error {
			_, err := c.Lambda(t.Context(), "PUT", "/2015-03-31/functions/f%3Alive/code?x=a%2Fb", map[string]int{"a": 1}, nil)
			return err
		}, "lambda", "us-east-1"},
		"Lambda without a body": {func(c *client.Client) error {
			_, err := c.Lambda(t.Context(), "GET", "/2015-03-31/functions", nil, nil)
			return err
		}, "lambda", "us-east-1"},
		"CodeDeploy": {func(c *client.Client) error {
			return c.CodeDeploy(t.Context(), "GetDeployment", map[string]string{}, nil)
		}, "codedeploy", "us-east-1"},
		"CloudWatch": {func(c *client.Client) error {
			return c.CloudWatch(t.Context(), "DescribeAlarms", map[string]string{}, nil)
		}, "monitoring", "us-east-1"},
		"Logs": {func(c *client.Client) error {
			return c.Logs(t.Context(), "DescribeLogGroups", map[string]string{}, nil)
		}, "logs", "us-east-1"},
		"another region": {func(c *client.Client) error {
			c.Region = "eu-west-1"
			return c.CodeDeploy(t.Context(), "GetDeployment", map[string]string{}, nil)
		}, "codedeploy", "eu-west-1"},
		"another service": {func(c *client.Client) error {
			r, err := c.Request(t.Context(), "logs", "POST", "/", http.Header{"X-Amz-Target": {"x"}}, []byte("body"))
			if err != nil {
				return err
			}
			done, err := http.DefaultClient.Do(r)
			if err == nil {
				done.Body.Close()
			}
			return err
		}, "logs", "us-east-1"},
	} {
		t.Run(name, func(t *testing.T) {
			var got sigv4.Signature
			c := serve(t, func(_ http.ResponseWriter, r *http.Request) { got = signer(t, r) })
			if err := tt.call(c); err != nil {
				t.Fatal(err)
			}
			if got.AccessKeyID != key.ID || got.Service != tt.service || got.Region != tt.region {
				t.Errorf("signed by %s for %s in %s", got.AccessKeyID, got.Service, got.Region)
			}
		})
	}
}

// A session's token goes with its key, and is signed.
func TestASessionsTokenIsSent(t *testing.T) {
	var got sigv4.Signature
	c := serve(t, func(_ http.ResponseWriter, r *http.Request) { got = signer(t, r) })
	for _, token := range []string{"", "the token"} {
		c.Token = token
		if err := c.CodeDeploy(t.Context(), "GetDeployment", map[string]string{}, nil); err != nil || got.Token != token {
			t.Errorf("token %q, %v; want %q", got.Token, err, token)
		}
	}
}

func TestLambdaCallIsJSON(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Amz-Executed-Version", "2")
		io.WriteString(w, `{"path":"`+r.Method+r.URL.Path+`","body":`+string(body)+`}`)
	})
	var out struct {
		Path string
		Body map[string]int
	}
	header, err := c.Lambda(t.Context(), "PUT", "/2015-03-31/x", map[string]int{"a": 1}, &out)
	if err != nil || out.Path != "PUT/2015-03-31/x" || out.Body["a"] != 1 || header.Get("X-Amz-Executed-Version") != "2" {
		t.Errorf("out %+v, header %v, %v", out, header, err)
	}
}

func TestACallNamesItsOperation(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var in struct{ Name string }
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || r.Method != "POST" || r.URL.Path != "/" {
			t.Errorf("%s %s, %v", r.Method, r.URL, err)
		}
		io.WriteString(w, `{"got":"`+r.Header.Get("X-Amz-Target")+" "+r.Header.Get("Content-Type")+" "+in.Name+`"}`)
	})
	for want, call := range map[string]func(context.Context, string, any, any) error{
		"CodeDeploy_20141006.GetDeployment application/x-amz-json-1.1 it":           c.CodeDeploy,
		"GraniteServiceVersion20100801.GetDeployment application/x-amz-json-1.0 it": c.CloudWatch,
		"Logs_20140328.GetDeployment application/x-amz-json-1.1 it":                 c.Logs,
	} {
		var out struct{ Got string }
		if err := call(t.Context(), "GetDeployment", map[string]string{"name": "it"}, &out); err != nil || out.Got != want {
			t.Errorf("sent %q, %v; want %q", out.Got, err, want)
		}
	}
}

func TestErrorsCarryCodeStatusAndBody(t *testing.T) {
	for name, tt := range map[string]struct {
		status             int
		header, body, code string
	}{
		"code in the body":   {400, "", `{"__type":"DeploymentDoesNotExistException","message":"no"}`, "DeploymentDoesNotExistException"},
		"code in the header": {404, "ResourceNotFoundException", `{"Message":"no"}`, "ResourceNotFoundException"},
		"code in both":       {404, "A", `{"__type":"B"}`, "A"},
		"no JSON":            {502, "", "<html>", ""},
		"no body":            {503, "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			out := map[string]any{}
			err := answer(t, tt.status, tt.header, tt.body).CodeDeploy(t.Context(), "GetDeployment", nil, &out)
			var e *client.Error
			if !errors.As(err, &e) || *e != (client.Error{Status: tt.status, Code: tt.code, Body: tt.body}) {
				t.Fatalf("error %#v", err)
			}
			if len(out) > 0 || !strings.Contains(err.Error(), tt.code) || !strings.Contains(err.Error(), tt.body) {
				t.Errorf("error %q, out %v", err, out)
			}
		})
	}
}

func TestAnErrorComesWithItsHeaders(t *testing.T) {
	header, err := answer(t, 429, "TooManyRequestsException", "{}").Lambda(t.Context(), "POST", "/x", nil, nil)
	if err == nil || header.Get("X-Amzn-Errortype") != "TooManyRequestsException" {
		t.Errorf("header %v, %v", header, err)
	}
}

func TestAnswersWithoutContent(t *testing.T) {
	out := map[string]int{"kept": 1}
	if _, err := answer(t, 204, "", "").Lambda(t.Context(), "DELETE", "/x", nil, &out); err != nil || out["kept"] != 1 {
		t.Errorf("out %v, %v", out, err)
	}
	if _, err := answer(t, 200, "", "no JSON").Lambda(t.Context(), "GET", "/x", nil, nil); err != nil {
		t.Errorf("an answer that nobody reads: %v", err)
	}
}

func TestWhatCannotBeSentOrReadIsAnError(t *testing.T) {
	ended, end := context.WithCancel(t.Context())
	end()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	fine := answer(t, 200, "", "{}")
	for name, call := range map[string]func() error{
		"no JSON to send":      func() error { _, err := fine.Lambda(t.Context(), "PUT", "/x", make(chan int), nil); return err },
		"no method":            func() error { _, err := fine.Lambda(t.Context(), "A B", "/x", nil, nil); return err },
		"no path":              func() error { _, err := fine.Lambda(t.Context(), "GET", "/%zz", nil, nil); return err },
		"a context that ended": func() error { _, err := fine.Lambda(ended, "GET", "/x", nil, nil); return err },
		"no server": func() error {
			return (&client.Client{URL: gone.URL, Key: key}).CodeDeploy(t.Context(), "X", nil, nil)
		},
		"no JSON to read": func() error {
			return answer(t, 200, "", "<html>").CodeDeploy(t.Context(), "X", nil, &struct{}{})
		},
		"half an answer": func() error {
			c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Length", "10")
				io.WriteString(w, "{}")
			})
			return c.CodeDeploy(t.Context(), "X", nil, nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			err := call()
			var e *client.Error
			if err == nil || errors.As(err, &e) {
				t.Errorf("error %v, want one that is no answer", err)
			}
		})
	}
}

// transport notes that it was used.
type transport struct{ used bool }

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	t.used = true
	return http.DefaultTransport.RoundTrip(r)
}

func TestCallsGoThroughTheGivenHTTPClient(t *testing.T) {
	c, through := answer(t, 200, "", "{}"), &transport{}
	c.HTTP = &http.Client{Transport: through}
	if err := c.CodeDeploy(t.Context(), "X", nil, nil); err != nil || !through.used {
		t.Errorf("used %v, %v", through.used, err)
	}
}

func TestManyCallAtOnce(t *testing.T) {
	c := serve(t, func(_ http.ResponseWriter, r *http.Request) { signer(t, r) })
	var calls sync.WaitGroup
	for range 20 {
		calls.Go(func() {
			if _, err := c.Lambda(t.Context(), "POST", "/x", map[string]int{"a": 1}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	calls.Wait()
}
