package host

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sluice/internal/function"
)

// node runs a version with this file as handler's module.
func node(t *testing.T, r *rig, file, source string) function.Pool {
	t.Helper()
	needInterpreter(t, "node")
	return r.Pool(r.version(t, "nodejs22.x", "index.handler", map[string]string{file: source}))
}

func TestNodeAnswers(t *testing.T) {
	r := newRig(t, nil)
	for _, tt := range []struct{ name, file, source, want string }{
		{"promise", "index.js", `exports.handler = async (event) => event;`, `{"a":1}`},
		{"promise of nothing", "index.js", `exports.handler = async () => {};`, `null`},
		{"callback", "index.js", `exports.handler = (event, context, callback) => callback(null, event);`, `{"a":1}`},
		{"callback that waits for the loop", "index.js",
			`let late = 0; exports.handler = (event, context, callback) => { setTimeout(() => { late = 1; }, 30); callback(null, { get late() { return late; } }); };`,
			`{"late":1}`},
		{"callback that does not wait", "index.js",
			`exports.handler = (event, context, callback) => { context.callbackWaitsForEmptyEventLoop = false; setInterval(() => {}, 1000); callback(null, 'now'); };`,
			`"now"`},
		{"later callback", "index.js", `exports.handler = (event, context, callback) => { setTimeout(() => callback(null, 7), 20); };`, `7`},
		{"value without callback", "index.js", `exports.handler = () => 'nobody waits for this';`, `null`},
		{"context.done", "index.js", `exports.handler = (event, context) => context.done(null, 'done');`, `"done"`},
		{"context.succeed", "index.js", `exports.handler = (event, context) => context.succeed('well');`, `"well"`},
		{"module.exports assigned", "index.cjs", `const make = () => ({ handler: async () => 'dynamic' }); module.exports = make();`, `"dynamic"`},
		{"ES module", "index.mjs", `export const handler = async (event) => event;`, `{"a":1}`},
		{"ES module with await", "index.mjs", `const value = await Promise.resolve(5); export const handler = async () => value;`, `5`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wantOutcome(t, ask(t, node(t, r, tt.file, tt.source), `{"a":1}`), false, tt.want)
		})
	}
}

func TestNodeErrors(t *testing.T) {
	r := newRig(t, nil)
	for _, tt := range []struct{ name, source, errorType, message string }{
		{"throws", `exports.handler = async (event) => { throw new TypeError('boom'); };`, "TypeError", "boom"},
		{"throws at once", `exports.handler = () => { throw new Error('sync'); };`, "Error", "sync"},
		{"throws a string", `exports.handler = async () => { throw 'text'; };`, "string", "text"},
		{"callback with an error", `exports.handler = (e, c, callback) => callback(new Error('called'));`, "Error", "called"},
		{"callback with a string", `exports.handler = (e, c, callback) => callback('called');`, "string", "called"},
		{"context.fail", `exports.handler = (e, context) => context.fail(new Error('failed'));`, "Error", "failed"},
		{"no handler", `exports.handle = async () => 1;`, "Runtime.HandlerNotFound", "index.handler is undefined or not exported"},
		{"no module", `require('nowhere');`, "Runtime.ImportModuleError", "Error: Cannot find module 'nowhere'\nRequire stack:\n- /var/task/index.js\n- /var/runtime/index.mjs"},
		{"syntax", "exports.handler = async () => {\n  return {;\n};", "Runtime.UserCodeSyntaxError", "SyntaxError: Unexpected token ';'"},
		{"throws while loading", `throw new RangeError('at start');`, "RangeError", "at start"},
		{"rejection nobody handles", `exports.handler = () => { Promise.reject(new Error('lost')); };`, "Runtime.UnhandledPromiseRejection", "Error: lost"},
		{"uncaught", `exports.handler = (e, c, callback) => { setTimeout(() => { throw new Error('later'); }, 5); };`, "Error", "later"},
		{"promise that never settles", `exports.handler = () => new Promise(() => {});`, "Runtime.NodeJsExit", ""},
		{"exits", `exports.handler = async () => process.exit(5);`, "Runtime.ExitError", "RequestId: ID Error: Runtime exited with error: exit status 5"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			call := newCall(`{}`)
			o, err := node(t, r, "index.js", tt.source).Invoke(t.Context(), call)
			if err != nil {
				t.Fatal(err)
			}
			var got struct {
				ErrorType, ErrorMessage string
				Trace                   []string
			}
			if err := json.Unmarshal(o.Payload, &got); err != nil {
				t.Fatalf("payload %s: %v", o.Payload, err)
			}
			message := strings.ReplaceAll(tt.message, "ID", call.RequestID)
			if !o.Failed || got.ErrorType != tt.errorType || (message != "" && got.ErrorMessage != message) {
				t.Errorf("failed %v, payload %s", o.Failed, o.Payload)
			}
			if strings.Contains(string(o.Payload), r.dir) {
				t.Errorf("the payload shows where the code is: %s", o.Payload)
			}
		})
	}
}

func TestNodeErrorHasATrace(t *testing.T) {
	r := newRig(t, nil)
	o := ask(t, node(t, r, "index.js", "exports.handler = async () => {\n  throw new Error('boom');\n};\n"), `{}`)
	var got struct{ Trace []string }
	if err := json.Unmarshal(o.Payload, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Trace) < 2 || got.Trace[0] != "Error: boom" || !strings.Contains(got.Trace[1], "/var/task/index.js:2:") {
		t.Errorf("trace = %q", got.Trace)
	}
}

func TestNodePackageType(t *testing.T) {
	needInterpreter(t, "node")
	r := newRig(t, nil)
	v := r.version(t, "nodejs22.x", "src/app.handler", map[string]string{
		"package.json": `{"type":"module"}`, "src/app.js": `export const handler = async () => import.meta.url.endsWith('app.js');`,
	})
	wantOutcome(t, ask(t, r.Pool(v), `{}`), false, `true`)
}

// TestNodeContext follows the recording test_lambda_with_context.
func TestNodeContext(t *testing.T) {
	r := newRig(t, nil)
	p := node(t, r, "index.js", `exports.handler = async (event, context) => {
		const left = context.getRemainingTimeInMillis();
		return { context: { ...context, logStreamName: undefined }, left: left > 30000 && left <= 60000 };
	};`)
	call := newCall(`{}`)
	call.ClientContext = `{"custom":{"foo":"bar"},"client":{"snap":["crackle","pop"]},"env":{"fizz":"buzz"}}`
	outcome, err := p.Invoke(t.Context(), call)
	if err != nil {
		t.Fatal(err)
	}
	wantOutcome(t, outcome, false, `{"left":true,"context":{"callbackWaitsForEmptyEventLoop":true,"functionVersion":"3","functionName":"fn-1",
		"memoryLimitInMB":"1024","logGroupName":"/aws/lambda/fn-1","clientContext":`+call.ClientContext+`,
		"invokedFunctionArn":"arn:aws:lambda:us-east-1:111111111111:function:fn-1:LIVE","awsRequestId":"`+call.RequestID+`"}}`)
}

func TestNodeLogLines(t *testing.T) {
	r := newRig(t, nil)
	p := node(t, r, "index.js", `console.log('loading');
exports.handler = async () => {
	console.log('text %s', 'formatted', { a: 1 });
	console.warn('two\nlines');
	process.stdout.write('raw\nlines\n');
	throw new Error('boom');
};`)
	call := newCall(`{}`)
	if _, err := p.Invoke(t.Context(), call); err != nil {
		t.Fatal(err)
	}
	var got []string
	date := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t`)
	for _, event := range r.logs.all() {
		if date.MatchString(event) || strings.HasPrefix(event, "raw") || strings.HasPrefix(event, "lines") {
			got = append(got, strings.ReplaceAll(date.ReplaceAllString(event, ""), call.RequestID, "ID"))
		}
	}
	want := []string{
		"undefined\tINFO\tloading\n", "ID\tINFO\ttext formatted { a: 1 }\n", "ID\tWARN\ttwo\nlines\n", "raw\n", "lines\n",
	}
	if len(got) != 6 || !slices.Equal(got[:5], want) {
		t.Fatalf("events = %q", got)
	}
	if !strings.HasPrefix(got[5], `ID`+"\tERROR\tInvoke Error \t"+`{"errorType":"Error","errorMessage":"boom","stack":["Error: boom",`) {
		t.Errorf("error event = %q", got[5])
	}
}

func TestNodePassesLargeValues(t *testing.T) {
	r := newRig(t, nil)
	p := node(t, r, "index.js", `exports.handler = async (event) => event;`)
	big := `"` + strings.Repeat("ä", 3_000_000) + `"`
	wantOutcome(t, ask(t, p, big), false, big)
	wantOutcome(t, ask(t, p, `1`), false, `1`)
}

// TestNode24 has handlers that AWS's runtime for Node.js 24 treats otherwise than those before.
func TestNode24(t *testing.T) {
	needInterpreter(t, "node")
	r := newRig(t, nil)
	for _, tt := range []struct {
		name, source string
		failed       bool
		want         string
	}{
		{"a value", `exports.handler = (event) => event;`, false, `{"a":1}`},
		{"a promise", `exports.handler = async (event) => event;`, false, `{"a":1}`},
		{"the context", `exports.handler = (event, context) => Object.keys(context).filter((name) => /^(done|succeed|fail|callback)/.test(name));`, false, `[]`},
		{"streaming", `exports.handler = awslambda.streamifyResponse(async (event, stream, context) => { stream.end('[1]'); });`, false, `[1]`},
		{"a callback", `exports.handler = async (event, context, callback) => event;`, true, `Runtime.CallbackHandlerDeprecated`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := ask(t, r.Pool(r.version(t, "nodejs24.x", "index.handler", map[string]string{"index.js": tt.source})), `{"a":1}`)
			if !tt.failed {
				wantOutcome(t, o, false, tt.want)
			} else if errorType, _ := errorOf(t, o.Payload); !o.Failed || errorType != tt.want {
				t.Errorf("failed %v, payload %s", o.Failed, o.Payload)
			}
		})
	}
}
