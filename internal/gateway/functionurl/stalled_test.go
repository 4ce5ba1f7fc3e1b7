package functionurl

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"sluice/internal/api/wire"
	"sluice/internal/function"
	"sluice/internal/functionurl"
)

// Behind the server's limit of writes, which is a short one here, a caller who stands still ends its request in time.
func TestACallerWhoStandsStillHoldsNoRequest(t *testing.T) {
	long := bytes.Repeat([]byte("x"), function.MaxPayload) // more than connections buffer
	for mode, handler := range map[functionurl.Mode]func(context.Context, *function.Call) (*function.Outcome, error){
		functionurl.Buffered: func(context.Context, *function.Call) (*function.Outcome, error) {
			return &function.Outcome{Payload: fmt.Appendf(nil, "%q", long[2:])}, nil
		},
		functionurl.Streamed: func(_ context.Context, call *function.Call) (*function.Outcome, error) {
			call.Stream.Begin(function.StreamHead{ContentType: "text/plain", Streamed: true})
			for {
				if _, err := call.Stream.Write(long); err != nil {
					return &function.Outcome{}, nil
				}
			}
		},
	} {
		t.Run(string(mode), func(t *testing.T) {
			f := newFixture(t)
			f.url.Mode, f.Handler = mode, handler
			ended := make(chan struct{})
			limited := wire.LimitWrites(f.front, 50*time.Millisecond)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				defer close(ended)
				limited.ServeHTTP(w, r)
			}))
			t.Cleanup(server.Close)
			caller, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", server.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer caller.Close()
			if _, err := fmt.Fprintf(caller, "GET / HTTP/1.1\r\nHost: %s\r\n\r\n", host); err != nil {
				t.Fatal(err)
			}
			select {
			case <-ended:
			case <-time.After(10 * time.Second):
				t.Error("the request goes on")
			}
		})
	}
}
