package ingress_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"sluice/internal/gateway/gatewaytest"
	"sluice/internal/gateway/ingress"
)

const limit = 1000 // bytes of a body

// taking is a front that takes a body, twice, and says what came of it.
func taking(patience time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x := ingress.NewExchange(w, r, limit, patience)
		first := x.Take()
		if second := x.Take(); first == nil && second != nil {
			first = errors.New("the second time: " + second.Error())
		}
		fmt.Fprintf(w, "%d bytes, %v", len(x.Body), first)
	})
}

func TestBodiesAreTaken(t *testing.T) {
	l := gatewaytest.Listen(t, taking(0))
	inChunks := func(length int) io.Reader {
		return struct{ io.Reader }{strings.NewReader(strings.Repeat("x", length))}
	}
	for _, tt := range []struct {
		name string
		body io.Reader
		want string
	}{
		{"none", nil, "0 bytes, <nil>"},
		{"an empty one", strings.NewReader(""), "0 bytes, <nil>"},
		{"as much as there may be", strings.NewReader(strings.Repeat("x", limit)), "1000 bytes, <nil>"},
		{"in chunks", inChunks(limit), "1000 bytes, <nil>"},
		{"one byte too long", strings.NewReader(strings.Repeat("x", limit+1)), "0 bytes, the body is longer than it may be"},
		{"in chunks, one byte too long", inChunks(limit + 1), "0 bytes, the body is longer than it may be"},
		{"more than connections buffer", strings.NewReader(strings.Repeat("x", 8<<20)), "0 bytes, the body is longer than it may be"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := l.Ask(t, "POST", l.URL, tt.body); got.Text != tt.want {
				t.Errorf("%s, want %s", got.Text, tt.want)
			}
		})
	}
}

func TestBodiesThatDoNotCome(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"one that stalls", "Content-Length: 10\r\n\r\n12345", "200 0 bytes, the body did not arrive in time"},
		{"chunks that are none", "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "200 0 bytes, the body can't be read to its end"},
		{"one that is hopeless", "Content-Length: 99999999999\r\n\r\n", "200 0 bytes, the body is longer than it may be"},
		{"one that waits for a word", "Content-Length: 1001\r\nExpect: 100-continue\r\n\r\n", "200 0 bytes, the body is longer than it may be"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := gatewaytest.Listen(t, taking(50*time.Millisecond))
			if got := l.Raw(t, "POST / HTTP/1.1\r\nHost: h\r\n"+tt.body); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// A deadline that passed while a function runs would end the request's context.
func TestTheTimeForABodyEndsWithIt(t *testing.T) {
	l := gatewaytest.Listen(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x := ingress.NewExchange(w, r, limit, 100*time.Millisecond)
		err := x.Take()
		select {
		case <-r.Context().Done():
			t.Error("the request was given up")
		case <-time.After(300 * time.Millisecond):
		}
		fmt.Fprint(w, string(x.Body), err)
	}))
	if got := l.Ask(t, "POST", l.URL, strings.NewReader("text")); got.Text != "text<nil>" {
		t.Error(got.Text)
	}
}

func TestABodyThatNobodyWantsIsLeft(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		take       bool
		closed     bool
	}{
		{"one that has not come", "Content-Length: 1000000\r\n\r\n", false, true},
		{"one that was taken", "Content-Length: 4\r\n\r\ntext", true, false},
		{"none", "\r\n", false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := gatewaytest.Listen(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				x := ingress.NewExchange(w, r, limit, 0)
				if tt.take {
					if err := x.Take(); err != nil {
						t.Error(err)
					}
				}
				x.Leave()
				fmt.Fprint(w, "closed: ", w.Header().Get("Connection") == "close")
			}))
			if got, want := l.Raw(t, "POST / HTTP/1.1\r\nHost: h\r\n"+tt.body), fmt.Sprint("200 closed: ", tt.closed); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		})
	}
}
