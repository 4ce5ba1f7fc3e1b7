package gateway

import (
	"strconv"
	"time"

	"sluice/internal/restapi"
)

// accessFormat is how a stage logs its requests.
type accessFormat struct{ group, format string }

// compileAccess returns nil for a stage that logs nothing.
func compileAccess(log *restapi.AccessLog) *accessFormat {
	if log == nil || log.Destination == "" || log.Format == "" {
		return nil
	}
	return &accessFormat{log.Destination, log.Format}
}

// logAccess writes the stage's line about the request. What is not known of it is a hyphen.
func (v *restVisit) logAccess(ended time.Time) {
	if v.shown.log == nil || v.config.AccessLog == nil {
		return
	}
	context := v.context()
	context.Set("status", int64(v.status))
	context.Set("responseLength", int64(v.sent))
	context.Set("responseLatency", ended.Sub(v.began).Milliseconds())
	if v.integration > 0 {
		context.Set("integrationLatency", strconv.FormatInt(v.integration.Milliseconds(), 10))
	}
	e := v.expressions(v.why)
	v.config.AccessLog(v.shown.log.group, v.view.API.API+"/"+v.view.Stage.Name, e.fillOr(v.shown.log.format, "-"))
}
