package doctor

import (
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestExaminePort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	sluice := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/_sluice/health" {
			t.Errorf("asked for %s", r.URL.Path)
		}
	}))
	defer sluice.Close()
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()
	free := taken.Addr().String()
	if err := taken.Close(); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		free: Yes, sluice.Listener.Addr().String(): Yes, other.Listener.Addr().String(): No, "nonsense": No,
	} {
		if f := examinePort(t.Context(), address); f.State != want || !f.Needed {
			t.Errorf("%s: %+v, want %s", address, f, want)
		}
	}
}
