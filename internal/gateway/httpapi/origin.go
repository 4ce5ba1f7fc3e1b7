package httpapi

import (
	"strings"

	"sluice/internal/functionurl"
	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/ingress"
	"sluice/internal/httpapi"
)

// admitOrigin adds what a browser asks for to an answer. Where the API says it, what a function says of it does not count (AWS's page
// "Configure CORS for HTTP APIs").
func (v *visit) admitOrigin(a *executeapi.Answer) {
	if v.stage.cors == nil {
		return
	}
	for name := range a.Header {
		if strings.HasPrefix(name, "Access-Control-") {
			delete(a.Header, name)
		}
	}
	ingress.AdmitOrigin(v.stage.cors, v.R, a.Header)
}

// compileCORS takes an API's configuration for that of a function URL: AWS describes both alike.
func compileCORS(c *httpapi.CORS) *functionurl.CORS {
	if c == nil {
		return nil
	}
	out := &functionurl.CORS{Credentials: c.Credentials, Headers: c.Headers, Methods: c.Methods, Origins: c.Origins, Expose: c.Expose}
	if c.MaxAge != nil {
		out.MaxAge = new(int(*c.MaxAge))
	}
	return out
}
