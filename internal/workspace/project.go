package workspace

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"sluice/internal/deployer"
	"sluice/internal/deployer/config"
	"sluice/internal/fault"
	"sluice/internal/git"
)

// Project is a sluice.yaml and the folder that it lies in.
type Project struct {
	path     string // as it was given, for errors
	folder   string
	file     *config.File
	revision func() git.Revision
	usesGit  bool // the file's values do
}

// Read reads and checks a file. Errors: fault.NotFound "file" when there is none, fault.Invalid "file" with the line and
// column of each mistake.
func Read(ctx context.Context, path string) (*Project, error) {
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.Errorf(fault.NotFound, "file", "there is no %s: `sluice init` writes one, or name another with --file", path)
	case err != nil:
		return nil, fault.Errorf(fault.Invalid, "file", "%w", err)
	}
	file, err := config.Read(text)
	if err != nil {
		return nil, located(path, err)
	}
	folder, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	return &Project{
		path: path, folder: folder, file: file, usesGit: strings.Contains(string(text), "${git."),
		revision: sync.OnceValue(func() git.Revision { return git.At(ctx, folder) }),
	}, nil
}

// Environment resolves an environment, and narrows it to the functions with these keys if any are named. An empty name
// is the file's only environment. Errors: fault.Invalid "file" and "environment", fault.NotFound "environment" and
// "function".
func (p *Project) Environment(name string, keys []string) (*deployer.Environment, error) {
	return p.environment(name, keys, "")
}

// Existing is Environment for what is done to functions as they are: code and settings are not asked for, and a variable
// that nothing else names may be missing. So whoever sends a release back need not have its secrets.
func (p *Project) Existing(name string, keys []string) (*deployer.Environment, error) {
	const unknown = "\x00"
	env, err := p.environment(name, keys, unknown)
	if err == nil && !strings.Contains(addresses(env), unknown) {
		return env, nil
	}
	return p.Environment(name, keys)
}

// addresses are the texts of an environment that say where something is.
func addresses(env *deployer.Environment) string {
	texts := []string{env.Project, env.Region, env.Hooks.Before, env.Hooks.After}
	for _, f := range env.Functions {
		texts = append(texts, f.Name, f.Alias)
	}
	return strings.Join(texts, " ")
}

// environment resolves an environment. unset stands for variables that are not set; empty: they are mistakes.
func (p *Project) environment(name string, keys []string, unset string) (*deployer.Environment, error) {
	if names := p.file.Environments(); name == "" && len(names) != 1 {
		return nil, fault.Errorf(fault.Invalid, "environment", "name an environment: %s has %s", p.path, strings.Join(names, ", "))
	} else if name == "" {
		name = names[0]
	}
	sources := config.Sources{Variable: os.LookupEnv, File: p.readFile, Unset: unset}
	if p.usesGit {
		sources.Git = p.stamp()
	}
	env, err := p.file.Environment(name, sources)
	if err != nil {
		return nil, located(p.path, err)
	}
	return env, narrow(env, keys)
}

// largestFile is the most bytes that a file named by ${file:PATH} may have: far above what a function's settings take, and
// little enough that a wrong path is told rather than read for minutes.
const largestFile = 1 << 20

// readFile reads a file that the project's file names. Pipes and devices are refused: they may never end.
func (p *Project) readFile(path string) ([]byte, error) {
	if !filepath.IsAbs(path) {
		path = filepath.Join(p.folder, path)
	}
	about, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !about.Mode().IsRegular() {
		return nil, fault.Errorf(fault.Invalid, "file", "it is no file: name one with the value in it")
	}
	if about.Size() > largestFile {
		return nil, fault.Errorf(fault.Invalid, "file", "it has %d bytes: %d at most", about.Size(), largestFile)
	}
	return os.ReadFile(path)
}

// stamp is the folder's commit. With changes that are not committed it is marked, and has no tag: what is released then
// is not what the tag names.
func (p *Project) stamp() deployer.Stamp {
	r := p.revision()
	if r.Dirty && r.Commit != "" {
		return deployer.Stamp{Commit: r.Commit + "+"}
	}
	return deployer.Stamp{Commit: r.Commit, Tag: r.Tag}
}

func narrow(env *deployer.Environment, keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	var all []string
	for _, f := range env.Functions {
		all = append(all, f.Key)
	}
	for _, key := range keys {
		if !slices.Contains(all, key) {
			return fault.Errorf(fault.NotFound, "function", "there is no function %q: the file has %s", key, strings.Join(all, ", "))
		}
	}
	env.Functions = slices.DeleteFunc(env.Functions, func(f deployer.Function) bool { return !slices.Contains(keys, f.Key) })
	return nil
}

// located says of each mistake in which file it is: PATH:LINE:COLUMN: what.
func located(path string, err error) error {
	var all config.Problems
	if one, ok := errors.AsType[config.Problem](err); ok {
		all = config.Problems{one}
	} else if several, ok := errors.AsType[config.Problems](err); ok {
		all = several
	} else {
		return err
	}
	lines := make([]string, len(all))
	for i, problem := range all {
		lines[i] = path + ":" + problem.Error()
	}
	return fault.Errorf(fault.Invalid, "file", "%s", strings.Join(lines, "\n"))
}
