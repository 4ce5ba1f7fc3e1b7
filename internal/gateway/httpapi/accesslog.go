package httpapi

import (
	"strconv"

	"sluice/internal/gateway/executeapi"
)

// tell tells the meter and the access log, when the request has been answered.
func (v *visit) tell() {
	s := v.Measured(executeapi.Sample{Scope: v.view.API.Scope, API: v.view.API.API, Name: v.view.Name, Stage: v.stage.Stage.Name, HTTP: true})
	if v.stage.log == nil || v.AccessLog == nil {
		return
	}
	measured := v.measured(&s)
	v.LogAccess(v.stage.log, &s, names, func(expression string) (string, bool) {
		if value, ok := measured[expression]; ok {
			return value, true
		}
		return v.value(expression)
	})
}

// measured is what an access log may name of what was measured.
func (v *visit) measured(s *executeapi.Sample) map[string]string {
	all := map[string]string{
		"context.status": strconv.Itoa(s.Status), "context.responseLength": strconv.Itoa(s.Sent),
		"context.responseLatency": strconv.FormatInt(s.Latency.Milliseconds(), 10),
	}
	if s.Integration > 0 {
		latency := strconv.FormatInt(s.Integration.Milliseconds(), 10)
		all["context.integrationLatency"], all["context.integration.latency"] = latency, latency
	}
	if v.answered != 0 {
		status := strconv.Itoa(v.answered)
		all["context.integrationStatus"], all["context.integration.integrationStatus"] = status, status
		all["context.integration.status"] = "200" // the function's call itself
	}
	return all
}
