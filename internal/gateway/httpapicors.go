package gateway

import (
	"net/http"
	"strings"
)

// preflight reports whether a browser asks what it may send, of an API that is set to answer that.
func (v *httpVisit) preflight() bool {
	return v.stage.cors != nil && v.r.Method == http.MethodOptions && v.r.Header.Get("Access-Control-Request-Method") != "" && v.r.Header.Get("Origin") != ""
}

// admitOrigin adds what a browser asks for to an answer. Where the API says it, what a function says of it does not count (AWS's page
// "Configure CORS for HTTP APIs").
func (v *httpVisit) admitOrigin(a *apiAnswer) {
	if v.stage.cors == nil {
		return
	}
	for name := range a.header {
		if strings.HasPrefix(name, "Access-Control-") {
			delete(a.header, name)
		}
	}
	origin := v.r.Header.Get("Origin")
	headers := v.stage.cors.Answer(origin)
	if v.preflight() {
		headers = v.stage.cors.Preflight(origin, v.r.Header.Get("Access-Control-Request-Method"), v.r.Header.Get("Access-Control-Request-Headers"))
	}
	for _, h := range headers {
		a.header.Add(h.Name, h.Value)
	}
}
