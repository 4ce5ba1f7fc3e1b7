package rest

import (
	"strconv"

	"sluice/internal/gateway/executeapi"
)

// tell tells the meter and the access log, when the request has been answered.
func (v *visit) tell() {
	s := v.Measured(executeapi.Sample{Scope: v.view.API.Scope, API: v.view.API.API, Name: v.view.Name, Stage: v.view.Stage.Name})
	if v.shown.log == nil || v.AccessLog == nil {
		return
	}
	context := v.context()
	context.Set("status", int64(s.Status))
	context.Set("responseLength", int64(s.Sent))
	context.Set("responseLatency", s.Latency.Milliseconds())
	if s.Integration > 0 {
		context.Set("integrationLatency", strconv.FormatInt(s.Integration.Milliseconds(), 10))
	}
	v.LogAccess(v.shown.log, &s, names, v.expressions(v.why).value)
}
