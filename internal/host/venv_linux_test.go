package host

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"sluice/internal/host/sandbox"
)

// virtualEnvironment makes one with a module of its own, and activates it. It returns the runtime that it is for.
func virtualEnvironment(t *testing.T, folder string) (runtime string) {
	t.Helper()
	if out, err := exec.CommandContext(t.Context(), "python3", "-m", "venv", "--without-pip", folder).CombinedOutput(); err != nil {
		t.Fatalf("this machine's Python makes no virtual environments: %v %s", err, out)
	}
	packages, err := filepath.Glob(filepath.Join(folder, "lib", "python3*", "site-packages"))
	if err != nil || len(packages) != 1 {
		t.Fatalf("packages: %v, %v", packages, err)
	}
	if err := os.WriteFile(filepath.Join(packages[0], "installed.py"), []byte("name = 'from the environment'"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", filepath.Join(folder, "bin")+":"+os.Getenv("PATH"))
	return filepath.Base(filepath.Dir(packages[0]))
}

const imports = `
import installed, sys
def handler(event, context):
    return [installed.name, sys.prefix != sys.base_prefix]
`

func TestPythonOfAVirtualEnvironment(t *testing.T) {
	needInterpreter(t, "python3")
	for name, place := range map[string]func(t *testing.T) string{
		"somewhere": func(t *testing.T) string { return filepath.Join(t.TempDir(), "venv") },
		"behind a link": func(t *testing.T) string {
			folder := t.TempDir()
			if err := os.Mkdir(filepath.Join(folder, "real"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink("real", filepath.Join(folder, "link")); err != nil {
				t.Fatal(err)
			}
			return filepath.Join(folder, "link", "venv")
		},
		// The home is hidden, but not what is shown in it.
		"in the user's home": func(t *testing.T) string {
			home, err := os.UserHomeDir()
			if err != nil {
				t.Fatal(err)
			}
			folder, err := os.MkdirTemp(home, "sluice-test-")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.RemoveAll(folder) })
			return filepath.Join(folder, "venv")
		},
	} {
		t.Run(name, func(t *testing.T) {
			runtime := virtualEnvironment(t, place(t))
			inSandboxes(t, sandbox.Support.Files, func(t *testing.T, r *rig) {
				v := r.version(t, runtime, "index.handler", map[string]string{"index.py": imports})
				wantOutcome(t, ask(t, r.Pool(v), `{}`), false, `["from the environment",true]`)
			})
		})
	}
}

// A user's own packages stay private, as the rest of the home does.
func TestAUsersOwnPackagesAreNotShown(t *testing.T) {
	needInterpreter(t, "python3")
	packages := t.TempDir()
	t.Setenv("PYTHONUSERBASE", packages)
	folder, err := exec.CommandContext(t.Context(), "python3", "-c", "import site; print(site.getusersitepackages(), end='')").Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(string(folder), 0o755); err != nil { // Python looks only where there is something
		t.Fatal(err)
	}
	in := testedInterpreters(t)
	found, err := in.find(t.Context(), pythonLanguage, "3")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range found.needs {
		if sandbox.Within(path, packages) || sandbox.Within(packages, path) {
			t.Errorf("%s is shown", path)
		}
	}
}

func TestLinksOfAnInterpreter(t *testing.T) {
	folder := t.TempDir()
	for name, target := range map[string]string{"python": "python3", "python3": filepath.Join(folder, "x/../real"), "loop": "loop"} {
		if err := os.Symlink(target, filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	got := links(filepath.Join(folder, "python"))
	if len(got) != 3 || got[1] != filepath.Join(folder, "python3") || got[2] != filepath.Join(folder, "real") {
		t.Errorf("links = %v", got)
	}
	if n := len(links(filepath.Join(folder, "loop"))); n != maxHops+1 {
		t.Errorf("a loop has %d links", n)
	}
}
