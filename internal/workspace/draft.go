package workspace

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"sluice/internal/deployer/config"
)

// Wish says what a first sluice.yaml is to describe.
type Wish struct {
	File    string // path that it will have
	Code    string // folder of the code; empty: src beside the file if it is there, else the file's folder
	From    string // name of a function that exists; empty: runtime and handler are guessed from the code
	Project string // empty: the name of the file's folder
}

// Draft is a first sluice.yaml before it is written.
type Draft struct {
	config.Initial
	// Package is where the function's code has to be put, by Download, before the file can be used; empty: it is there.
	Package  string
	existing *Existing
}

// Download writes the code of the function that the draft describes, a zip.
func (d *Draft) Download(ctx context.Context, to io.Writer) error {
	return d.existing.Download(ctx, to)
}

// Describe finds out what a first file says. It writes nothing. Errors: those of Guess and Find.
func Describe(ctx context.Context, w Wish) (*Draft, error) {
	folder, err := filepath.Abs(filepath.Dir(w.File))
	if err != nil {
		return nil, err
	}
	d := &Draft{}
	if w.From != "" {
		err = d.fromFunction(ctx, w)
	}
	if err == nil && (w.From == "" || w.Code != "") {
		err = d.fromCode(folder, w)
	}
	if err != nil {
		return nil, err
	}
	d.Project = word(w.Project)
	if w.Project == "" {
		d.Project = word(filepath.Base(folder))
	}
	return d, nil
}

func (d *Draft) fromFunction(ctx context.Context, w Wish) (err error) {
	if d.existing, err = Find(ctx, w.From); err != nil {
		return err
	}
	d.Initial = d.existing.Initial
	d.Key = word(w.From)
	d.Code = d.Key + ".zip"
	if w.Code == "" {
		d.Package = filepath.Join(filepath.Dir(w.File), d.Code)
	}
	return nil
}

func (d *Draft) fromCode(folder string, w Wish) (err error) {
	code := w.Code
	if code == "" {
		code = usualCode(folder)
	}
	if d.existing == nil {
		if d.Settings, err = Guess(code); err != nil {
			return err
		}
		d.Key = keyOf(folder, code)
	}
	d.Code, err = relative(folder, code)
	return err
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
	return word(base)
}

// relative is a path as the file says it.
func relative(folder, path string) (string, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	short, err := filepath.Rel(folder, absolute)
	if err != nil {
		return absolute, nil // on another volume
	}
	return filepath.ToSlash(short), nil
}

var unnamable = regexp.MustCompile(`[^A-Za-z0-9_-]+`)

// word makes a text one that the file takes as a name.
func word(text string) string {
	text = strings.Trim(unnamable.ReplaceAllString(text, "-"), "-_")
	if text == "" {
		return "main"
	}
	return text
}
