package codepackage

import (
	"context"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"

	"sluice/internal/fault"
)

// tree is the files of a folder that are packed.
type tree struct {
	root   *os.Root
	ignore gitignore.Matcher
	files  []file // ascending by name
}

// file is one of them. Links are followed, so each is a regular file.
type file struct {
	name   string // with slashes, relative to the folder
	runs   bool   // somebody may execute it
	size   int64
	digest [sha256.Size]byte // known after tree.fingerprint
}

// openTree finds the files of a folder. No link leads out of it.
func openTree(folder string) (*tree, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	t := &tree{root: root}
	if t.ignore, err = patterns(root); err == nil {
		err = t.walk(".", nil)
	}
	if err == nil && len(t.files) == 0 {
		err = fault.Errorf(fault.Invalid, "package", "the folder has no files to pack")
	}
	if err != nil {
		t.close()
		return nil, err
	}
	slices.SortFunc(t.files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return t, nil
}

func (t *tree) close() { _ = t.root.Close() } // it was read

// walk adds what a folder holds. above are the folders that it lies in: a link back to one of them would never end.
func (t *tree) walk(folder string, above []fs.FileInfo) error {
	handle, err := t.root.Open(folder)
	if err != nil {
		return err
	}
	defer handle.Close()
	info, err := handle.Stat()
	if err != nil {
		return err
	}
	if slices.ContainsFunc(above, func(f fs.FileInfo) bool { return os.SameFile(f, info) }) {
		return fault.Errorf(fault.Invalid, "package", "the link %s leads back to a folder that it lies in", folder)
	}
	names, err := handle.Readdirnames(-1)
	if err != nil {
		return err
	}
	above = append(slices.Clip(above), info)
	for _, name := range names {
		if err := t.add(path.Join(folder, name), above); err != nil {
			return err
		}
	}
	return nil
}

func (t *tree) add(name string, above []fs.FileInfo) error {
	info, err := t.root.Stat(name)
	if err != nil {
		return t.unreachable(name, err)
	}
	if t.ignore.Match(strings.Split(name, "/"), info.IsDir()) {
		return nil
	}
	switch {
	case !utf8.ValidString(name):
		return fault.Errorf(fault.Invalid, "package", "the name %q is not UTF-8", name)
	case strings.Contains(name, `\`): // in a zip it would part folders: Lambda refuses the package without saying which file
		return fault.Errorf(fault.Invalid, "package", "the name %q has a backslash, which no package may have: list it in %s", name, ignoreFile)
	case info.IsDir():
		return t.walk(name, above)
	case !info.Mode().IsRegular():
		return fault.Errorf(fault.Invalid, "package", "%s is neither a file nor a folder: list it in %s", name, ignoreFile)
	}
	t.files = append(t.files, file{name: name, runs: info.Mode()&0o111 != 0, size: info.Size()})
	return nil
}

// unreachable explains why a file can't be looked at, unless it is ignored anyway.
func (t *tree) unreachable(name string, err error) error {
	if t.ignore.Match(strings.Split(name, "/"), false) {
		return nil
	}
	link, linkErr := t.root.Readlink(name)
	if linkErr != nil {
		return err
	}
	return fault.Errorf(fault.Invalid, "package", "the link %s leads to %s, which is not in the folder: list it in %s", name, link, ignoreFile)
}

// layout is what goes into the fingerprint besides the files: it changes when the same files are to make another zip.
const layout = "sluice package 1\n"

// fingerprint reads all files and returns a digest of their names, modes and contents.
func (t *tree) fingerprint(ctx context.Context) (key string, err error) {
	whole := sha256.New()
	io.WriteString(whole, layout)
	for i := range t.files {
		f := &t.files[i]
		if err := ctx.Err(); err != nil {
			return "", err
		}
		content := sha256.New()
		if err := t.copy(content, f); err != nil {
			return "", err
		}
		content.Sum(f.digest[:0])
		fmt.Fprintf(whole, "%q %v %x\n", f.name, f.runs, f.digest)
	}
	return fmt.Sprintf("%x", whole.Sum(nil)), nil
}

// copy writes a file's content.
func (t *tree) copy(to io.Writer, f *file) error {
	from, err := t.root.Open(f.name)
	if err != nil {
		return err
	}
	defer from.Close()
	_, err = io.Copy(to, from)
	return err
}

// same reports whether what was written is what the fingerprint was made of.
func (f *file) same(content hash.Hash) bool { return [sha256.Size]byte(content.Sum(nil)) == f.digest }
