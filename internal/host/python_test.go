package host

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"sluice/internal/function"
)

// needInterpreter fails a test of what is not installed. make test sees to it that it is; the quick tests go without.
func needInterpreter(t *testing.T, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil && testing.Short() {
		t.Skipf("%s is not installed", name)
	} else if err != nil {
		t.Fatalf("%v: the tests need it, as the Makefile says", err)
	}
}

// python runs a version with this index.py.
func python(t *testing.T, r *rig, source string) function.Pool {
	t.Helper()
	needInterpreter(t, "python3")
	return r.Pool(r.version(t, "python3.12", "index.handler", map[string]string{"index.py": source}))
}

// TestPythonErrors gives each handler a process of its own. The texts are AWS's: of recordings where there is one
// (test_lambda_handler_error, test_lambda_runtime_exit), else of its runtime's documentation.
func TestPythonErrors(t *testing.T) {
	r := newRig(t, nil)
	for _, tt := range []struct{ name, source, want string }{
		{"raises", "def handler(event, context):\n    raise Exception(\"Handler fails\")\n",
			`{"errorMessage":"Handler fails","errorType":"Exception","requestId":"ID","stackTrace":["  File \"/var/task/index.py\", line 2, in handler\n    raise Exception(\"Handler fails\")\n"]}`},
		{"raises its own class", "class Refused(ValueError): pass\ndef handler(event, context):\n    raise Refused('no')\n",
			`{"errorMessage":"no","errorType":"Refused","requestId":"ID","stackTrace":["  File \"/var/task/index.py\", line 3, in handler\n    raise Refused('no')\n"]}`},
		{"returns what is no JSON", "def handler(event, context):\n    return {1, 2}\n",
			`{"errorMessage":"Unable to marshal response: Object of type set is not JSON serializable","errorType":"Runtime.MarshalError","requestId":"ID","stackTrace":[]}`},
		{"has no handler", "def handle(event, context):\n    pass\n",
			`{"errorMessage":"Handler 'handler' missing on module 'index'","errorType":"Runtime.HandlerNotFound","requestId":"","stackTrace":[]}`},
		{"imports what is not there", "import nowhere\n",
			`{"errorMessage":"Unable to import module 'index': No module named 'nowhere'","errorType":"Runtime.ImportModuleError","requestId":"","stackTrace":[]}`},
		{"exits with 0 at start", "import sys\n\nsys.exit(0)\n",
			`{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited without providing a reason"}`},
		{"exits in the handler", "import sys\ndef handler(event, context):\n    sys.exit(1)\n",
			`{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited with error: exit status 1"}`},
		{"kills itself", "import os\ndef handler(event, context):\n    os.kill(os.getpid(), 9)\n",
			`{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited with error: signal: killed"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			call := newCall(`{}`)
			outcome, err := python(t, r, tt.source).Invoke(t.Context(), call)
			if err != nil {
				t.Fatal(err)
			}
			wantOutcome(t, outcome, true, strings.ReplaceAll(tt.want, "ID", call.RequestID))
		})
	}
}

func TestPythonSyntaxError(t *testing.T) {
	r := newRig(t, nil)
	o := ask(t, python(t, r, "def handler(event, context)\n    pass\n"), `{}`)
	var got struct{ ErrorType, ErrorMessage string }
	if err := json.Unmarshal(o.Payload, &got); err != nil {
		t.Fatal(err)
	}
	if got.ErrorType != "Runtime.UserCodeSyntaxError" || !strings.HasPrefix(got.ErrorMessage, "Syntax error in module 'index': ") {
		t.Errorf("payload = %s", o.Payload)
	}
}

func TestTheTailOfAFailedStartTellsWhy(t *testing.T) {
	r := newRig(t, nil)
	p := python(t, r, "import nowhere\n")
	for range 2 { // the second call starts another process, which fails too
		tail := string(ask(t, p, `{}`).Tail)
		why, begins := strings.Index(tail, "No module named 'nowhere'"), strings.Index(tail, "START RequestId")
		if why < 0 || begins < why || strings.Count(tail, "START RequestId") != 1 {
			t.Errorf("tail %q", tail)
		}
	}
}

func TestPythonPassesValues(t *testing.T) {
	r := newRig(t, nil)
	p := python(t, r, "def handler(event, context):\n    return event\n")
	for _, event := range []string{`{"hello":"it's \"quoted\" 🥳 {[}}[([]))"}`, `true`, `null`, `1`, `1.5`, `"a string"`, `[1,2]`} {
		wantOutcome(t, ask(t, p, event), false, event)
	}
	big := `"` + strings.Repeat("a", 6_291_000) + `"`
	wantOutcome(t, ask(t, p, big), false, big)
}

func TestPythonContext(t *testing.T) {
	r := newRig(t, nil)
	p := python(t, r, `
def handler(event, context):
    left = context.get_remaining_time_in_millis()
    return {
        "arn": context.invoked_function_arn, "version": context.function_version, "name": context.function_name,
        "memory": context.memory_limit_in_mb, "id": context.aws_request_id, "group": context.log_group_name,
        "stream": context.log_stream_name[-34:-32], "identity": context.identity.cognito_identity_id,
        "custom": context.client_context.custom, "snap": context.client_context.client.app_title,
        "left": 30000 < left <= 60000,
    }
`)
	call := newCall(`{}`)
	call.ClientContext = "{\"custom\": {\"foo\": \"bar\"},\r\n \"client\": {\"app_title\": \"x\"}, \"env\": {}}"
	outcome, err := p.Invoke(t.Context(), call)
	if err != nil {
		t.Fatal(err)
	}
	wantOutcome(t, outcome, false, `{"arn":"arn:aws:lambda:us-east-1:111111111111:function:fn-1:LIVE","version":"3","name":"fn-1",
		"memory":"1024","id":"`+call.RequestID+`","group":"/aws/lambda/fn-1","stream":"3]","identity":null,
		"custom":{"foo":"bar"},"snap":"x","left":true}`)
}

func TestPythonHandlerInAFolder(t *testing.T) {
	needInterpreter(t, "python3")
	r := newRig(t, nil)
	files := map[string]string{"pack/def/main.py": "def handler(event, context):\n    return event\n"}
	for _, name := range []string{"pack.def.main.handler", "pack/def/main.handler"} {
		wantOutcome(t, ask(t, r.Pool(r.version(t, "python3.12", name, files)), `{}`), false, `{}`)
	}
}

func TestPythonLogLines(t *testing.T) {
	r := newRig(t, nil)
	p := python(t, r, `
import logging, sys
logging.getLogger().setLevel(logging.INFO)
def handler(event, context):
    print("\nmulti\nline\rstring\n")
    logging.info("two\nlines")
    print("to stderr", file=sys.stderr)
    raise KeyError("lost")
`)
	call := newCall(`{}`)
	if _, err := p.Invoke(t.Context(), call); err != nil {
		t.Fatal(err)
	}
	events := r.logs.all()
	for i, event := range events {
		if strings.HasPrefix(event, "[INFO]\t") {
			fields := strings.SplitN(event, "\t", 4)
			events[i] = strings.Join([]string{fields[0], "DATE", fields[2], fields[3]}, "\t")
		}
	}
	from := slices.IndexFunc(events, func(e string) bool { return strings.HasPrefix(e, "START") })
	want := []string{
		"START RequestId: ID Version: 3\n", "\n", "multi\n", "line\rstring\n", "\n", "[INFO]\tDATE\tID\ttwo\nlines\n",
		"to stderr\n",
		"[ERROR] KeyError: 'lost'\nTraceback (most recent call last):\n\u00a0\u00a0File \"/var/task/index.py\", line 8, in handler\n\u00a0\u00a0\u00a0\u00a0raise KeyError(\"lost\")\n",
		"END RequestId: ID\n",
	}
	for i := range want {
		want[i] = strings.ReplaceAll(want[i], "ID", call.RequestID)
	}
	if got := events[from : len(events)-1]; !slices.Equal(got, want) {
		t.Errorf("events:\n%q\nwant:\n%q", got, want)
	}
}

func TestPythonEnvironment(t *testing.T) {
	r := newRig(t, func(c *Config) {
		c.Environ = func(v *function.Version) []string { return []string{"AWS_ENDPOINT_URL=http://here", "COLOUR=theirs"} }
	})
	needInterpreter(t, "python3")
	t.Setenv("SECRET_OF_THE_SERVER", "x")
	v := r.version(t, "python3.12", "index.handler", map[string]string{
		"index.py": "import os\ndef handler(event, context):\n    return dict(os.environ, cwd=os.getcwd())\n",
	})
	v.Config.Environment = map[string]string{"COLOUR": "mine", "AWS_LAMBDA_FUNCTION_VERSION": "99"}
	var got map[string]string
	if err := json.Unmarshal(ask(t, r.Pool(v), `{}`).Payload, &got); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"AWS_ENDPOINT_URL": "http://here", "COLOUR": "mine", "AWS_LAMBDA_FUNCTION_VERSION": "3", "_HANDLER": "index.handler",
		"AWS_EXECUTION_ENV": "AWS_Lambda_python3.12", "AWS_REGION": "us-east-1", "TZ": ":UTC", "SECRET_OF_THE_SERVER": "",
		"AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024", "cwd": got["LAMBDA_TASK_ROOT"],
	} {
		if got[name] != want {
			t.Errorf("%s = %q, want %q", name, got[name], want)
		}
	}
	if !strings.HasPrefix(got["_X_AMZN_TRACE_ID"], "Root=1-") {
		t.Errorf("trace = %q", got["_X_AMZN_TRACE_ID"])
	}
}

func TestPythonValues(t *testing.T) {
	r := newRig(t, nil)
	for source, want := range map[string]string{
		"return None":   `null`,
		"return (1, 2)": `[1,2]`,
		"import decimal; return [decimal.Decimal('1.5'), decimal.Decimal(7)]": `[1.5,7]`,
		"return {'ü': 'ß'}":                               `{"ü":"ß"}`,
		"return len(event['text'])":                       `3`,
		"import app.sub; return app.sub.value":            `"beside"`,
		"import sys; return sys.path[0] == context._root": `true`,
	} {
		source = "def handler(event, context):\n    import os\n    context._root = os.environ['LAMBDA_TASK_ROOT']\n    " + source + "\n"
		needInterpreter(t, "python3")
		v := r.version(t, "python3.12", "index.handler", map[string]string{
			"index.py": source, "app/__init__.py": "", "app/sub.py": "value = 'beside'\n",
		})
		wantOutcome(t, ask(t, r.Pool(v), `{"text":"äöü"}`), false, want)
	}
}

func TestPythonBadHandlerNames(t *testing.T) {
	needInterpreter(t, "python3")
	r := newRig(t, nil)
	files := map[string]string{"index.py": "def handler(event, context):\n    pass\n"}
	for name, want := range map[string]string{
		"handler":     `{"errorMessage":"Bad handler 'handler': not enough values to unpack (expected 2, got 1)","errorType":"Runtime.MalformedHandlerName","requestId":"","stackTrace":[]}`,
		"sys.handler": `{"errorMessage":"Cannot use built-in module sys as a handler module","errorType":"Runtime.BuiltInModuleConflict","requestId":"","stackTrace":[]}`,
	} {
		wantOutcome(t, ask(t, r.Pool(r.version(t, "python3.12", name, files)), `{}`), true, want)
	}
}

// TestPythonKeepsItsGlobals calls one process twice, and a new one after a time-out, as the recording
// test_lambda_invoke_timed_out_environment_reuse does.
func TestPythonKeepsItsGlobals(t *testing.T) {
	needInterpreter(t, "python3")
	r := newRig(t, nil)
	v := r.version(t, "python3.12", "index.handler", map[string]string{
		"index.py": "import time\nnumber = 0\ndef handler(event, context):\n    global number\n    number += 1\n    time.sleep(event)\n    return number\n",
	})
	v.Config.Timeout = 1
	p := r.Pool(v)
	wantOutcome(t, ask(t, p, `0`), false, `1`)
	wantOutcome(t, ask(t, p, `0`), false, `2`)
	if o := ask(t, p, `60`); !o.Failed || !strings.Contains(string(o.Payload), "Sandbox.Timedout") {
		t.Errorf("time-out: %s", o.Payload)
	}
	wantOutcome(t, ask(t, p, `0`), false, `1`)
}
