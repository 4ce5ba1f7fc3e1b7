package host

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sluice/internal/function"
)

// kinds returns the types of the platform's JSON events, and the levels of the function's.
func kinds(t *testing.T, events []string) string {
	t.Helper()
	var all []string
	for _, event := range events {
		var e struct{ Type, Level string }
		if err := json.Unmarshal([]byte(event), &e); err != nil {
			t.Errorf("%q is no JSON: %v", event, err)
		}
		all = append(all, strings.TrimPrefix(e.Type, "platform.")+e.Level)
	}
	return strings.Join(all, " ")
}

func TestJSONLogs(t *testing.T) {
	needInterpreter(t, "python3")
	needInterpreter(t, "node")
	python := map[string]string{"index.py": "import logging\ndef handler(event, context):\n    logging.info('hidden'); logging.warning('two\\nlines')\n    if event: return 1 / 0\n"}
	node := map[string]string{"index.js": "exports.handler = async (event) => { console.info('hidden'); console.warn('two\\nlines', 1); if (event) throw new Error('x'); };"}
	for _, tt := range []struct {
		name, runtime string
		files         map[string]string
		level         string
		event, want   string
	}{
		{"python", "python3.12", python, "INFO", `0`, "initStart start WARNING report"},
		{"node", "nodejs22.x", node, "INFO", `0`, "initStart start WARN report"},
		{"everything", "nodejs22.x", node, "DEBUG", `0`, "initStart start WARN runtimeDone report"},
		{"nothing of the platform", "python3.12", python, "WARN", `0`, "WARNING"},
		{"a failure", "nodejs22.x", node, "INFO", `1`, "initStart start WARN ERROR report"},
		{"a failure in python", "python3.12", python, "INFO", `1`, "initStart start WARNING ERROR report"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, nil)
			v := r.version(t, tt.runtime, "index.handler", tt.files)
			v.Config.LogFormat, v.Config.LogLevel, v.Config.SystemLevel = "JSON", "WARN", tt.level
			ask(t, r.Pool(v), tt.event)
			events := slices.DeleteFunc(r.logs.all(), func(event string) bool {
				return strings.Contains(event, "is not installed") // on machines with another interpreter
			})
			if got := kinds(t, events); got != tt.want {
				t.Errorf("events %s, want %s:\n%s", got, tt.want, strings.Join(r.logs.all(), ""))
			}
		})
	}
}

func TestJSONReport(t *testing.T) {
	p := platform{version: &function.Version{Number: 7, Config: function.Config{LogFormat: "JSON", Memory: 128}}}
	var got struct {
		Record struct {
			RequestID, Status, ErrorType string
			Metrics                      map[string]float64
		}
	}
	line := p.report("id-1", callEnd{took: 1234567, peak: 5<<20 + 1, status: "error", errorType: typeExit}, 2e6)
	if err := json.Unmarshal(line, &got); err != nil {
		t.Fatal(err)
	}
	r := got.Record
	if r.RequestID != "id-1" || r.Status != "error" || r.ErrorType != typeExit {
		t.Errorf("record %s", line)
	}
	for name, want := range map[string]float64{
		"durationMs": 1.235, "billedDurationMs": 2, "memorySizeMB": 128, "maxMemoryUsedMB": 6, "initDurationMs": 2,
	} {
		if r.Metrics[name] != want {
			t.Errorf("%s = %v, want %v", name, r.Metrics[name], want)
		}
	}
}
