package proxy

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/elazarl/goproxy"
)

// httpsPort is the only port that tunnels lead to.
const httpsPort = "443"

// admit decides about a tunnel to host, which has a port.
func (p *Proxy) admit(host string, ctx *goproxy.ProxyCtx) (*goproxy.ConnectAction, string) {
	var text string
	switch {
	case !p.owns(host):
		text = refusal(host)
	case (&url.URL{Host: host}).Port() != httpsPort:
		text = "Sluice's proxy opens tunnels to port " + httpsPort + " only"
	default:
		return &goproxy.ConnectAction{Action: goproxy.ConnectHijack, Hijack: p.open}, host
	}
	ctx.Resp = &http.Response{
		// Clients show the status line of a tunnel that they don't get, and few of them the body.
		Status: fmt.Sprint(http.StatusForbidden, " ", text), StatusCode: http.StatusForbidden, ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"text/plain; charset=utf-8"}, "Connection": {"close"}},
		Body:   io.NopCloser(strings.NewReader(text + "\n")), ContentLength: int64(len(text) + 1),
	}
	return goproxy.RejectConnect, host
}

// refusal says why a host is refused. What a client sent is quoted only as far as it can be a host's name.
func refusal(host string) string {
	name := (&url.URL{Host: host}).Hostname()
	if len(name) > 253 || strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789-._:") != "" {
		name = "this one"
	}
	return "Sluice's proxy answers for Sluice's own hosts only, and " + name + " is none of them: name it in NO_PROXY to reach it without the proxy"
}

// open lets a client speak TLS through its connection, and serves what it asks for.
func (p *Proxy) open(r *http.Request, client net.Conn, ctx *goproxy.ProxyCtx) {
	// HTTP/1.1 only: all that answers here has been made for it.
	config, err := p.sign(strings.ToLower(r.URL.Host), ctx)
	if err == nil {
		_, err = io.WriteString(client, "HTTP/1.1 200 Connection established\r\n\r\n")
	}
	if err != nil {
		p.cfg.Logger.DebugContext(r.Context(), "open a tunnel", "host", r.URL.Host, "error", err)
		_ = client.Close()
		return
	}
	var plain net.Conn = tls.Server(client, config)
	if p.cfg.Wrap != nil {
		plain = p.cfg.Wrap(plain)
	}
	p.tunnels.offer(plain)
}

// details hands what goproxy says to a logger.
type details struct{ logger *slog.Logger }

// Printf is goproxy.Logger's.
func (d details) Printf(format string, values ...any) {
	d.logger.DebugContext(context.Background(), strings.TrimSpace(fmt.Sprintf(format, values...)), "by", "proxy")
}
