package address

import (
	"net"
	"net/http"

	"sluice/internal/functionurl"
)

// Server is how clients reach the server: what the addresses of function URLs and stages end in.
type Server struct {
	Port string // empty: HTTP's own
}

// URL returns the address of a function URL: http://ID.lambda-url.REGION.localhost:PORT/. Browsers and most resolvers take
// every name below localhost for this machine (RFC 6761, 6.3).
func (s Server) URL(c *functionurl.Config) string { return "http://" + s.URLHost(c) + "/" }

// URLHost is a function URL's host, with the port.
func (s Server) URLHost(c *functionurl.Config) string {
	return s.host(c.ID + urlZone + c.Function.Region)
}

// Stage returns the address of an API's stage: http://ID.execute-api.REGION.localhost:PORT/STAGE.
func (s Server) Stage(id, region, stage string) string {
	return "http://" + s.APIHost(id, region) + "/" + stage
}

// APIHost is an API's host, with the port.
func (s Server) APIHost(id, region string) string { return s.host(id + apiZone + region) }

func (s Server) host(name string) string {
	name += ".localhost"
	if s.Port == "" {
		return name
	}
	return net.JoinHostPort(name, s.Port)
}

// Destination is what a request says of the function URL or the API that it means.
type Destination struct {
	ID     string // in lower case
	Region string // in lower case; empty if the request does not say
	Host   string // as it was sent; empty if it is not the URL's or the API's own
	// Path is what the function or the API sees, as it was sent, with its escapes. An API's begins with the stage, unless it has
	// one without a name.
	Path string
}

// Meant reports whether a request goes to a function URL or to a stage of an API. It costs requests for others next to nothing.
func Meant(r *http.Request) bool { return ToURL(r) || ToAPI(r) }
