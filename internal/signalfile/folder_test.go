package signalfile_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sluice/internal/signalfile"
)

// read returns the signals of a token as a server finds them that has just started.
func read(t *testing.T, path, token string) (texts []string) {
	t.Helper()
	f, err := signalfile.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	signals, err := f.Read(token)
	if err != nil {
		t.Fatal(err)
	}
	for _, signal := range signals {
		texts = append(texts, string(signal))
	}
	return texts
}

func TestSignalsOutliveTheServer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "signals")
	f, err := signalfile.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for token, signals := range map[string][]string{"a": {"one\ntwo", "", "\x00\xff"}, "b": {"other"}} {
		for _, signal := range signals {
			if err := f.Append(token, []byte(signal)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := read(t, path, "a"); !slices.Equal(got, []string{"one\ntwo", "", "\x00\xff"}) {
		t.Errorf("a has %q", got)
	}
	for range 2 { // the second time there is nothing to remove
		if err := f.Remove("a"); err != nil {
			t.Fatal(err)
		}
	}
	if got := read(t, path, "a"); got != nil {
		t.Errorf("a has %q after its removal", got)
	}
	if got := read(t, path, "b"); !slices.Equal(got, []string{"other"}) {
		t.Errorf("b has %q", got)
	}
}

func TestASignalCutShortIsNone(t *testing.T) {
	path := t.TempDir()
	f, err := signalfile.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Append("a", []byte("whole")); err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(filepath.Join(path, "a"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteString("aGFsZg"); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if got := read(t, path, "a"); !slices.Equal(got, []string{"whole"}) {
		t.Errorf("a has %q", got)
	}
}

func TestAFolderThatCanNotBe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := signalfile.Open(path); err == nil {
		t.Error("a file is opened as a folder")
	}
}
