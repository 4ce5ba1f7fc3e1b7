package workspace_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sluice/internal/deployer"
	"sluice/internal/fault"
	"sluice/internal/workspace"
)

const file = `project: bonus
functions:
  calculator: {code: src, handler: index.handler, environment: {RATE: "${RATE}", FROM: "${file:rate.txt}"}}
  report: {code: src, handler: index.handler, name: "report-${PLACE:-here}"}
environments:
  stg: {}
  prd: {}
`

// folder makes a folder with files and returns the path of its sluice.yaml.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "sluice.yaml")
}

func read(t *testing.T, files map[string]string) *workspace.Project {
	t.Helper()
	p, err := workspace.Read(t.Context(), folder(t, files))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestValuesComeFromTheProcessAndFromFiles(t *testing.T) {
	t.Setenv("RATE", "7")
	env, err := read(t, map[string]string{"sluice.yaml": file, "rate.txt": "9\n"}).Environment("prd", nil)
	if err != nil {
		t.Fatal(err)
	}
	if v := env.Functions[0].Settings.Environment; v["RATE"] != "7" || v["FROM"] != "9" || env.Functions[1].Name != "report-here" {
		t.Errorf("rate %s, from %s, name %s", string(v["RATE"]), string(v["FROM"]), env.Functions[1].Name)
	}
}

func TestFunctionsAreNarrowed(t *testing.T) {
	t.Setenv("RATE", "7")
	p := read(t, map[string]string{"sluice.yaml": file, "rate.txt": "9"})
	env, err := p.Environment("prd", []string{"report", "report"})
	if err != nil || len(env.Functions) != 1 || env.Functions[0].Key != "report" {
		t.Errorf("%+v, %v", env, err)
	}
	_, err = p.Environment("prd", []string{"report", "other"})
	if !fault.Is(err, fault.NotFound, "function") || !strings.HasSuffix(err.Error(), "the file has calculator, report") {
		t.Errorf("%v", err)
	}
}

func TestTheOnlyEnvironmentNeedsNoName(t *testing.T) {
	one := strings.Replace(strings.Replace(file, "  stg: {}\n", "", 1), "${RATE}", "7", 1)
	env, err := read(t, map[string]string{"sluice.yaml": one, "rate.txt": "9"}).Environment("", nil)
	if err != nil || env.Name != "prd" {
		t.Errorf("%+v, %v", env, err)
	}
	_, err = read(t, map[string]string{"sluice.yaml": file}).Environment("", nil)
	if !fault.Is(err, fault.Invalid, "environment") || !strings.HasSuffix(err.Error(), "has stg, prd") {
		t.Errorf("of two: %v", err)
	}
}

func TestMistakesAreTheFilesLinesAndColumns(t *testing.T) {
	path := folder(t, map[string]string{"sluice.yaml": "project: bonus\nfunctions: {f: {cod: src}}\nenvironments: {prd: {enginee: direct}}\n"})
	_, err := workspace.Read(t.Context(), path)
	if !fault.Is(err, fault.Invalid, "file") {
		t.Fatalf("%v", err)
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], path+":2:17: ") || !strings.HasPrefix(lines[1], path+":3:22: ") {
		t.Errorf("%v", err)
	}
	_, err = read(t, map[string]string{"sluice.yaml": file, "rate.txt": "9"}).Environment("prd", nil)
	if !fault.Is(err, fault.Invalid, "file") || !strings.Contains(err.Error(), "sluice.yaml:3:71: ${RATE}: ") {
		t.Errorf("without RATE: %v", err)
	}
}

func TestOnlyFilesOfSomeSizeAreRead(t *testing.T) {
	t.Setenv("RATE", "7")
	for _, tt := range []struct{ path, want string }{
		{"/dev/zero", "it is no file"},
		{".", "it is no file"},
		{"large.txt", "it has 1048577 bytes: 1048576 at most"},
	} {
		t.Run(tt.path, func(t *testing.T) {
			text := strings.Replace(file, "rate.txt", tt.path, 1)
			p := read(t, map[string]string{"sluice.yaml": text, "large.txt": strings.Repeat("9", 1<<20+1)})
			_, err := p.Environment("prd", nil)
			if !fault.Is(err, fault.Invalid, "file") || !strings.Contains(err.Error(), "${file:"+tt.path+"}: "+tt.want) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestNoFileSaysHowToGetOne(t *testing.T) {
	_, err := workspace.Read(t.Context(), filepath.Join(t.TempDir(), "sluice.yaml"))
	if !fault.Is(err, fault.NotFound, "file") || !strings.Contains(err.Error(), "`sluice init`") {
		t.Errorf("%v", err)
	}
}

// Whoever sends a release back need not have its secrets.
func TestWhatExistsNeedsNoValuesOfVariables(t *testing.T) {
	p := read(t, map[string]string{"sluice.yaml": file, "rate.txt": "9"})
	env, err := p.Existing("prd", nil)
	if err != nil || env.Functions[0].Name != "bonus-prd-calculator" || env.Functions[1].Name != "report-here" {
		t.Errorf("%+v, %v", env, err)
	}
	named := strings.Replace(file, "${PLACE:-here}", "${PLACE}", 1)
	_, err = read(t, map[string]string{"sluice.yaml": named, "rate.txt": "9"}).Existing("prd", nil)
	if err == nil || !strings.Contains(err.Error(), "${PLACE}: ") {
		t.Errorf("a name that is not known: %v", err)
	}
}

func TestGitNamesWhatIsReleased(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	path := folder(t, map[string]string{"sluice.yaml": `project: bonus
functions: {f: {code: src, handler: h, environment: {COMMIT: "${git.commit}", TAG: "${git.tag}"}}}
environments: {prd: {}}
`})
	dir := filepath.Dir(path)
	git := func(args ...string) string {
		cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
		cmd.Dir = dir
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(args, err)
		}
		return strings.TrimSpace(string(out))
	}
	git("init", "-q")
	git("add", ".")
	git("commit", "-q", "-m", "first")
	git("tag", "v1.0.0")
	values := func() map[string]deployer.Secret {
		p, err := workspace.Read(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		env, err := p.Environment("", nil)
		if err != nil {
			t.Fatal(err)
		}
		return env.Functions[0].Settings.Environment
	}
	head := git("rev-parse", "HEAD")
	if v := values(); string(v["COMMIT"]) != head || v["TAG"] != "v1.0.0" {
		t.Errorf("%q %q, want %s v1.0.0", string(v["COMMIT"]), string(v["TAG"]), head)
	}
	if err := os.WriteFile(filepath.Join(dir, "more"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if v := values(); string(v["COMMIT"]) != head+"+" || v["TAG"] != "" {
		t.Errorf("with a change: %q %q, want %s+ and no tag", string(v["COMMIT"]), string(v["TAG"]), head)
	}
}
