package proxy_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"sluice/internal/proxy"
)

const own = "abc123.execute-api.eu-central-1.amazonaws.com"

// port is a proxy in front of a handler, and its clients' variables.
type port struct {
	t      *testing.T
	proxy  *proxy.Proxy
	url    string
	folder string
}

func newPort(t *testing.T, handler http.HandlerFunc) *port {
	t.Helper()
	folder := t.TempDir()
	authority, err := proxy.OpenAuthority(folder)
	if err != nil {
		t.Fatal(err)
	}
	p := proxy.New(proxy.Config{
		Authority: authority, Handler: handler, HeaderTime: 10 * time.Second, IdleTime: time.Minute,
		Hosts: func(host string) bool { return strings.HasSuffix(host, ".execute-api.eu-central-1.amazonaws.com") },
	})
	p.Start()
	front := httptest.NewServer(p)
	t.Cleanup(func() {
		front.Close()
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := p.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	return &port{t: t, proxy: p, url: front.URL, folder: folder}
}

// client is one that has the variables.
func (p *port) client() *http.Client {
	p.t.Helper()
	through, err := url.Parse(p.url)
	if err != nil {
		p.t.Fatal(err)
	}
	transport := &http.Transport{Proxy: http.ProxyURL(through), TLSClientConfig: &tls.Config{RootCAs: p.roots()}}
	p.t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: 20 * time.Second}
}

// roots are what the bundle says.
func (p *port) roots() *x509.CertPool {
	p.t.Helper()
	content, err := os.ReadFile(proxy.Files(p.folder)[0])
	if err != nil {
		p.t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(content)
	return pool
}

// environ is that of a program that has the variables, and of the test those that it needs to start.
func (p *port) environ() []string {
	vars := []string{"PATH=" + os.Getenv("PATH"), "HOME=" + p.folder}
	for _, v := range proxy.Variables(p.folder, p.url) {
		vars = append(vars, v[0]+"="+v[1])
	}
	return vars
}
