package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"sluice/internal/deployer/config"
	"sluice/internal/workspace"
)

type initCommand struct {
	File    string `default:"${file}" help:"The file to write."`
	Code    string `placeholder:"DIR" help:"The folder of the code; runtime and handler are guessed from its files. Left out: src if there is one, else the folder of the file."`
	From    string `placeholder:"FUNCTION" help:"Describe this function with its aliases and versions, and download its code beside the file."`
	Project string `placeholder:"NAME" help:"The project's name; left out, the folder's."`
	JSON    bool   `name:"json" help:"Print what was written as JSON."`
	Yes     bool   `short:"y" help:"Overwrite files that exist."`
}

// Help is shown below the command's usage.
func (*initCommand) Help() string {
	return "Files that exist are not overwritten without --yes."
}

// written is what init did.
type written struct {
	File     string `json:"file"`
	Package  string `json:"package,omitempty"` // the downloaded code
	Runtime  string `json:"runtime,omitempty"`
	Handler  string `json:"handler,omitempty"`
	Function string `json:"function"` // key
}

func (c *initCommand) Run(ctx context.Context, s *streams) error {
	initial, existing, err := c.describe(ctx)
	if err != nil {
		return err
	}
	w := written{File: c.File, Function: initial.Key, Runtime: initial.Settings.Runtime, Handler: initial.Settings.Handler}
	if existing != nil && c.Code == "" {
		w.Package = filepath.Join(filepath.Dir(c.File), initial.Code)
	}
	if err := c.free(w.File, w.Package); err != nil {
		return err
	}
	if w.Package != "" {
		if err := save(w.Package, openMode, func(to io.Writer) error { return existing.Download(ctx, to) }); err != nil {
			return err
		}
	}
	mode := openMode
	if len(initial.Settings.Environment) > 0 {
		mode = secretMode
	}
	if err := save(c.File, mode, func(to io.Writer) error { _, err := to.Write(initial.Text()); return err }); err != nil {
		return err
	}
	return c.tell(s, w, len(initial.Settings.Environment))
}

// describe finds out what the file says. existing is nil without --from.
func (c *initCommand) describe(ctx context.Context) (initial config.Initial, existing *workspace.Existing, err error) {
	folder, err := filepath.Abs(filepath.Dir(c.File))
	if err != nil {
		return initial, nil, err
	}
	if c.From != "" {
		if existing, err = workspace.Find(ctx, c.From); err != nil {
			return initial, nil, err
		}
		initial = existing.Initial
		initial.Key = name(c.From)
		initial.Code = initial.Key + ".zip"
	}
	if c.From == "" || c.Code != "" {
		code := c.Code
		if code == "" {
			code = usualCode(folder)
		}
		if existing == nil {
			if initial.Settings, err = workspace.Guess(code); err != nil {
				return initial, nil, err
			}
			initial.Key = keyOf(folder, code)
		}
		if initial.Code, err = relative(folder, code); err != nil {
			return initial, nil, err
		}
	}
	initial.Project = name(c.Project)
	if c.Project == "" {
		initial.Project = name(filepath.Base(folder))
	}
	return initial, existing, nil
}

// usualCode is src beside the file, if it is there, else the file's folder.
func usualCode(folder string) string {
	src := filepath.Join(folder, "src")
	if info, err := os.Stat(src); err == nil && info.IsDir() {
		return src
	}
	return folder
}

// keyOf names a function after its folder, unless that only says that code is in it.
func keyOf(folder, code string) string {
	absolute, err := filepath.Abs(code)
	base := filepath.Base(absolute)
	if err != nil || absolute == folder || base == "src" || base == "code" || base == "dist" {
		return "main"
	}
	return name(base)
}

// relative is a path as the file says it.
func relative(folder, path string) (string, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	short, err := filepath.Rel(folder, absolute)
	if err != nil {
		return absolute, nil
	}
	return filepath.ToSlash(short), nil
}

var unnamable = regexp.MustCompile(`[^A-Za-z0-9_-]+`)

// name makes a word of a text that the file takes as a name.
func name(text string) string {
	text = strings.Trim(unnamable.ReplaceAllString(text, "-"), "-_")
	if text == "" {
		return "main"
	}
	return text
}

// free refuses to overwrite files.
func (c *initCommand) free(paths ...string) error {
	for _, path := range paths {
		if path == "" || c.Yes {
			continue
		}
		if _, err := os.Lstat(path); err == nil {
			return fmt.Errorf("%s exists already: --yes overwrites it, --file names another", path)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Who may read what init writes: a function's variables may be secret.
const (
	openMode   fs.FileMode = 0o644
	secretMode fs.FileMode = 0o600
)

// save writes a file entirely or not at all.
func save(path string, mode fs.FileMode, write func(io.Writer) error) error {
	draft, err := os.CreateTemp(filepath.Dir(path), ".sluice-init-")
	if err != nil {
		return err
	}
	err = errors.Join(write(draft), draft.Chmod(mode), draft.Close())
	if err == nil {
		err = os.Rename(draft.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(draft.Name()))
	}
	return nil
}

func (c *initCommand) tell(s *streams, w written, variables int) error {
	if c.JSON {
		return s.document(w)
	}
	fmt.Fprintf(s.out, "Wrote %s: function %s, %s, handler %s.\n", w.File, w.Function, w.Runtime, w.Handler)
	if w.Package != "" {
		fmt.Fprintf(s.out, "Its code is in %s; unpack it and name the folder in its place when you change it.\n", w.Package)
	}
	if variables > 0 {
		fmt.Fprintf(s.out, "The file has the values of %d variables: put ${NAME} in the place of those that are secret before you share it.\n", variables)
	}
	_, err := fmt.Fprintf(s.out, "Next: look at role and environments in it, then `sluice plan sbx`.\n")
	return err
}
