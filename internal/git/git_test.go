package git_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"sluice/internal/git"
)

// repository is a folder with one commit, and a folder in it that holds a file.
func repository(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
	for _, name := range []string{"AUTHOR", "COMMITTER"} {
		t.Setenv("GIT_"+name+"_NAME", "somebody")
		t.Setenv("GIT_"+name+"_EMAIL", "somebody@example.com")
	}
	run(t, folder, "init", "--quiet")
	write(t, filepath.Join(folder, "src", "index.js"), "one")
	run(t, folder, "add", ".")
	run(t, folder, "commit", "--quiet", "-m", "first")
	return folder
}

func run(t *testing.T, folder string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = folder
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestACommitIsTold(t *testing.T) {
	got := git.At(t.Context(), repository(t))
	if !regexp.MustCompile(`^[0-9a-f]{40}$`).MatchString(got.Commit) || got.Tag != "" || got.Dirty {
		t.Errorf("%+v, want a clean commit without a tag", got)
	}
}

func TestATagOfTheCommitIsTold(t *testing.T) {
	folder := repository(t)
	run(t, folder, "tag", "v1.2.3")
	if got := git.At(t.Context(), folder); got.Tag != "v1.2.3" {
		t.Errorf("%+v, want the tag v1.2.3", got)
	}
	run(t, folder, "commit", "--quiet", "--allow-empty", "-m", "second")
	if got := git.At(t.Context(), folder); got.Tag != "" {
		t.Errorf("%+v, want no tag: it is the commit's before", got)
	}
}

func TestAFolderIsDirtyByItsOwnFiles(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		want       bool
	}{
		{"changed", "src/index.js", true},
		{"unknown to git", "src/new.js", true},
		{"elsewhere", "README.md", false},
		{"ignored", "src/ignored.log", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder := repository(t)
			write(t, filepath.Join(folder, ".gitignore"), "*.log\n")
			write(t, filepath.Join(folder, tt.file), "two")
			if got := git.At(t.Context(), filepath.Join(folder, "src")); got.Dirty != tt.want {
				t.Errorf("%+v, want dirty %v", got, tt.want)
			}
		})
	}
}

func TestWithoutARepositoryNothingIsTold(t *testing.T) {
	empty := t.TempDir()
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(empty))
	if got := git.At(t.Context(), empty); got != (git.Revision{}) {
		t.Errorf("outside of a repository: %+v", got)
	}
	run(t, empty, "init", "--quiet")
	if got := git.At(t.Context(), empty); got != (git.Revision{}) {
		t.Errorf("before the first commit: %+v", got)
	}
}

func TestWithoutGitNothingIsTold(t *testing.T) {
	folder := repository(t)
	t.Setenv("PATH", t.TempDir())
	if got := git.At(t.Context(), folder); got != (git.Revision{}) {
		t.Errorf("%+v, want nothing", got)
	}
}
