package server_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"sluice/internal/client"
	"sluice/internal/server"
)

// urlHandler is the handler's name of the function behind the tests' URLs.
const urlHandler = "url-test"

// serveURL answers visits of a function URL until the host stops the process: with the event that it got, in pieces for the
// path /stream, with an error for /fail, and for /fetch with what its own address on AWS answers.
func serveURL() {
	api := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/"
	for {
		if err := serveVisit(api); err != nil {
			os.Exit(1)
		}
	}
}

func serveVisit(api string) error {
	next, err := http.Get(api + "next")
	if err != nil {
		return err
	}
	defer next.Body.Close()
	event, err := io.ReadAll(next.Body)
	if err != nil {
		return err
	}
	api += next.Header.Get("Lambda-Runtime-Aws-Request-Id")
	var visit struct {
		RawPath        string
		HTTPMethod     string // of payload format 1.0, whose answers have no list of cookies
		RequestContext struct{ DomainName string }
	}
	if err := json.Unmarshal(event, &visit); err != nil {
		return err
	}
	switch visit.RawPath {
	case "/stream":
		return stream(api + "/response")
	case "/fail":
		return post(api+"/error", []byte(`{"errorType":"Broken","errorMessage":"as it is told to"}`))
	}
	if visit.RawPath == "/fetch" {
		event = []byte(fetchFromAWS(visit.RequestContext.DomainName))
	}
	parts := object{"statusCode": 200, "headers": object{"X-Custom": "yes"}, "body": string(event)}
	if visit.HTTPMethod == "" {
		parts["cookies"] = []string{"a=1"}
	}
	answer, err := json.Marshal(parts)
	if err != nil {
		return err
	}
	return post(api+"/response", answer)
}

func post(to string, body []byte) error {
	answer, err := http.Post(to, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// stream answers in pieces, the first of which is a prelude.
func stream(to string) error {
	body, pieces := io.Pipe()
	go func() {
		for _, piece := range []string{`{"statusCode":202,"headers":{"X-Streamed":"yes"}}`, strings.Repeat("\x00", 8), "Hello, ", "world!"} {
			if _, err := io.WriteString(pieces, piece); err != nil {
				return
			}
		}
		pieces.Close()
	}()
	r, err := http.NewRequest("POST", to, body)
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/vnd.awslambda.http-integration-response")
	r.Header.Set("Lambda-Runtime-Function-Response-Mode", "streaming")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// createURLFunction makes the function f that serveURL is, with an alias named live.
func (c caller) createURLFunction() {
	c.t.Helper()
	c.lambda("POST", "", object{
		"FunctionName": "f", "Runtime": "provided.al2023", "Handler": urlHandler, "Role": role, "Timeout": 30, "Code": object{"ZipFile": program()},
	}, nil)
	c.lambda("POST", "/f/versions", object{}, nil)
	c.lambda("POST", "/f/aliases", object{"Name": "live", "FunctionVersion": "1"}, nil)
}

// createURL gives f's alias live a URL, opens it to everybody unless callers have to sign, and returns its address.
func (c caller) createURL(settings object) string {
	c.t.Helper()
	var made struct{ FunctionUrl string } //nolint:revive,staticcheck // AWS's spelling
	if _, err := c.Lambda(c.t.Context(), "POST", "/2021-10-31/functions/f/url?Qualifier=live", settings, &made); err != nil {
		c.t.Fatal(err)
	}
	if settings["AuthType"] == "NONE" {
		c.lambda("POST", "/f/policy?Qualifier=live", object{
			"StatementId": "url", "Action": "lambda:InvokeFunctionUrl", "Principal": "*", "FunctionUrlAuthType": "NONE",
		}, nil)
	}
	return made.FunctionUrl
}

// visitor returns a client that takes every host for the server, as a resolver takes names below localhost.
func (c caller) visitor() *http.Client {
	c.t.Helper()
	at, err := url.Parse(c.URL)
	if err != nil {
		c.t.Fatal(err)
	}
	transport := &http.Transport{MaxIdleConnsPerHost: 64, DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, at.Host)
	}}
	c.t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// visit makes a request and returns its answer with the body.
func (c caller) visit(method, address, body string, header ...string) (*http.Response, string) {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	return c.do(r)
}

func (c caller) do(r *http.Request) (*http.Response, string) {
	c.t.Helper()
	response, err := c.visitor().Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return response, string(content)
}

// pathForm is the address of a URL for clients that can't resolve its host.
func (c caller) pathForm(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	id, _, _ := strings.Cut(rest, ".")
	return c.URL + "/_sluice/url/" + id + "/"
}

func TestFunctionURL(t *testing.T) {
	c := startServer(t, nil)
	c.createURLFunction()
	address := c.createURL(object{"AuthType": "NONE"})

	t.Run("its address has the region and the server's port", func(t *testing.T) {
		at, err := url.Parse(address)
		if err != nil || len(at.Hostname()) != 32+len(".lambda-url.us-east-1.localhost") ||
			!strings.HasSuffix(at.Hostname(), ".lambda-url.us-east-1.localhost") || !strings.HasSuffix(c.URL, ":"+at.Port()) || at.Path != "/" {
			t.Errorf("address %s of a server at %s, %v", address, c.URL, err)
		}
	})
	for name, base := range map[string]string{"by its host": address, "by its path": c.pathForm(address)} {
		t.Run(name, func(t *testing.T) {
			got, body := c.visit("POST", base+"pa2%25Fth/1?q=query&multiQuery=foo&multiQuery=%2Fbar", `{"foo":"bar"}`,
				"Content-Type", "application/json", "ExTrA-HeadErs", "With WeiRd CapS", "User-Agent", "test/echo")
			var event struct {
				RawPath, Body         string
				Headers               map[string]string
				QueryStringParameters map[string]string
				RequestContext        struct{ DomainName, RequestID string }
			}
			if err := json.Unmarshal([]byte(body), &event); err != nil {
				t.Fatalf("%s: %s", got.Status, body)
			}
			if got.Header.Get("X-Custom") != "yes" || got.Header.Get("Set-Cookie") != "a=1" || got.Header.Get("X-Amzn-Requestid") != event.RequestContext.RequestID {
				t.Errorf("headers %v", got.Header)
			}
			if event.RawPath != "/pa2%25Fth/1" || event.Body != `{"foo":"bar"}` || event.QueryStringParameters["multiQuery"] != "foo,/bar" ||
				event.Headers["extra-headers"] != "With WeiRd CapS" || !strings.Contains(event.RequestContext.DomainName, ".lambda-url.") {
				t.Errorf("event %s", body)
			}
		})
	}
	t.Run("an error of the function", func(t *testing.T) {
		if got, body := c.visit("GET", address+"fail", ""); got.StatusCode != http.StatusBadGateway || body != "Internal Server Error" {
			t.Errorf("%s: %s", got.Status, body)
		}
	})
	t.Run("it goes with its alias", func(t *testing.T) {
		c.lambda("DELETE", "/f/aliases/live", nil, nil)
		got, body := c.visit("POST", address, "text")
		if got.StatusCode != http.StatusForbidden || !strings.Contains(body, "Forbidden.") || got.Header.Get("X-Amzn-Errortype") != "AccessDeniedException" {
			t.Errorf("%s: %s", got.Status, body)
		}
	})
}

func TestFunctionURLStreams(t *testing.T) {
	c := startServer(t, nil)
	c.createURLFunction()
	address := c.createURL(object{"AuthType": "NONE", "InvokeMode": "RESPONSE_STREAM"})
	got, body := c.visit("GET", address+"stream", "")
	if got.StatusCode != http.StatusAccepted || got.Header.Get("X-Streamed") != "yes" || body != "Hello, world!" || len(got.TransferEncoding) == 0 {
		t.Errorf("%s %v %v: %s", got.Status, got.Header, got.TransferEncoding, body)
	}
}

func TestFunctionURLTakesSignedCallers(t *testing.T) {
	c := startServer(t, nil)
	c.createURLFunction()
	address := c.createURL(object{"AuthType": "AWS_IAM"})
	if got, body := c.visit("GET", address, ""); got.StatusCode != http.StatusForbidden {
		t.Errorf("a stranger: %s: %s", got.Status, body)
	}
	for name, base := range map[string]string{"by its host": address, "by its path": c.pathForm(address)} {
		t.Run(name, func(t *testing.T) {
			signer := client.Client{URL: strings.TrimSuffix(base, "/"), Key: c.Key}
			r, err := signer.Request(t.Context(), "lambda", "POST", "/a%20b?x=1", nil, []byte("text"))
			if err != nil {
				t.Fatal(err)
			}
			if got, body := c.do(r); got.StatusCode != http.StatusOK || !strings.Contains(body, `"userArn":"arn:aws:iam::000000000000:root"`) {
				t.Errorf("%s: %s", got.Status, body)
			}
		})
	}
}

func TestFunctionURLOutlivesTheServer(t *testing.T) {
	data, key := t.TempDir(), client.Client{}
	var address string
	start := func() (caller, *server.Server) {
		s, err := server.Start(t.Context(), server.Config{Listen: "127.0.0.1:0", Data: data, Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		key.URL, key.Key = s.URL(), s.Key()
		return newCaller(t, &key), s
	}
	c, s := start()
	c.createURLFunction()
	address = c.createURL(object{"AuthType": "NONE"})
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	c, s = start()
	if got, body := c.visit("GET", c.pathForm(address), ""); got.StatusCode != http.StatusOK {
		t.Errorf("%s: %s", got.Status, body)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkFunctionURL is the whole way of a request to a URL, as BenchmarkInvoke is that of a signed call.
func BenchmarkFunctionURL(b *testing.B) {
	c := startServer(b, nil)
	c.createFunction("f", program())
	c.publish("f", "second")
	c.lambda("PUT", "/f/aliases/live", object{"RoutingConfig": object{"AdditionalVersionWeights": object{"2": 0.1}}}, nil)
	address := c.pathForm(c.createURL(object{"AuthType": "NONE"}))
	visitor := c.visitor()
	b.SetParallelism(4)
	b.ReportAllocs()
	b.RunParallel(func(loop *testing.PB) {
		for loop.Next() {
			if err := visitOnce(visitor, address); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

func visitOnce(visitor *http.Client, address string) error {
	answer, err := visitor.Post(address, "application/json", strings.NewReader("{}"))
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := bufio.NewReader(answer.Body).ReadString(0)
	if answer.StatusCode != http.StatusOK || !strings.Contains(body, "version") {
		return fmt.Errorf("%s: %s, %w", answer.Status, body, err)
	}
	return nil
}
