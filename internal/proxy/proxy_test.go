package proxy_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// seen tells what a handler saw of a request.
func seen(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	fmt.Fprintf(w, "%s %s of %s, TLS %v, address %q, proxy's %q: %s", r.Method, r.RequestURI, r.Host, r.TLS != nil, r.URL.String(), r.Header["Proxy-Connection"], body)
}

func answer(t *testing.T, c *http.Client, method, address, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Proxy-Connection", "keep-alive")
	w, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	content, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.StatusCode, string(content)
}

func TestRequestsToSluicesHostsReachTheHandler(t *testing.T) {
	p := newPort(t, seen)
	for name, tt := range map[string]struct{ address, want string }{
		"in a tunnel":      {"https://" + own + "/Prod/hi?a=%2F", `POST /Prod/hi?a=%2F of ` + own + `, TLS true, address "/Prod/hi?a=%2F", proxy's ["keep-alive"]: x`},
		"in the address":   {"http://" + own + "/Prod/hi?a=%2F", `POST /Prod/hi?a=%2F of ` + own + `, TLS false, address "/Prod/hi?a=%2F", proxy's []: x`},
		"in capitals":      {"https://ABC123.execute-api.EU-central-1.amazonaws.com/", `TLS true`},
		"of a long name":   {"https://" + strings.Repeat("a", 60) + ".execute-api.eu-central-1.amazonaws.com/", `TLS true`},
		"with port 443 in": {"https://" + own + ":443/", `TLS true`},
	} {
		t.Run(name, func(t *testing.T) {
			if status, body := answer(t, p.client(), "POST", tt.address, "x"); status != 200 || !strings.Contains(body, tt.want) {
				t.Errorf("%d %s", status, body)
			}
		})
	}
}

func TestRequestsForNoProxyReachTheHandler(t *testing.T) {
	p := newPort(t, seen)
	if status, body := answer(t, http.DefaultClient, "GET", p.url+"/plain", ""); status != 200 || !strings.Contains(body, "GET /plain of 127.0.0.1") {
		t.Errorf("%d %s", status, body)
	}
}

func TestOtherHostsAreRefused(t *testing.T) {
	p := newPort(t, seen)
	const text = "Sluice's proxy answers for Sluice's own hosts only, and example.com is none of them"
	t.Run("in the address", func(t *testing.T) {
		if status, body := answer(t, p.client(), "GET", "http://example.com/", ""); status != 403 || !strings.Contains(body, text) {
			t.Errorf("%d %s", status, body)
		}
	})
	t.Run("in a tunnel", func(t *testing.T) {
		_, err := p.client().Get("https://example.com/")
		if err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("the error is %v", err)
		}
	})
	t.Run("at another port", func(t *testing.T) {
		_, err := p.client().Get("https://" + own + ":8443/")
		if err == nil || !strings.Contains(err.Error(), "opens tunnels to port 443 only") {
			t.Errorf("the error is %v", err)
		}
	})
}

// What is no host's name can't break out of the answer's first line.
func TestAHostIsQuotedOnlyIfItIsOne(t *testing.T) {
	p := newPort(t, seen)
	for _, host := range []string{"a%0d%0aX-Own:1", strings.Repeat("a", 300), "<b>"} {
		reply := raw(t, p, "CONNECT "+host+":443 HTTP/1.1\r\nHost: "+host+":443\r\n\r\n")
		if len(reply.Header["X-Own"]) > 0 || reply.StatusCode/100 != 4 || len(reply.Status) > 200 {
			t.Errorf("%q was answered %q %v", host, reply.Status, reply.Header)
		}
	}
}

// raw sends text to the proxy and reads one answer.
func raw(t *testing.T, p *port, text string) *http.Response {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if err := c.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	reply, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	reply.Body.Close()
	return reply
}

func TestAnAnswerInATunnelComesPieceByPiece(t *testing.T) {
	more := make(chan struct{})
	p := newPort(t, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "one\n")
		w.(http.Flusher).Flush()
		<-more
		io.WriteString(w, "two\n")
	})
	w, err := p.client().Get("https://" + own + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	lines := bufio.NewReader(w.Body)
	first, _ := lines.ReadString('\n')
	close(more)
	second, _ := lines.ReadString('\n')
	if first != "one\n" || second != "two\n" {
		t.Errorf("read %q and %q", first, second)
	}
}

func TestCloseWaitsForRequestsInTunnels(t *testing.T) {
	begun, more := make(chan struct{}), make(chan struct{})
	p := newPort(t, func(w http.ResponseWriter, r *http.Request) {
		close(begun)
		<-more
		io.WriteString(w, "whole")
	})
	got := make(chan string, 1)
	client := p.client()
	go func() {
		w, err := client.Get("https://" + own + "/")
		if err != nil {
			got <- err.Error()
			return
		}
		defer w.Body.Close()
		body, _ := io.ReadAll(w.Body)
		got <- string(body)
	}()
	<-begun
	closed := make(chan error, 1)
	go func() { closed <- p.proxy.Close(context.Background()) }()
	select {
	case err := <-closed:
		t.Errorf("Close returned %v while a request ran", err)
	default:
	}
	close(more)
	if body := <-got; body != "whole" {
		t.Errorf("the answer is %q", body)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
}

func TestCloseCutsOffWhatDoesNotEnd(t *testing.T) {
	begun := make(chan struct{})
	p := newPort(t, func(w http.ResponseWriter, r *http.Request) {
		close(begun)
		<-r.Context().Done()
	})
	client := p.client()
	failed := make(chan error, 1)
	go func() {
		w, err := client.Get("https://" + own + "/")
		if err == nil {
			w.Body.Close()
		}
		failed <- err
	}()
	<-begun
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if err := p.proxy.Close(ended); err != nil {
		t.Error(err)
	}
	if err := <-failed; err == nil {
		t.Error("the request was answered")
	}
}
