package ingress

import (
	"net/http"

	"sluice/internal/functionurl"
)

// Preflights reports whether a browser asks what it may send, of something that is set to answer that.
func Preflights(c *functionurl.CORS, r *http.Request) bool {
	return c != nil && r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" && r.Header.Get("Origin") != ""
}

// AdmitOrigin adds to an answer's header what a browser wants to know: of the request that it asks about, or of the answer. Where
// nothing is configured, it adds nothing.
func AdmitOrigin(c *functionurl.CORS, r *http.Request, header http.Header) {
	if c == nil {
		return
	}
	origin := r.Header.Get("Origin")
	said := c.Answer(origin)
	if Preflights(c, r) {
		said = c.Preflight(origin, r.Header.Get("Access-Control-Request-Method"), r.Header.Get("Access-Control-Request-Headers"))
	}
	for _, h := range said {
		header.Add(h.Name, h.Value)
	}
}
