package functionurl

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/functionurl"
	"sluice/internal/gateway/address"
	"sluice/internal/gateway/gatewaytest"
)

func TestRequestBecomesAnInvocationOfTheAlias(t *testing.T) {
	f := newFixture(t)
	got := f.send(t, "POST", "/a%20b?x=1&x=2", strings.NewReader("text"), "Content-Type", "text/plain", "X-Amzn-Trace-Id", "Root=1-2-3")
	if got.StatusCode != http.StatusOK || got.Text != "hello" {
		t.Errorf("%s: %s", got.Status, got.Text)
	}
	inv := f.Called[0]
	if inv.Function != f.url.Function || inv.Qualifier != "live" || inv.Call.TraceID != "Root=1-2-3" ||
		inv.Call.RequestID != got.Header.Get("X-Amzn-Requestid") || got.Header.Get("X-Amzn-Trace-Id") != "Root=1-2-3" {
		t.Errorf("invocation %+v, headers %v", inv, got.Header)
	}
	event := f.Event(t)
	context := event["requestContext"].(map[string]any)
	for name, pair := range map[string][2]any{
		"the path":       {event["rawPath"], "/a%20b"},
		"the plain path": {context["http"].(map[string]any)["path"], "/a b"},
		"the parameters": {event["queryStringParameters"].(map[string]any)["x"], "1,2"},
		"the body":       {event["body"], "text"},
		"the domain":     {context["domainName"], host},
		"the prefix":     {context["domainPrefix"], urlID},
		"the API":        {context["apiId"], urlID},
		"the request":    {context["requestId"], inv.Call.RequestID},
		"the account":    {context["accountId"], "anonymous"},
		"the port":       {event["headers"].(map[string]any)["x-forwarded-port"], "4566"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s is %v, want %v", name, pair[0], pair[1])
		}
	}
}

func TestPathFormShowsTheFunctionTheRest(t *testing.T) {
	f := newFixture(t)
	r, err := http.NewRequestWithContext(t.Context(), "GET", f.URL+address.URLPath+urlID+"/orders/7", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Do(t, r); got.Text != "hello" {
		t.Errorf("%s: %s", got.Status, got.Text)
	}
	event := f.Event(t)
	domain := event["requestContext"].(map[string]any)["domainName"]
	if event["rawPath"] != "/orders/7" || domain != host+":4566" {
		t.Errorf("path %v, domain %v", event["rawPath"], domain)
	}
}

func TestARequestWithoutATraceBeginsOne(t *testing.T) {
	f := newFixture(t)
	got := f.get(t)
	trace := got.Header.Get("X-Amzn-Trace-Id")
	if !strings.HasPrefix(trace, "Root=1-") || len(trace) != len("Root=1-5e6722a7-cc56deadbeef7ae02d4da47e") || f.Called[0].Call.TraceID != trace {
		t.Errorf("trace %q, of the call %q", trace, f.Called[0].Call.TraceID)
	}
}

func TestURLsThatAreNot(t *testing.T) {
	t.Run("one that never was", func(t *testing.T) {
		f := newFixture(t)
		r, _ := http.NewRequestWithContext(t.Context(), "GET", "http://"+strings.Repeat("0", 32)+".lambda-url.us-east-1.on.aws/", nil)
		f.wantRefusal(t, f.Do(t, r), nobodysText)
	})
	t.Run("one of another region", func(t *testing.T) {
		f := newFixture(t)
		r, _ := http.NewRequestWithContext(t.Context(), "GET", "http://"+urlID+".lambda-url.eu-west-1.on.aws/", nil)
		f.wantRefusal(t, f.Do(t, r), nobodysText)
	})
	t.Run("one that is no more", func(t *testing.T) {
		f := newFixture(t)
		f.url = nil
		f.wantRefusal(t, f.send(t, "POST", "/", strings.NewReader("text")), forbiddenText)
	})
}

func TestAnswersInPartsAreSent(t *testing.T) {
	f := newFixture(t)
	f.Handler = gatewaytest.Says(`{"statusCode":201,"headers":{"Content-Type":"text/html","X-A":"1"},"cookies":["a=1","b=2"],"body":"PHA+","isBase64Encoded":true}`)
	got := f.get(t)
	if got.StatusCode != 201 || got.Text != "<p>" || got.Header.Get("Content-Type") != "text/html" || got.Header.Get("X-A") != "1" ||
		got.ContentLength != 3 || len(got.Header["Set-Cookie"]) != 2 {
		t.Errorf("%s: %v %q", got.Status, got.Header, got.Text)
	}
}

func TestAnswersWithoutABody(t *testing.T) {
	for _, tt := range []struct {
		method, answer string
		status         int
		length         int64
	}{
		{"HEAD", `{"statusCode":200,"body":"12345"}`, 200, 5},
		{"GET", `{"statusCode":204}`, 204, 0},
		{"GET", `{"statusCode":204,"body":"lost"}`, 204, 0},
		{"GET", `{"statusCode":304}`, 304, 0},
		{"GET", `{"statusCode":200}`, 200, 0},
	} {
		t.Run(tt.method+" "+tt.answer, func(t *testing.T) {
			f := newFixture(t)
			f.Handler = gatewaytest.Says(tt.answer)
			if got := f.send(t, tt.method, "/", nil); got.StatusCode != tt.status || got.Text != "" || got.ContentLength != tt.length {
				t.Errorf("%s, %d bytes: %q", got.Status, got.ContentLength, got.Text)
			}
			if method := f.Event(t)["requestContext"].(map[string]any)["http"].(map[string]any)["method"]; method != tt.method {
				t.Errorf("the function saw %v", method)
			}
		})
	}
}

func TestFailures(t *testing.T) {
	failed := gatewaytest.Answering(`{"errorMessage":"boom"}`)
	failed.Failed = true
	for _, tt := range []struct {
		name    string
		outcome *function.Outcome
		err     error
		want    string
	}{
		{"the function failed", failed, nil, gatewayText},
		{"the answer is malformed", gatewaytest.Answering(`{"statusCode":"many"}`), nil, gatewayText},
		{"no process came free", nil, fault.Errorf(fault.Throttled, "concurrency", "x"), `429 TooManyRequestsException {"Message":"Rate Exceeded."}`},
		{"the function has gone", nil, fault.Errorf(fault.NotFound, "function", "x"), forbiddenText},
		{"this machine can't run it", nil, fault.Errorf(fault.Unavailable, "runtime", "x"), gatewayText},
		{"the server is stopping", nil, fault.Errorf(fault.Unavailable, "host", "x"), `503 ServiceUnavailableException {"Message":"Service Unavailable"}`},
		{"the event is too large", nil, fault.Errorf(fault.TooLarge, "payload", "x"), tooLargeText},
		{"something else", nil, errors.New("secret"), `500 ServiceException {"Message":"Internal Server Error"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFixture(t)
			f.Handler = func(context.Context, *function.Call) (*function.Outcome, error) { return tt.outcome, tt.err }
			wantText(t, f.get(t), tt.want)
		})
	}
}

const tooLargeText = `413 RequestEntityTooLargeException {"Message":"Request must be smaller than 6291456 bytes for the InvokeFunction operation"}`

func TestRequestsThatAreTooLarge(t *testing.T) {
	for _, tt := range []struct {
		name string
		body io.Reader
	}{
		{"by its declared length", strings.NewReader(strings.Repeat("x", function.MaxPayload+1))},
		{"in chunks", endless(function.MaxPayload + 1)},
		{"as an event", strings.NewReader(strings.Repeat("x", function.MaxPayload-100))},
		{"in base64", strings.NewReader(strings.Repeat("\xff", function.MaxPayload/4*3))},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFixture(t)
			f.wantRefusal(t, f.send(t, "POST", "/", tt.body), tooLargeText)
		})
	}
}

func TestBodiesThatAreTooLargeNeedNotCome(t *testing.T) {
	for name, header := range map[string]string{
		"far too large": "Content-Length: 99999999999\r\n",
		"asked about":   fmt.Sprintf("Content-Length: %d\r\nExpect: 100-continue\r\n", function.MaxPayload+1),
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			caller, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", f.Addr)
			if err != nil {
				t.Fatal(err)
			}
			defer caller.Close()
			if err := caller.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
				t.Fatal(err)
			}
			if _, err := fmt.Fprintf(caller, "POST / HTTP/1.1\r\nHost: %s\r\n%s\r\n", host, header); err != nil {
				t.Fatal(err)
			}
			response, err := http.ReadResponse(bufio.NewReader(caller), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			body, err := io.ReadAll(response.Body)
			if err != nil || !response.Close {
				t.Errorf("%v; the connection is closed: %v", err, response.Close)
			}
			f.wantRefusal(t, gatewaytest.Reply{Response: response, Text: string(body)}, tooLargeText)
		})
	}
}

func TestBodyInChunksIsRead(t *testing.T) {
	f := newFixture(t)
	if got := f.send(t, "PUT", "/", endless(100_000)); got.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", got.Status, got.Text)
	}
	event := f.Event(t)
	headers := event["headers"].(map[string]any)
	if body, _ := event["body"].(string); len(body) != 100_000 || headers["content-length"] != "100000" || headers["transfer-encoding"] != nil {
		t.Errorf("%d bytes, headers %v", len(body), headers)
	}
}

func TestRequestsThatAreNoEvents(t *testing.T) {
	t.Run("a WebSocket", func(t *testing.T) {
		f := newFixture(t)
		f.wantRefusal(t, f.get(t, "Connection", "Upgrade", "Upgrade", "WebSocket"), `400  {"Message":"A function URL does not speak WebSocket."}`)
	})
	t.Run("another method", func(t *testing.T) {
		f := newFixture(t)
		f.wantRefusal(t, f.send(t, "BREW", "/", nil), `405  {"Message":"A function URL does not take this method."}`)
	})
}

func TestBodiesThatDoNotCome(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"one that stalls", "Content-Length: 10\r\n\r\n12345", `408 {"Message":"The request's body did not arrive in time."}`},
		{"chunks that are none", "Transfer-Encoding: chunked\r\n\r\nzz\r\n", `400 {"Message":"The request's body can't be read to its end."}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFixture(t)
			f.front.config.BodyTime = 50 * time.Millisecond
			if got := f.Raw(t, "POST / HTTP/1.1\r\nHost: "+host+"\r\n"+tt.body); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	t.Run("a stranger's is not waited for", func(t *testing.T) {
		f := newFixture(t)
		f.Denied = true
		if got := f.Raw(t, "POST / HTTP/1.1\r\nHost: "+host+"\r\nContent-Length: 1000000\r\n\r\n"); !strings.HasPrefix(got, "403 ") {
			t.Errorf("got %s", got)
		}
	})
}

func TestCallerWhoLeavesEndsTheWait(t *testing.T) {
	f := newFixture(t)
	began, left := make(chan struct{}), make(chan struct{})
	f.Handler = func(ctx context.Context, _ *function.Call) (*function.Outcome, error) {
		close(began)
		<-ctx.Done()
		close(left)
		return nil, ctx.Err()
	}
	ctx, cancel := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, "GET", "http://"+host+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		<-began
		cancel()
	}()
	if answer, err := f.Client.Do(r); err == nil {
		answer.Body.Close()
		t.Errorf("an answer: %s", answer.Status)
	}
	<-left
}

// Whether a URL is open can't be guessed.
func TestAURLThatCanNotBeLookedUpIsNotServed(t *testing.T) {
	f := newFixture(t)
	f.url, f.unread = nil, errors.New("no disk")
	f.wantRefusal(t, f.get(t), `500 ServiceException {"Message":"Internal Server Error"}`)
}

// urls finds one URL.
type urls struct{ url *functionurl.Config }

func (u urls) Find(context.Context, string) (*functionurl.Config, bool, error) {
	return u.url, true, nil
}

func BenchmarkFunctionURL(b *testing.B) {
	url := &functionurl.Config{Function: function.ID{Scope: function.Scope{Account: owner, Region: "us-east-1"}, Name: "f"}, ID: urlID, Auth: functionurl.AuthNone}
	front := New(Config{Config: gatewaytest.Silent{}.Config(), URLs: urls{url}})
	b.ReportAllocs()
	for b.Loop() {
		r, _ := http.NewRequest("POST", "http://"+host+"/", strings.NewReader(`{"order":"book"}`))
		r.Header.Set("Content-Type", "application/json")
		front.ServeHTTP(gatewaytest.NewNobody(), r)
	}
}
