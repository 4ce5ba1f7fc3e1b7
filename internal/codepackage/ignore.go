package codepackage

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"

	"sluice/internal/fault"
)

// ignoreFile lists, in a folder of code, what of it is not packed, as .gitignore does.
const ignoreFile = ".sluiceignore"

// ignored is what is never code, or differs by itself from one machine to another. A folder's own list comes after it, and
// can take things back in with an exclamation mark.
var ignored = []string{
	".git", ".hg", ".svn", "/" + ignoreFile, ".gitignore", ".gitattributes",
	"__pycache__", "*.pyc", ".pytest_cache", ".mypy_cache", ".ruff_cache",
	".DS_Store", "Thumbs.db", "*.swp", "*~", ".idea", ".vscode",
	"/sluice.yaml", "/sluice.yml", "/.sluice",
}

// patterns reads which files of a folder are not packed.
func patterns(root *os.Root) (gitignore.Matcher, error) {
	lines := ignored
	text, err := root.ReadFile(ignoreFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var list []gitignore.Pattern
	for _, line := range lines {
		list = append(list, gitignore.ParsePattern(line, nil))
	}
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		if _, err := path.Match(line, ""); err != nil {
			return nil, fault.Errorf(fault.Invalid, "package", "%s, line %d: %q is no pattern", ignoreFile, number, line)
		}
		list = append(list, gitignore.ParsePattern(line, nil))
	}
	return gitignore.NewMatcher(list), nil
}
