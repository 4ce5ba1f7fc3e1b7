package host

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sluice/internal/host/sandbox"
)

// Where a function finds its folders if the machine can show them there: as on AWS, but for the last.
const (
	tmpRoot     = "/tmp"
	runtimeRoot = "/var/runtime"
	pycacheRoot = "/var/pycache"
)

// Limits of AWS for what a process and its children may use (Lambda quotas).
const (
	maxProcesses = 1024
	maxOpenFiles = 1024
)

// spec says how an environment's next process is started, what it sees, and what it may use.
func (c *confinement) spec(e *environment, l *launch, root string) sandbox.Spec {
	spec := sandbox.Spec{Path: l.path, Args: l.args, Env: e.pool.environ(l, root, e), Dir: root}
	separate := c.separate() // waits until the machine is known
	if c.launcher == nil {
		return spec
	}
	spec.User = e.user
	spec.Limits = sandbox.Limits{Files: maxOpenFiles, FileSize: uint64(e.storage())}
	own := []sandbox.Entry{
		{Path: taskRoot, From: root},
		{Path: runtimeRoot, From: c.host.runtimeDir},
		{Path: tmpRoot, From: e.dir(), Kind: sandbox.Writable},
	}
	if l.bytecode != "" {
		own = append(own, sandbox.Entry{Path: pycacheRoot, From: l.bytecode, Kind: sandbox.Writable})
	}
	for _, path := range l.needs {
		own = append(own, sandbox.Resolved(path))
	}
	if separate {
		spec.Limits.Processes = c.processes
		c.separated(&spec, e, l, own)
	} else {
		c.restricted(&spec, l, own)
	}
	return spec
}

// separated shows everything where it is on AWS, and names it so.
func (c *confinement) separated(spec *sandbox.Spec, e *environment, l *launch, own []sandbox.Entry) {
	for _, name := range []string{"passwd", "group"} {
		own = append(own, sandbox.Entry{Path: "/etc/" + name, From: filepath.Join(c.host.runtimeDir, name)})
	}
	spec.Entries = sandbox.Arrange(append(append(own, c.common...), layerEntries(l.layers)...))
	places := []string{spec.Dir, taskRoot, c.host.runtimeDir, runtimeRoot}
	if l.layers != "" {
		places = append(places, l.layers, layersRoot)
	}
	if l.bytecode != "" {
		places = append(places, l.bytecode, pycacheRoot)
	}
	inside := strings.NewReplacer(places...)
	spec.Path, spec.Dir, spec.Args = inside.Replace(spec.Path), taskRoot, replaceAll(inside, spec.Args)
	spec.Env = replaceAll(inside, spec.Env)
	standIn := "TMPDIR=" + e.dir() // AWS sets none: programs use /tmp, which is the function's own here
	for i, variable := range spec.Env {
		if variable == standIn {
			spec.Env = append(spec.Env[:i], spec.Env[i+1:]...)
			break
		}
	}
}

// layerEntries show layers in /opt one by one: there may be an interpreter in it too.
func layerEntries(folder string) (entries []sandbox.Entry) {
	if folder == "" {
		return nil
	}
	inside, _ := os.ReadDir(folder) // the host has made it
	for _, f := range inside {
		entries = append(entries, sandbox.Entry{Path: layersRoot + "/" + f.Name(), From: filepath.Join(folder, f.Name())})
	}
	return entries
}

// restricted shows everything where it really is. Landlock can't hide what is in a folder that it shows, so the
// machine's /tmp, to which functions like to write, is shown unless something private is in it.
func (c *confinement) restricted(spec *sandbox.Spec, l *launch, own []sandbox.Entry) {
	entries := slices.Concat(own, c.common)
	if l.layers != "" {
		entries = append(entries, sandbox.Entry{From: l.layers})
	}
	for _, device := range []string{"null", "zero", "full", "random", "urandom", "shm"} {
		entries = append(entries, sandbox.Entry{From: "/dev/" + device, Kind: sandbox.Writable})
	}
	entries = append(entries, sandbox.Entry{From: "/proc"})
	private := false
	for _, e := range c.common {
		private = private || e.Kind == sandbox.Empty && sandbox.Within(e.Path, tmpRoot)
	}
	if !private {
		entries = append(entries, sandbox.Entry{From: tmpRoot, Kind: sandbox.Writable})
	}
	for i := range entries {
		if entries[i].Kind == sandbox.ReadOnly || entries[i].Kind == sandbox.Writable {
			entries[i].Path = entries[i].From
		}
	}
	spec.Entries = entries
}

func replaceAll(with *strings.Replacer, texts []string) []string {
	replaced := make([]string, len(texts))
	for i, text := range texts {
		replaced[i] = with.Replace(text)
	}
	return replaced
}

// writeAccounts writes who a function is in its sandbox, as on AWS. Without it programs fail that ask for their name.
func writeAccounts(folder string) error {
	passwd := "root:x:0:0:root:/root:/sbin/nologin\nsbx_user1051:x:993:990::/home/sbx_user1051:/sbin/nologin\n" +
		"nobody:x:65534:65534:nobody:/:/sbin/nologin\n"
	if err := os.WriteFile(filepath.Join(folder, "passwd"), []byte(passwd), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "group"), []byte("root:x:0:\nsbx_group:x:990:\nnogroup:x:65534:\n"), 0o644)
}
