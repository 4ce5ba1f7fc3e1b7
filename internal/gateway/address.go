package gateway

import (
	"net"
	"net/http"
	"strings"

	"sluice/internal/functionurl"
)

// PathPrefix begins the path of a function URL for clients that can't resolve its host: behind it come the URL's ID and
// the path that the function is to see.
const PathPrefix = "/_sluice/url/"

// zone follows the ID in a function URL's host.
const zone = ".lambda-url."

// Address is how clients reach the server: what function URLs end in.
type Address struct {
	Port string // empty: HTTP's own
}

// URL returns the address of a function URL: http://ID.lambda-url.REGION.localhost:PORT/. Browsers and most resolvers take
// every name below localhost for this machine (RFC 6761, 6.3).
func (a Address) URL(c *functionurl.Config) string { return "http://" + a.host(c) + "/" }

// host is a function URL's host, with the port.
func (a Address) host(c *functionurl.Config) string {
	return a.withPort(c.ID + zone + c.Function.Region + ".localhost")
}

func (a Address) withPort(name string) string {
	if a.Port == "" {
		return name
	}
	return net.JoinHostPort(name, a.Port)
}

// Meant reports whether a request goes to a function URL or to a stage of an API. It costs requests for others next to nothing.
func Meant(r *http.Request) bool { return toURL(r) || toAPI(r) }

// toURL reports whether a request goes to a function URL, whose ID has a fixed length.
func toURL(r *http.Request) bool {
	return inZone(r.Host) || strings.HasPrefix(r.URL.Path, PathPrefix)
}

func inZone(host string) bool {
	const end = functionurl.IDLength + len(zone)
	return len(host) > end && host[functionurl.IDLength] == '.' && strings.EqualFold(host[functionurl.IDLength:end], zone)
}

// destination is what a request says of the function URL that it means.
type destination struct {
	id     string
	region string // in lower case; empty if the request does not say
	host   string // as it was sent; empty if it is not the URL's own
	path   string // that the function sees, with the escapes that it was sent with
}

// findDestination reads a request to a function URL. Behind the region any domain will do: on.aws as on AWS, localhost, or one
// that somebody lets point to this machine.
func findDestination(r *http.Request) destination {
	if inZone(r.Host) {
		host := strings.ToLower(r.Host)
		region, _, _ := strings.Cut(host[functionurl.IDLength+len(zone):], ".")
		return destination{id: host[:functionurl.IDLength], region: region, host: r.Host, path: r.URL.EscapedPath()}
	}
	id, path, _ := strings.Cut(strings.TrimPrefix(r.URL.EscapedPath(), PathPrefix), "/")
	return destination{id: id, path: "/" + path}
}

// sourceIP is where a request came from.
func sourceIP(r *http.Request) string {
	if ip, _, err := net.SplitHostPort(r.RemoteAddr); err == nil {
		return ip
	}
	return r.RemoteAddr
}
