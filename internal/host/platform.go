package host

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"

	"sluice/internal/function"
)

// platform words what the platform itself logs, as text or, if the version asks for it, as JSON
// (AWS: lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html). A method that returns nothing logs nothing.
type platform struct {
	version *function.Version
	scratch []byte
}

func (p *platform) json() bool { return p.version.Config.LogFormat == "JSON" }

// event makes a JSON event. The version's system log level decides whether it is logged: WARN leaves out what went
// well, and only DEBUG has all.
func (p *platform) event(kind, status string, record map[string]any) []byte {
	switch p.version.Config.SystemLevel {
	case "WARN":
		if status == "" || status == "success" {
			return nil
		}
	case "DEBUG":
	default:
		if kind == "runtimeDone" {
			return nil
		}
	}
	if status != "" {
		record["status"] = status
	}
	b, err := json.Marshal(struct {
		Time   string         `json:"time"`
		Type   string         `json:"type"`
		Record map[string]any `json:"record"`
	}{timestamp(), "platform." + kind, record})
	if err != nil {
		return nil // strings and finite numbers always can be encoded
	}
	return append(b, '\n')
}

func timestamp() string { return time.Now().UTC().Format("2006-01-02T15:04:05.000Z") }

func (p *platform) initStart() []byte {
	if !p.json() {
		return initStart(p.version)
	}
	name, arn := runtimeVersion(p.version)
	return p.event("initStart", "", map[string]any{
		"initializationType": "on-demand", "phase": "init", "runtimeVersion": name, "runtimeVersionArn": arn,
		"functionName": p.version.Function.Name, "functionVersion": p.version.Number.String(),
	})
}

// warning tells the function's owner something that is no failure.
func (p *platform) warning(text string) []byte {
	if !p.json() {
		return []byte("[WARN] " + text + "\n")
	}
	b, err := json.Marshal(map[string]string{"timestamp": timestamp(), "level": "WARN", "message": text})
	if err != nil {
		return nil
	}
	return append(b, '\n')
}

// startFailed tells of a process that did not get as far as asking for a call.
func (p *platform) startFailed(phase string, took time.Duration, f startFailure) []byte {
	if !p.json() {
		return initReport(phase, took, f)
	}
	record := map[string]any{"initializationType": "on-demand", "phase": phase, "metrics": map[string]any{"durationMs": inMilliseconds(took)}}
	if f.status == "error" {
		record["errorType"] = f.errorType
	}
	return p.event("initReport", f.status, record)
}

func (p *platform) start(id string) []byte {
	if p.json() {
		return p.event("start", "", map[string]any{"requestId": id, "version": p.version.Number.String()})
	}
	p.scratch = appendStart(p.scratch[:0], id, p.version.Number)
	return p.scratch
}

// trouble tells why the platform and not the function ended a call.
func (p *platform) trouble(id string, end callEnd, f failure) []byte {
	switch {
	case p.json() || end.status == "":
		return nil // the report has it
	case end.status == "timeout":
		return fmt.Appendf(nil, "%s %s %s\n\n", timestamp(), id, strings.TrimPrefix(f.Message, "RequestId: "+id+" Error: "))
	case f.Type == typeExit || f.Type == typeEntrypoint:
		return []byte(f.Message + "\n" + f.Type + "\n")
	default:
		return nil // the runtime reported it
	}
}

func (p *platform) end(id string, end callEnd) []byte {
	if p.json() {
		return p.event("runtimeDone", end.jsonStatus(), map[string]any{
			"requestId": id, "metrics": map[string]any{"durationMs": inMilliseconds(end.took)},
		})
	}
	p.scratch = appendEnd(p.scratch[:0], id)
	return p.scratch
}

// report tells a call's cost. initTime is not 0 for the first call after a start.
func (p *platform) report(id string, end callEnd, initTime time.Duration) []byte {
	memory := p.version.Config.Memory
	if !p.json() {
		p.scratch = appendReport(p.scratch[:0], id, memory, end, initTime)
		return p.scratch
	}
	metrics := map[string]any{
		"durationMs": inMilliseconds(end.took), "billedDurationMs": billed(end.took), "memorySizeMB": memory,
		"maxMemoryUsedMB": end.megabytes(memory),
	}
	if initTime > 0 {
		metrics["initDurationMs"] = inMilliseconds(initTime)
	}
	record := map[string]any{"requestId": id, "metrics": metrics}
	if end.errorType != "" {
		record["errorType"] = end.errorType
	}
	return p.event("report", end.jsonStatus(), record)
}

// inMilliseconds has three decimals, as AWS's JSON events do.
func inMilliseconds(d time.Duration) float64 { return math.Round(float64(d)/1e3) / 1e3 }

// callEnd is what a call's last lines tell.
type callEnd struct {
	took              time.Duration
	peak              int64  // of memory, in bytes
	status, errorType string // empty if the handler was reached
}

func (e callEnd) jsonStatus() string {
	if e.status == "" {
		return "success"
	}
	return e.status
}

// megabytes is the most memory that was used, rounded up, and no more than there was.
func (e callEnd) megabytes(limit int) int { return min(int((e.peak+1<<20-1)>>20), limit) }

// billed is a duration in ms, rounded up.
func billed(d time.Duration) int64 { return int64((d + time.Millisecond - 1) / time.Millisecond) }
