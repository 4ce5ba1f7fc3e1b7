package codepackage

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

// Config says where code comes from.
type Config struct {
	Folder string // the project's: paths are relative to it, and build commands run there
	Cache  string // where packages are kept; made if it is missing. See Cache
	// Objects reads packages in buckets. Nil refuses them.
	Objects Objects
	// Output gets what build commands print. Nil keeps it for the error of one that fails.
	Output io.Writer
}

// Objects are packages in S3 buckets. internal/remote implements it.
type Objects interface {
	// Stat returns an object's entity tag, which is another one for other content, and its version if its bucket keeps them.
	Stat(ctx context.Context, o deployer.Object) (tag, version string, err error)
	// Fetch writes an object's content and returns its size.
	Fetch(ctx context.Context, o deployer.Object, to io.Writer) (size int64, err error)
}

// Packages makes the packages of one run. Many goroutines may use it at once.
type Packages struct {
	folder  string
	cache   cache
	objects Objects
	builds  builds
}

var _ release.Packages = (*Packages)(nil)

// New returns packages that are made from a project's folder. It touches nothing.
func New(c Config) *Packages {
	return &Packages{
		folder: c.Folder, cache: cache{c.Cache}, objects: c.Objects,
		builds: builds{folder: c.Folder, output: c.Output, results: map[string]error{}},
	}
}

// Package returns the code of a function with its digest, its size and the zip's path. Its build command runs first, once for
// all functions that name the same one. Errors: fault.NotFound, fault.Invalid and fault.TooLarge "package", fault.Invalid
// "build".
func (p *Packages) Package(ctx context.Context, f deployer.Function) (deployer.Code, error) {
	code := f.Code
	if err := p.builds.run(ctx, code.Build); err != nil {
		return code, err
	}
	if code.Object == nil {
		object, err := parseObject(code.Source)
		if err != nil {
			return code, err
		}
		code.Object = object
	}
	if code.Object != nil {
		return p.object(ctx, code)
	}
	return p.local(ctx, code)
}

// local packs a folder, or takes a zip.
func (p *Packages) local(ctx context.Context, code deployer.Code) (deployer.Code, error) {
	path := code.Source
	if !filepath.IsAbs(path) {
		path = filepath.Join(p.folder, path)
	}
	info, err := os.Stat(path)
	switch {
	case code.Source == "":
		return code, fault.Errorf(fault.Invalid, "package", "nothing says where the code is: set code to a folder, a zip or s3://bucket/key")
	case errors.Is(err, fs.ErrNotExist) && code.Build != "":
		return code, fault.Errorf(fault.NotFound, "package", "the code %s does not exist after %q: the build has to make it", code.Source, code.Build)
	case errors.Is(err, fs.ErrNotExist):
		return code, fault.Errorf(fault.NotFound, "package", "the code %s does not exist in %s", code.Source, p.folder)
	case err != nil:
		return code, fault.Errorf(fault.Invalid, "package", "the code %s: %w", code.Source, err)
	case info.IsDir():
		return p.pack(ctx, code, path)
	case !info.Mode().IsRegular() || !strings.EqualFold(filepath.Ext(path), ".zip"):
		return code, fault.Errorf(fault.Invalid, "package", "the code %s is neither a folder nor a .zip", code.Source)
	}
	return archive(code, path)
}

// pack makes a zip of a folder, or finds the one that was made of the same files.
func (p *Packages) pack(ctx context.Context, code deployer.Code, folder string) (deployer.Code, error) {
	t, err := openTree(folder)
	if err != nil {
		return code, fault.Errorf(fault.Invalid, "package", "the code %s: %w", code.Source, err)
	}
	defer t.close()
	if err := t.limits(); err != nil {
		return code, about(code, err)
	}
	key, err := t.fingerprint(ctx)
	if err != nil {
		return code, about(code, err)
	}
	kept, err := p.cache.find(key)
	if err == nil && kept == nil {
		kept, err = p.cache.put(key, func(w io.Writer) ([]byte, error) { return t.zip(ctx, w) })
	}
	if err != nil {
		return code, about(code, err)
	}
	code.Digest, code.Size, code.File = kept.digest, kept.size, kept.path
	return code, about(code, direct(code.Size))
}

// about says which code an error is about, and keeps its kind.
func about(code deployer.Code, err error) error {
	if err == nil {
		return nil
	}
	kind := fault.Invalid
	if known, ok := errors.AsType[*fault.Error](err); ok {
		kind = known.Kind
	}
	return fault.Errorf(kind, "package", "the code %s: %w", code.Source, err)
}
