package host

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/internal/function"
)

// streamify wraps the body of a handler that streams.
func streamify(body string) string {
	return `const { pipeline } = require('node:stream/promises'); const { Readable } = require('node:stream');
exports.handler = awslambda.streamifyResponse(async (event, responseStream, context) => {` + body + `});`
}

func TestNodeStreamsWhileItWorks(t *testing.T) {
	r := newRig(t, nil)
	file := filepath.Join(r.folder(t), "seen")
	p := node(t, r, "index.js", streamify(`
		responseStream.write('first ');
		while (!require('node:fs').existsSync(event.file)) await new Promise((resolve) => setTimeout(resolve, 1));
		responseStream.end('last');`))
	to := &sink{onWrite: func(piece []byte) error {
		if string(piece) == "first " {
			touch(t, file)
		}
		return nil
	}}
	o := streamTo(t, p, `{"file":"`+file+`"}`, to)
	if to.got.String() != "first last" || o.Failed {
		t.Errorf("got %q, failed %v, %s", to.got.String(), o.Failed, o.Payload)
	}
}

func TestNodeStreams(t *testing.T) {
	r := newRig(t, nil)
	const plain, prelude = "application/octet-stream", "application/vnd.awslambda.http-integration-response"
	for _, tt := range []struct{ name, source, contentType, want string }{
		{"text", `responseStream.write('a'); responseStream.write('ä'); responseStream.end();`, plain, "aä"},
		{"bytes", `responseStream.write(Buffer.from([1, 2])); responseStream.end(new Uint8Array([3]));`, plain, "\x01\x02\x03"},
		{"objects", `responseStream.write({ a: 1 }); responseStream.end([2]);`, plain, `{"a":1}[2]`},
		{"nothing", `responseStream.end();`, plain, ""},
		{"an empty piece", `responseStream.write(''); responseStream.write('x'); responseStream.end();`, plain, "x"},
		{"a content type", `responseStream.setContentType('text/html'); responseStream.end('<p>');`, "text/html", "<p>"},
		{"the event and the context", `responseStream.end(JSON.stringify(event) + context.functionVersion + typeof context.done);`, plain, `{"a":1}3undefined`},
		{"a pipeline", `await pipeline(Readable.from(['a', 'b', 'c']), responseStream);`, plain, "abc"},
		{"a large pipeline", `await pipeline(Readable.from((function* () { for (let i = 0; i < 100; i++) yield 'x'.repeat(100000); })()), responseStream);`,
			plain, strings.Repeat("x", 10_000_000)},
		{"a status and headers", `responseStream = awslambda.HttpResponseStream.from(responseStream, { statusCode: 201, headers: { a: 'b' } });
			responseStream.write('body'); responseStream.end();`, prelude, `{"statusCode":201,"headers":{"a":"b"}}` + strings.Repeat("\x00", 8) + "body"},
		{"a status alone", `awslambda.HttpResponseStream.from(responseStream, { statusCode: 204 }).end();`, prelude,
			`{"statusCode":204}` + strings.Repeat("\x00", 8)},
		{"after the handler has returned", `setTimeout(() => responseStream.end('late'), 5);`, plain, "late"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := node(t, r, "index.js", streamify(tt.source))
			for range 2 { // the second call finds the process as the first left it
				to := &sink{}
				o := streamTo(t, p, `{"a":1}`, to)
				want := function.StreamHead{ContentType: tt.contentType, Streamed: true, Executed: 3}
				if o.Failed || to.got.String() != tt.want || len(to.heads) != 1 || to.heads[0] != want {
					t.Errorf("got %.200q with %+v, failed %v: %.300s", to.got.String(), to.heads, o.Failed, o.Payload)
				}
			}
			wantOutcome(t, askWhole(t, p, tt.want), false, tt.want)
		})
	}
}

// askWhole invokes without streaming; the answer may be too large for that.
func askWhole(t *testing.T, p function.Pool, want string) *function.Outcome {
	t.Helper()
	o := ask(t, p, `{"a":1}`)
	if len(want) > maxResponse && o.Failed {
		return &function.Outcome{Payload: []byte(want)}
	}
	return o
}

func TestNodeStreamsThatFail(t *testing.T) {
	r := newRig(t, nil)
	for _, tt := range []struct{ name, source, got, broken, errorType, message string }{
		{"before the first byte", streamify(`throw new TypeError('boom');`), "", "", "TypeError", "boom"},
		{"after the first byte", streamify(`responseStream.write('part'); throw new RangeError('boom');`), "part", "RangeError", "RangeError", "boom"},
		{"with a string", streamify(`responseStream.write('part'); throw 'text';`), "part", "string", "string", "text"},
		{"in a pipeline", streamify(`await pipeline(Readable.from((async function* () { yield 'part'; throw new Error('source'); })()), responseStream);`),
			"part", "Error", "Error", "source"},
		{"destroyed", streamify(`responseStream.write('part', () => responseStream.destroy());`),
			"part", "Runtime.TruncatedResponse", "Runtime.TruncatedResponse", "The response stream was destroyed before its end."},
		{"uncaught", streamify(`responseStream.write('part', () => { throw new Error('lost'); }); await new Promise(() => {});`), "part", "Error", "Error", "lost"},
		{"uncaught before the first byte", streamify(`setTimeout(() => { throw new Error('lost'); }, 1); await new Promise(() => {});`), "", "", "Error", "lost"},
		{"never ended", streamify(``), "", "", "string", "Response stream is not finished."},
		{"never settled", streamify(`await new Promise(() => {});`), "", "", "Runtime.NodeJsExit", ""},
		{"not async", `exports.handler = awslambda.streamifyResponse((event, responseStream) => { responseStream.write('part'); });`,
			"part", "string", "string", "Streaming does not support non-async handlers."},
		{"a late content type", streamify(`responseStream.write('part'); responseStream.setContentType('text/html');`),
			"part", "Runtime.InvalidStreamingOperation", "Runtime.InvalidStreamingOperation", "Cannot set content-type, too late."},
		{"exits", streamify(`responseStream.write('part', () => process.exit(4));`), "part", "Runtime.TruncatedResponse", "Runtime.ExitError", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := node(t, r, "index.js", tt.source)
			for range 2 {
				to := &sink{}
				o := streamTo(t, p, `{}`, to)
				errorType, message := errorOf(t, o.Payload)
				if to.got.String() != tt.got || o.Broken != tt.broken || errorType != tt.errorType || tt.message != "" && message != tt.message {
					t.Errorf("got %q, broken %q, payload %s", to.got.String(), o.Broken, o.Payload)
				}
				if strings.Contains(string(o.Payload), r.dir) {
					t.Errorf("the payload shows where the code is: %s", o.Payload)
				}
			}
			if o := ask(t, p, `{}`); !o.Failed {
				t.Errorf("a caller who does not stream got %s", o.Payload)
			}
		})
	}
}

func TestNodeStreamThatIsLeftOpenEndsInTime(t *testing.T) {
	needInterpreter(t, "node")
	r := newRig(t, nil)
	v := r.version(t, "nodejs22.x", "index.handler", map[string]string{"index.js": streamify(`responseStream.write('part');`)})
	v.Config.Timeout = 1
	to := &sink{}
	o := streamTo(t, r.Pool(v), `{}`, to)
	if to.got.String() != "part" || o.Broken != typeTimeout || o.Duration != time.Second {
		t.Errorf("got %q, %+v", to.got.String(), o)
	}
}

func TestNodeWithoutTheGlobal(t *testing.T) {
	needInterpreter(t, "node")
	r := newRig(t, nil)
	v := r.version(t, "nodejs22.x", "index.handler", map[string]string{"index.js": `exports.handler = async () => typeof awslambda;`})
	v.Config.Environment = map[string]string{"AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA": "1"}
	wantOutcome(t, ask(t, r.Pool(v), `{}`), false, `"undefined"`)
}

func TestNodeRefusesOtherStreaming(t *testing.T) {
	p := node(t, newRig(t, nil), "index.js", `const h = async () => 1; h[Symbol.for('aws.lambda.runtime.handler.streaming')] = 'request'; exports.handler = h;`)
	if errorType, _ := errorOf(t, ask(t, p, `{}`).Payload); errorType != "Runtime.MalformedStreamingHandler" {
		t.Errorf("error %s", errorType)
	}
}
