//go:build linux

package host

import (
	"strings"
	"testing"
)

// What a process prints before it ends is all that its owner learns of why, even if no call has come by then.
func TestDyingWordsAreInTheLog(t *testing.T) {
	needInterpreter(t, "python3")
	for name, c := range map[string]struct{ source, want string }{
		"of one that ends at once": {
			"import os, sys\nos.write(1, b'out of breath\\n')\nos.write(2, b'dying words')\nos._exit(1)", "out of breath\ndying words\n",
		},
		"of one that can't be loaded": {"import nowhere", "Unable to import module 'index'"},
		"of one whose calls another takes": {`
import os, select, socket
host, port = os.environ["AWS_LAMBDA_RUNTIME_API"].split(":")
others = [socket.create_connection((host, int(port))) for _ in range(2)]
for other in others:
    other.sendall(b"GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n")
select.select(others, [], [])  # one is refused: so the other one waits for a call
def handler(event, context): pass
`, "The Runtime API gives no call: "},
	} {
		t.Run(name, func(t *testing.T) {
			inSandboxes(t, anyKind, func(t *testing.T, r *rig) {
				if o := ask(t, python(t, r, c.source), `{}`); !o.Failed {
					t.Errorf("the call ended well: %s", o.Payload)
				}
				if log := strings.Join(r.logs.all(), ""); !strings.Contains(log, c.want) {
					t.Errorf("%q is not in %q", c.want, log)
				}
			})
		})
	}
}
