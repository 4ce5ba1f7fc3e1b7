package server_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/internal/server"
)

// onAWS is the address that a function URL's host here would have on AWS.
func onAWS(host string) string {
	name, _, _ := strings.Cut(host, ".localhost")
	return "https://" + name + ".on.aws/inner"
}

// fetchFromAWS is what a function gets that asks for its own URL's address on AWS, as its variables lead it.
func fetchFromAWS(host string) string {
	w, err := http.Get(onAWS(host))
	if err != nil {
		return err.Error()
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	if err != nil {
		return err.Error()
	}
	return string(body)
}

func TestAFunctionURLAtItsAddressOnAWS(t *testing.T) {
	var data string
	c := startServer(t, func(cfg *server.Config) { data = cfg.Data })
	c.createURLFunction()
	at, err := url.Parse(c.createURL(object{"AuthType": "NONE"}))
	if err != nil {
		t.Fatal(err)
	}
	want := func(t *testing.T, body string) {
		t.Helper()
		var event struct {
			RawPath        string
			RequestContext struct{ DomainName string }
		}
		if err := json.Unmarshal([]byte(body), &event); err != nil || event.RawPath != "/inner" || !strings.HasSuffix(event.RequestContext.DomainName, ".lambda-url.us-east-1.on.aws") {
			t.Errorf("the function was given %s, %v", body, err)
		}
	}
	t.Run("from this machine", func(t *testing.T) {
		w, err := throughProxy(t, c, data).Get(onAWS(at.Host))
		if err != nil {
			t.Fatal(err)
		}
		defer w.Body.Close()
		body, err := io.ReadAll(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		want(t, string(body))
	})
	t.Run("from a function", func(t *testing.T) {
		_, body := c.visit("GET", c.pathForm(at.String())+"fetch", "")
		want(t, body)
	})
}

// throughProxy is a client with the variables of `sluice env --proxy`.
func throughProxy(t *testing.T, c caller, data string) *http.Client {
	t.Helper()
	vars := map[string]string{}
	for _, v := range (server.Address{URL: c.URL}).ProxyVariables(data) {
		vars[v[0]] = v[1]
	}
	proxy, err := url.Parse(vars["HTTPS_PROXY"])
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := os.ReadFile(vars["SSL_CERT_FILE"])
	if err != nil || filepath.Dir(vars["SSL_CERT_FILE"]) != filepath.Join(data, "proxy") {
		t.Fatal(vars, err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(bundle)
	transport := &http.Transport{Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: roots}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}
