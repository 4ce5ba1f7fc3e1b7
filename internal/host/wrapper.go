package host

import (
	"path/filepath"
	"strings"

	"sluice/internal/function"
)

// execWrapper names a script that starts the runtime in the runtime's place, with the runtime's command line as arguments
// (AWS's page "Modifying the runtime environment", for managed runtimes).
const execWrapper = "AWS_LAMBDA_EXEC_WRAPPER"

// wrap lets the function's script start the runtime, if it names one. A shell starts the script, as on AWS: it says what
// is wrong with one that can't be started, and ends with 126 or 127.
func (l *launch) wrap(v *function.Version, root string) {
	script := v.Config.Environment[execWrapper]
	if script == "" {
		return
	}
	if below, ok := strings.CutPrefix(script, layersRoot+"/"); ok {
		script = l.inLayers(below)
	} else if below, ok := strings.CutPrefix(script, taskRoot+"/"); ok {
		script = filepath.Join(root, below)
	}
	l.args = append([]string{"/bin/sh", "-c", `exec "$0" "$@"`, script}, l.args...)
	l.path = "/bin/sh"
}
