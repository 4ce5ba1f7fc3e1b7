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
//go:embed bootstrap/bootstrap.py bootstrap/bootstrap.mjs bootstrap/layers.mjs bootstrap/stream.mjs
var bootstraps embed.FS

// writeBootstraps puts them where interpreters find them, unless they are there from the last time.
func writeBootstraps(folder string) error {
	for _, name := range []string{"bootstrap.py", "bootstrap.mjs", "layers.mjs", "stream.mjs"} {
		content, err := bootstraps.ReadFile("bootstrap/" + name)
		if err != nil {
			return err
		}
		path := filepath.Join(folder, name)
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, content) {
			continue
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
