//go:build linux

package host

import (
	"strings"
	"testing"

	"sluice/internal/host/sandbox"
)

func anyKind(sandbox.Support) bool { return true }

// What functions in Python do, and have to be able to.
const pythonNeeds = `
import multiprocessing, os, socket, sqlite3, ssl, subprocess, tempfile, threading, uuid
def square(n, queue): queue.put(n * n)
def handler(event, context):
    queue = multiprocessing.Queue()
    child = multiprocessing.Process(target=square, args=(7, queue))
    child.start()
    squared = queue.get()
    child.join()
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(folder + "/db")
        db.execute("create table t (a)")
    open("/dev/null", "w").write("x")
    threading.Thread(target=lambda: None).start()
    socket.getaddrinfo("localhost", 80)
    ssl.create_default_context()
    return [squared, subprocess.run(["sh", "-c", "echo $((6*7))"], capture_output=True, text=True).stdout,
            len(os.urandom(4)), os.listdir("/proc/self/fd") != [], os.path.exists(ssl.get_default_verify_paths().openssl_cafile) in (True, False)]
`

func TestSandboxedPython(t *testing.T) {
	needInterpreter(t, "python3")
	inSandboxes(t, anyKind, func(t *testing.T, r *rig) {
		wantOutcome(t, ask(t, python(t, r, pythonNeeds), `{}`), false, `[49,"42\n",4,true,true]`)
	})
}

func TestSandboxedNode(t *testing.T) {
	needInterpreter(t, "node")
	inSandboxes(t, anyKind, func(t *testing.T, r *rig) {
		p := node(t, r, "index.js", `const { Worker } = require('worker_threads');
const { execFileSync } = require('child_process');
const { randomBytes } = require('crypto');
const fs = require('fs'), os = require('os'), path = require('path');
exports.handler = async () => {
	const squared = await new Promise((resolve, reject) => {
		const worker = new Worker("require('worker_threads').parentPort.postMessage(7 * 7)", { eval: true });
		worker.on('message', resolve); worker.on('error', reject);
	});
	fs.writeFileSync(path.join(os.tmpdir(), 'file'), 'x');
	return [squared, execFileSync('/bin/sh', ['-c', 'echo $((6*7))']).toString(), randomBytes(4).length, os.cpus().length > 0];
};`)
		wantOutcome(t, ask(t, p, `{}`), false, `[49,"42\n",4,true]`)
	})
}

// In a separate sandbox everything is where it is on AWS.
func TestSandboxedFunctionsFindAWSsPlaces(t *testing.T) {
	needInterpreter(t, "python3")
	inSandboxes(t, sandbox.Support.Separate, func(t *testing.T, r *rig) {
		v := r.version(t, "python3.12", "index.handler", map[string]string{"index.py": `
import getpass, os
def handler(event, context):
    open("/tmp/mine", "w").write("x")
    return [os.getcwd(), __file__, os.environ["LAMBDA_TASK_ROOT"], os.environ.get("TMPDIR"), sorted(os.listdir("/opt")),
            "mine" in os.listdir("/tmp"), getpass.getuser(), os.getuid(), sorted(os.listdir("/dev"))[:3]]
`})
		v = r.withLayers(t, v, map[string]string{"data/words": "x"})
		wantOutcome(t, ask(t, r.Pool(v), `{}`), false, `["/var/task","/var/task/index.py","/var/task",null,["data"],
			true,"sbx_user1051",993,["fd","full","null"]]`)
	})
}

func TestOneFunctionsTemporaryFilesAreNotAnothers(t *testing.T) {
	inSandboxes(t, sandbox.Support.Separate, func(t *testing.T, r *rig) {
		if got := try(t, r.Pool(r.custom(t, "h")), "write", "/tmp/mine", 0); !strings.Contains(got, "written") {
			t.Fatal(got)
		}
		wantFailed(t, "read", try(t, r.Pool(r.custom(t, "h")), "read", "/tmp/mine", 0))
	})
}

func TestSandboxOffSeesTheMachine(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Sandbox = SandboxOff })
	if got := try(t, r.Pool(r.custom(t, "h")), "list", r.dir, 0); !strings.Contains(got, "achieved") {
		t.Error(got)
	}
}

func TestRequiredSandboxes(t *testing.T) {
	r := newRig(t, nil)
	if why := r.support().Namespaces; why != nil {
		t.Skipf("not on this machine: %v", why)
	}
	r = newRig(t, func(c *Config) { c.Sandbox = SandboxRequire })
	wantOutcome(t, ask(t, r.Pool(r.custom(t, "h")), `1`), false, `1`)
}

func TestUnknownSandboxes(t *testing.T) {
	_, err := New(Config{Dir: t.TempDir(), Packages: packages{}, Logs: &memoryLogs{}, Sandbox: "strict"})
	if err == nil || !strings.Contains(err.Error(), "auto, off and require") {
		t.Errorf("New = %v", err)
	}
}
