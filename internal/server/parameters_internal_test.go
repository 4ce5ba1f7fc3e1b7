package server

import (
	"os"
	"path/filepath"
	"testing"
)

func TestTheKeyOfSecureParametersIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), sealFile)
	first, err := loadSealKey(path)
	if err != nil {
		t.Fatal(err)
	}
	again, err := loadSealKey(path)
	if err != nil || again != first {
		t.Errorf("the second time it is another one, %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode is %v, %v", info.Mode(), err)
	}
	if other, err := loadSealKey(filepath.Join(t.TempDir(), sealFile)); err != nil || other == first {
		t.Errorf("another server has the same key, %v", err)
	}
}

func TestABrokenKeyOfSecureParametersIsNotReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), sealFile)
	if err := os.WriteFile(path, []byte("half a k"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := loadSealKey(path); err == nil {
		t.Error("it is taken for a key")
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "half a k" {
		t.Errorf("the file holds %q, %v", content, err)
	}
}
