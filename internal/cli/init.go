package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

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
	draft, err := workspace.Describe(ctx, workspace.Wish{File: c.File, Code: c.Code, From: c.From, Project: c.Project})
	if err != nil {
		return err
	}
	if err := c.free(c.File, draft.Package); err != nil {
		return err
	}
	if draft.Package != "" {
		if err := save(draft.Package, openMode, func(to io.Writer) error { return draft.Download(ctx, to) }); err != nil {
			return err
		}
	}
	mode := openMode
	if len(draft.Settings.Environment) > 0 {
		mode = secretMode
	}
	if err := save(c.File, mode, func(to io.Writer) error { _, err := to.Write(draft.Text()); return err }); err != nil {
		return err
	}
	w := written{File: c.File, Package: draft.Package, Function: draft.Key, Runtime: draft.Settings.Runtime, Handler: draft.Settings.Handler}
	return c.tell(s, w, len(draft.Settings.Environment))
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
