// Package git tells which commit a folder is at, for what a release records.
//
// It asks the git that is installed. Without one, or outside of a repository, there is nothing to record, and that is no
// error. How a commit is written into a version is internal/deployer's. Called by internal/workspace.
package git

import (
	"context"
	"os"
	"os/exec"
	"strings"
)

// Revision is what a folder's files are at. The zero Revision: not in a repository, or no commit yet.
type Revision struct {
	Commit string // 40 hexadecimal digits, or 64
	Tag    string // a tag of the commit; empty without one. Of several, the one that git describe chooses
	// Dirty is whether files in the folder differ from the commit, or are unknown to git and not ignored.
	Dirty bool
}

// At tells the revision of a folder.
func At(ctx context.Context, folder string) Revision {
	commit, ok := ask(ctx, folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
	if !ok {
		return Revision{}
	}
	tag, _ := ask(ctx, folder, "describe", "--tags", "--exact-match", commit)
	changes, ok := ask(ctx, folder, "status", "--porcelain", "--", ".")
	return Revision{Commit: commit, Tag: tag, Dirty: !ok || changes != ""}
}

// ask runs git and returns what it prints, without the space around it.
func ask(ctx context.Context, folder string, args ...string) (answer string, ok bool) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = folder
	// Asking must not take locks that a git of the user's, at work at the same time, would stumble over.
	cmd.Env = append(os.Environ(), "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C")
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err == nil
}
