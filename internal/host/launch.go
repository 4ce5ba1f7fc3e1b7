package host

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// launch says how a version's processes are started.
type launch struct {
	path string
	args []string
	// env are the variables that the runtime adds.
	env []string
	// warning is set if the function runs on another interpreter than it asks for.
	warning string
	// candidates are where AWS looks for what it starts, if that is part of the package.
	candidates []string
	// layers is the folder that stands in for /opt; empty if the version has no layers.
	layers string
	// bytecode is the folder in which Python keeps what it has compiled; empty for other languages.
	bytecode string
	// needs are the files and folders of the interpreter.
	needs []string
}

// launch chooses how to run a version whose code is unpacked at root, and its layers, if it has some, at layers.
// fault.Unavailable "runtime" says that this machine can't.
func (h *Host) launch(ctx context.Context, v *function.Version, root, layers string) (l *launch, err error) {
	l = &launch{layers: layers}
	switch name := v.Config.Runtime; {
	case name == "provided" || strings.HasPrefix(name, "provided."):
		l.packaged(root, "bootstrap")
		l.fallBack("bootstrap")
	case name == "go1.x":
		l.packaged(root, v.Config.Handler)
	case strings.HasPrefix(name, "python3."):
		err = l.python(ctx, h, root, strings.TrimPrefix(name, "python"))
	case strings.HasPrefix(name, "nodejs"):
		err = l.node(ctx, h, root, strings.TrimSuffix(strings.TrimPrefix(name, "nodejs"), ".x"))
	default:
		err = fault.Errorf(fault.Unavailable, "runtime",
			"Sluice does not run functions on the runtime %q. It runs provided.*, go1.x, python3.* and nodejs*.", name)
	}
	if err != nil {
		return nil, err
	}
	interpreter := ""
	if l.candidates == nil { // a runtime of AWS's
		interpreter = l.path
		l.wrap(v, root)
	}
	l.env = append(l.env, "PATH="+searchPath(interpreter, l.inLayers("bin")))
	l.env = append(l.env, l.layered()...)
	return l, nil
}

// packaged starts an executable that the package brings.
func (l *launch) packaged(root, name string) {
	l.path = filepath.Join(root, filepath.Clean("/"+name))
	l.args = []string{l.path}
	l.candidates = []string{taskRoot + "/" + name, layersRoot + "/" + name}
}

// entrypoint words what is wrong with an executable, with the paths that it has on AWS.
func (l *launch) entrypoint(root string, err error) string {
	if _, statErr := os.Stat(l.path); os.IsNotExist(statErr) {
		return "Couldn't find valid bootstrap(s): [" + strings.Join(l.candidates, " ") + "]"
	}
	text := strings.ReplaceAll(err.Error(), root, taskRoot)
	if l.layers == "" {
		return text
	}
	return strings.ReplaceAll(text, l.layers, layersRoot)
}

// taskRoot is where the code is on AWS. Messages and traces show it in place of the real folder.
const taskRoot = "/var/task"

func (l *launch) python(ctx context.Context, h *Host, root, version string) error {
	found, err := h.interpreters.find(ctx, pythonLanguage, version)
	if err != nil {
		return err
	}
	l.path, l.warning, l.needs = found.path, found.warning, found.needs
	if l.bytecode, err = h.code.newBytecode(); err != nil {
		return err
	}
	l.args = []string{found.path, "-X", "bytecode=" + l.bytecode, filepath.Join(h.runtimeDir, "bootstrap.py")}
	l.env = []string{
		"PYTHONPATH=" + h.runtimeDir, "LC_CTYPE=C.UTF-8", "AWS_EXECUTION_ENV=AWS_Lambda_python" + version,
		"PWD=" + root, "SHLVL=0",
	}
	return nil
}

func (l *launch) node(ctx context.Context, h *Host, root, version string) error {
	found, err := h.interpreters.find(ctx, nodeLanguage, version)
	if err != nil {
		return err
	}
	l.path, l.warning, l.needs = found.path, found.warning, found.needs
	l.args = []string{found.path, filepath.Join(h.runtimeDir, "bootstrap.mjs")}
	modules := []string{
		l.inLayers("nodejs/node" + version + "/node_modules"), l.inLayers("nodejs/node_modules"),
		filepath.Join(h.runtimeDir, "node_modules"), h.runtimeDir, root,
	}
	l.env = []string{
		"NODE_PATH=" + strings.Join(modules, ":"), "AWS_EXECUTION_ENV=AWS_Lambda_nodejs" + version + ".x",
		"PWD=" + root, "SHLVL=0",
	}
	return nil
}

// environ returns the variables of an environment's processes. Names and fixed values are AWS's (recording
// test_introspection_invoke); paths are this machine's.
func (p *pool) environ(l *launch, root string, e *environment) []string {
	v, h := p.version, p.host
	vars := []string{
		"LD_LIBRARY_PATH=" + root + ":" + filepath.Join(root, "lib") + ":" + l.inLayers("lib"),
		"LANG=en_US.UTF-8", "TZ=:UTC", "TMPDIR=" + e.dir(),
		"AWS_XRAY_CONTEXT_MISSING=LOG_ERROR", "AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:2000",
		"_AWS_XRAY_DAEMON_ADDRESS=127.0.0.1", "_AWS_XRAY_DAEMON_PORT=2000",
	}
	vars = append(vars, l.env...)
	if h.cfg.Environ != nil {
		vars = append(vars, h.cfg.Environ(v)...)
	}
	for name, value := range v.Config.Environment {
		vars = append(vars, name+"="+value)
	}
	if v.Config.LogFormat == "JSON" {
		vars = append(vars, "AWS_LAMBDA_LOG_FORMAT=JSON", "AWS_LAMBDA_LOG_LEVEL="+v.Config.LogLevel)
	}
	vars = append(vars,
		"AWS_LAMBDA_FUNCTION_NAME="+v.Function.Name,
		"AWS_LAMBDA_FUNCTION_VERSION="+v.Number.String(),
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE="+strconv.Itoa(v.Config.Memory),
		"AWS_LAMBDA_LOG_GROUP_NAME="+logGroup(v),
		"AWS_LAMBDA_LOG_STREAM_NAME="+e.stream,
		"AWS_LAMBDA_INITIALIZATION_TYPE="+e.initialization(),
		"AWS_REGION="+v.Function.Region, "AWS_DEFAULT_REGION="+v.Function.Region,
		"_HANDLER="+v.Config.Handler,
		"LAMBDA_TASK_ROOT="+root, "LAMBDA_RUNTIME_DIR="+h.runtimeDir,
	)
	return lastOfEach(vars)
}

// lastOfEach drops variables that a later one sets again: what a program finds otherwise is up to its runtime.
func lastOfEach(vars []string) []string {
	seen := make(map[string]bool, len(vars))
	kept := vars[:0:0]
	for _, v := range slices.Backward(vars) {
		name, _, _ := strings.Cut(v, "=")
		if !seen[name] {
			seen[name] = true
			kept = append(kept, v)
		}
	}
	slices.Reverse(kept)
	return kept
}

// searchPath is AWS's PATH, with the folders of the interpreter, if there is one, and of the layers in it.
func searchPath(interpreter, inLayers string) string {
	aws := "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:" + inLayers
	folder := filepath.Dir(interpreter)
	if interpreter == "" || slices.Contains([]string{"/usr/local/bin", "/usr/bin", "/bin"}, folder) {
		return aws
	}
	return folder + ":" + aws
}
