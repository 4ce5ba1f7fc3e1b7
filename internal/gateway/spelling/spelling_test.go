package spelling

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// spelled starts a server that answers with the spellings of two headers.
func spelled(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		of := Of(r)
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(w, of("X-Color")+" "+of("Content-Length")+" "+of("X-Other"))
	}))
	s.Listener = Listener{s.Listener}
	s.Config.ConnContext = Context
	t.Cleanup(s.Close)
	return s
}

func TestNamesAreAsTheirSenderWroteThem(t *testing.T) {
	s := spelled(t)
	s.Start()
	c, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	answers := bufio.NewReader(c)
	body := "POST / HTTP/1.1\r\nX-COLOR: no head\r\n\r\n" + strings.Repeat("x", 3*most)
	for _, tt := range []struct{ head, body, want string }{
		{"POST / HTTP/1.1\r\nHost: h\r\nx-color: 1\r\ncontent-LENGTH: 2\r\n\r\n", "ab", "x-color content-LENGTH X-Other"},
		{"POST / HTTP/1.1\r\nHost: h\r\nX-COLOR: 1\r\nContent-Length: 0\r\n\r\n", "", "X-COLOR Content-Length X-Other"},
		{"PUT /large HTTP/1.1\r\nHost: h\r\nxColor: 1\r\nx-Color: 1\r\nContent-Length: 49188\r\n\r\n", body, "x-Color Content-Length X-Other"},
		{"GET /a?b=%20 HTTP/1.1\r\nHost: h\r\nx-Color: 1\r\n\r\n", "", "x-Color Content-Length X-Other"},
		{"GET /long HTTP/1.1\r\nHost: h\r\nx-color: 1\r\nx-fill: " + strings.Repeat("y", 9000) + "\r\nx-other: 2\r\n\r\n", "", "x-color Content-Length x-other"},
		{"GET /longer HTTP/1.1\r\nHost: h\r\nx-color: 1\r\nx-fill: " + strings.Repeat("y", 2*most) + "\r\n\r\n", "", "X-Color Content-Length X-Other"},
	} {
		if _, err := io.WriteString(c, tt.head+tt.body[:min(len(tt.body), 49188)]); err != nil {
			t.Fatal(err)
		}
		answer, err := http.ReadResponse(answers, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := io.ReadAll(answer.Body); string(got) != tt.want {
			t.Errorf("%.40q: %s, want %s", tt.head, got, tt.want)
		}
	}
}

func TestAWrappedTLSConnectionSaysThatItIsEncrypted(t *testing.T) {
	client, server := net.Pipe()
	defer client.Close()
	defer server.Close()
	c := Wrap(tls.Server(server, &tls.Config{}))
	if _, ok := c.(interface{ ConnectionState() tls.ConnectionState }); !ok {
		t.Errorf("%T", c)
	}
}

func TestOtherRequestsKeepTheirNames(t *testing.T) {
	if got := Of(httptest.NewRequest("GET", "/", nil))("X-A"); got != "X-A" {
		t.Error(got)
	}
}

func BenchmarkMemory(b *testing.B) {
	m := &memory{}
	piece := make([]byte, 600)
	b.ReportAllocs()
	for b.Loop() {
		m.add(piece)
	}
}
