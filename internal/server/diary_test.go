package server_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// note is one thing that a hook did.
type note struct {
	Deployment, Execution, Event string
	Step                         step
	Detail                       string // the status that was reported, or the code of the refusal
}

type step string

const (
	begun      step = "begun"
	threw      step = "threw"
	accepted   step = "accepted"   // the report was
	refused    step = "refused"    // the report was
	unanswered step = "unanswered" // the report was
)

// diary is what hooks did, in order. It is a file because they are processes, which are killed.
type diary []note

// note adds a line with one write, which a process that is killed has made or not.
func (h *hook) note(d delivery, s step, detail string) {
	line, err := json.Marshal(note{d.Deployment, d.Execution, d.event, s, detail})
	if err != nil {
		os.Exit(1)
	}
	file, err := os.OpenFile(h.diary, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		os.Exit(1)
	}
	if _, err := file.Write(append(line, '\n')); err != nil {
		os.Exit(1)
	}
	file.Close()
}

// openFolder returns a folder beside a server's data, which its functions see too. It is there for all of the server's
// lives.
func openFolder(t *testing.T, data string) string {
	t.Helper()
	folder := data + ".open"
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// newDiary makes a diary that every process may write, whoever it runs as.
func newDiary(t *testing.T, data string) string {
	t.Helper()
	path := filepath.Join(openFolder(t, data), "diary")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// readDiary reads a diary, which is empty before the first note.
func readDiary(path string) (d diary, err error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	for line := range bytes.Lines(content) {
		var n note
		if err := json.Unmarshal(line, &n); err != nil {
			return nil, fmt.Errorf("the diary says %q: %w", line, err)
		}
		d = append(d, n)
	}
	return d, nil
}

// count counts the notes of a step, of one execution or, if it is empty, of all.
func (d diary) count(execution string, s step) (n int) {
	for _, each := range d {
		if each.Step == s && (execution == "" || each.Execution == execution) {
			n++
		}
	}
	return n
}

// of are the notes about one deployment.
func (d diary) of(deployment string) (found diary) {
	for _, each := range d {
		if each.Deployment == deployment {
			found = append(found, each)
		}
	}
	return found
}
