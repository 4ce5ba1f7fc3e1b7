package workspace_test

import (
	"path/filepath"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/workspace"
)

func TestGuess(t *testing.T) {
	for _, c := range []struct{ file, text, runtime, handler string }{
		{"bootstrap", "\x7fELF", "provided.al2023", "bootstrap"},
		{"index.js", "exports.handler = async () => 1", "nodejs22.x", "index.handler"},
		{"index.js", "module.exports.main = () => 1\nexports.other = 2", "nodejs22.x", "index.main"},
		{"index.mjs", "export const handler = async () => 1", "nodejs22.x", "index.handler"},
		{"index.mjs", "export async function run() {}", "nodejs22.x", "index.run"},
		{"index.cjs", "", "nodejs22.x", "index.handler"},
		{"lambda_function.py", "def lambda_handler(event, context): pass", "python3.13", "lambda_function.lambda_handler"},
		{"app.py", "def helper(): pass\ndef handler(e, c): pass\ndef after(): pass", "python3.13", "app.handler"},
		{"app.py", "def handler(e, c): pass\ndef lambda_handler(e, c): pass", "python3.13", "app.lambda_handler"},
		{"handler.py", "class A:\n  def inner(self): pass\nasync def hello(e, c): pass", "python3.13", "handler.hello"},
		{"main.py", "x = 1", "python3.13", "main.handler"},
	} {
		got, err := workspace.Guess(filepath.Dir(folder(t, map[string]string{c.file: c.text})))
		if err != nil || got.Runtime != c.runtime || got.Handler != c.handler {
			t.Errorf("%s with %q: %s, %s, %v; want %s, %s", c.file, c.text, got.Runtime, got.Handler, err, c.runtime, c.handler)
		}
	}
}

func TestNothingIsGuessedWithoutCode(t *testing.T) {
	empty := t.TempDir()
	for _, dir := range []string{empty, filepath.Join(empty, "nowhere"), folder(t, map[string]string{"sluice.yaml": ""})} {
		if _, err := workspace.Guess(dir); !fault.Is(err, fault.NotFound, "code") {
			t.Errorf("%s: %v", dir, err)
		}
	}
}
