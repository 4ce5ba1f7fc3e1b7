package server

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/internal/account"
)

// file writes a credentials file.
func file(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "credentials")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoadKeyMakesAFileThatOnlyTheOwnerCanRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "credentials")
	made, err := loadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	stat, err := os.Stat(path)
	if err != nil || stat.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", stat.Mode().Perm(), err)
	}
	again, err := loadKey(path)
	if err != nil || again.ID != made.ID || again.Secret != made.Secret {
		t.Errorf("loaded again: %v, %v; want the same pair", again, err)
	}
}

func TestLoadKeyReadsWhatPeopleWrite(t *testing.T) {
	want := account.Key{ID: "AKIA1", Secret: "a/b+c="}
	for name, content := range map[string]string{
		"as it is made": "[default]\naws_access_key_id = AKIA1\naws_secret_access_key = a/b+c=\n",
		"no spaces":     "[default]\naws_access_key_id=AKIA1\naws_secret_access_key=a/b+c=",
		"other order":   "aws_secret_access_key = a/b+c=\n\naws_access_key_id = AKIA1\n",
		"more lines":    "# mine\n[default]\nregion = us-east-1\naws_access_key_id = AKIA1\naws_secret_access_key = a/b+c=\n",
		"of Windows":    "[default]\r\naws_access_key_id = AKIA1\r\naws_secret_access_key = a/b+c=\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			path := file(t, content)
			for _, read := range []func(string) (account.Key, error){loadKey, readKey} {
				if got, err := read(path); err != nil || got != want {
					t.Errorf("read %q with %q, %v", got.ID, got.Secret, err)
				}
			}
			if after, err := os.ReadFile(path); err != nil || string(after) != content {
				t.Errorf("the file is now %q, %v", after, err)
			}
		})
	}
}

func TestLoadKeyRefusesAFileWithoutAPair(t *testing.T) {
	for name, content := range map[string]string{
		"empty":          "",
		"no secret":      "[default]\naws_access_key_id = AKIA1\n",
		"no ID":          "[default]\naws_secret_access_key = s\n",
		"an empty value": "[default]\naws_access_key_id = AKIA1\naws_secret_access_key =\n",
		"a comment":      "#aws_access_key_id = AKIA1\n#aws_secret_access_key = s\n",
	} {
		t.Run(name, func(t *testing.T) {
			path := file(t, content)
			if _, err := loadKey(path); err == nil || !strings.Contains(err.Error(), path) {
				t.Errorf("error %v does not name the file", err)
			}
			if after, err := os.ReadFile(path); err != nil || string(after) != content {
				t.Errorf("the file is now %q, %v", after, err)
			}
		})
	}
}

func TestLoadKeyTellsWhatItCannotReadOrWrite(t *testing.T) {
	folder := t.TempDir()
	if _, err := loadKey(folder); err == nil || !strings.Contains(err.Error(), "read the credentials") {
		t.Errorf("a folder: %v", err)
	}
	missing := filepath.Join(folder, "none", "credentials")
	if _, err := loadKey(missing); err == nil || !strings.Contains(err.Error(), "write the credentials") {
		t.Errorf("a folder that is missing: %v", err)
	}
}

func TestLoadKeyLeavesNothingBesidesItsFile(t *testing.T) {
	folder := t.TempDir()
	if _, err := loadKey(filepath.Join(folder, "credentials")); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder has %v, %v", entries, err)
	}
}

func TestReadKeyMakesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "credentials")
	if _, err := readKey(path); !os.IsNotExist(err) {
		t.Errorf("error %v, want not exist", err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Error("a file was made")
	}
}
