package server_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"sluice/internal/server"
)

func TestFindAddress(t *testing.T) {
	data := t.TempDir()
	if _, err := server.FindAddress(data); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("before the first start: %v", err)
	}
	s, err := server.Start(t.Context(), server.Config{Listen: "127.0.0.1:0", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	found, err := server.FindAddress(data)
	if err != nil || found.URL != s.URL() || found.Key != s.Key() {
		t.Errorf("%+v, %v", found, err)
	}
	if err := s.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(data, "credentials"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	again, err := server.Start(t.Context(), server.Config{Listen: "127.0.0.1:0", Data: data})
	if err != nil || again.Key() != found.Key {
		t.Fatalf("another start has other keys: %v", err)
	}
	if err := again.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
}
