package host

import (
	"bytes"
	"embed"
	"os"
	"path/filepath"
)

// The programs that run handlers written in Python and JavaScript: they ask for calls, import the handler and report
// what comes of it, as AWS's do.
//
//go:embed bootstrap/*.py bootstrap/*.mjs
var bootstraps embed.FS

// writeBootstraps puts them where interpreters find them, unless they are there from the last time.
func writeBootstraps(folder string) error {
	files, err := bootstraps.ReadDir("bootstrap")
	if err != nil {
		return err
	}
	for _, file := range files {
		content, err := bootstraps.ReadFile("bootstrap/" + file.Name())
		if err != nil {
			return err
		}
		path := filepath.Join(folder, file.Name())
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, content) {
			continue
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
