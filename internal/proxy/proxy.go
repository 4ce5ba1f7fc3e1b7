package proxy

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/elazarl/goproxy"
)

// Config says what a proxy works with. Authority, Hosts and Handler are needed.
type Config struct {
	Authority *Authority
	// Hosts reports whether a host, in lower case and without its port, is Sluice's own.
	Hosts func(host string) bool
	// Handler answers requests to Sluice's own hosts, and those that are not for a proxy.
	Handler http.Handler
	// HeaderTime bounds how long a client may take for the handshake and for a request's head in a tunnel, IdleTime how long it
	// may leave a tunnel unused. Zero means no bound.
	HeaderTime, IdleTime time.Duration
	// Wrap, if set, is given each decrypted connection before it is served, and ConnContext is as an http.Server's.
	Wrap        func(net.Conn) net.Conn
	ConnContext func(ctx context.Context, c net.Conn) context.Context
	// Logger hears of tunnels that fail, as details. Nil discards it.
	Logger *slog.Logger
}

// Proxy serves a port: requests that are meant for a proxy are its own, and all others the handler's.
type Proxy struct {
	cfg     Config
	connect *goproxy.ProxyHttpServer
	sign    func(host string, ctx *goproxy.ProxyCtx) (*tls.Config, error)
	tunnels *tunnels
	server  *http.Server // of the requests in tunnels
	served  chan struct{}
}

// New returns a proxy. It serves after Start, until Close.
func New(cfg Config) *Proxy {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	p := &Proxy{cfg: cfg, sign: goproxy.TLSConfigFromCA(&cfg.Authority.certificate), tunnels: newTunnels(), served: make(chan struct{})}
	p.connect = goproxy.NewProxyHttpServer()
	p.connect.Logger = details{cfg.Logger}
	p.connect.CertStore = &certificates{byHost: map[string]*tls.Certificate{}}
	p.connect.OnRequest().HandleConnectFunc(p.admit)
	p.server = &http.Server{
		Handler: cfg.Handler, ReadHeaderTimeout: cfg.HeaderTime, IdleTimeout: cfg.IdleTime, ConnContext: cfg.ConnContext,
		ErrorLog: slog.NewLogLogger(cfg.Logger.Handler(), slog.LevelDebug), // a client that does not trust us is no news
	}
	return p
}

// Start begins to serve requests in tunnels.
func (p *Proxy) Start() {
	go func() {
		defer close(p.served)
		_ = p.server.Serve(p.tunnels) // it ends when its listener is closed, and says no more than that
	}()
}

// Close ends the tunnels and waits for the requests in them; when ctx ends, those that still run are cut off.
func (p *Proxy) Close(ctx context.Context) error {
	err := errors.Join(p.tunnels.Close(), p.server.Shutdown(ctx))
	if err != nil {
		err = p.server.Close()
	}
	<-p.served
	return err
}

// ServeHTTP answers requests for tunnels (CONNECT host:443), requests that name a host in the address (GET http://host/path),
// and all others by the handler alone.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodConnect:
		p.connect.ServeHTTP(w, r)
	case !r.URL.IsAbs():
		p.cfg.Handler.ServeHTTP(w, r)
	case p.owns(r.URL.Host):
		p.cfg.Handler.ServeHTTP(w, asAtThePort(r))
	default:
		http.Error(w, refusal(r.URL.Host), http.StatusForbidden)
	}
}

// owns reports whether host, which may have a port, is Sluice's.
func (p *Proxy) owns(host string) bool {
	return p.cfg.Hosts(strings.ToLower((&url.URL{Host: host}).Hostname()))
}

// asAtThePort returns a request as it looks when its client asks the server itself.
func asAtThePort(r *http.Request) *http.Request {
	plain := r.Clone(r.Context())
	plain.URL.Scheme, plain.URL.Host, plain.URL.User = "", "", nil
	plain.RequestURI = plain.URL.RequestURI()
	for name := range plain.Header {
		if strings.HasPrefix(name, "Proxy-") {
			delete(plain.Header, name)
		}
	}
	return plain
}
