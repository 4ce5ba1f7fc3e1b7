//go:build linux

package host

import (
	"strings"
	"testing"
)

// What a function finds there it runs, so nobody else may have written it.
func TestFunctionsWithTheSameCodeShareNoBytecode(t *testing.T) {
	needInterpreter(t, "python3")
	inSandboxes(t, anyKind, func(t *testing.T, r *rig) {
		v := r.version(t, "python3.12", "index.handler", map[string]string{"index.py": `
import os, sys
def handler(event, context):
    path = os.path.join(sys.pycache_prefix, "forged")
    there = os.path.exists(path)
    open(path, "w").close()
    return [there, any("index" in name for _, _, names in os.walk(sys.pycache_prefix) for name in names)]
`})
		v.Config.Environment = map[string]string{"PYTHONDONTWRITEBYTECODE": ""}
		for range 2 {
			wantOutcome(t, ask(t, r.Pool(v), `{}`), false, `[false,true]`)
		}
		if n := strings.Count(strings.Join(r.folders(t), " "), bytecode); n != 2 {
			t.Errorf("%d folders for two functions", n)
		}
	})
}
