package server_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/server"
)

func TestFindAddress(t *testing.T) {
	data := t.TempDir()
	if _, err := server.FindAddress(t.Context(), data); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("before the first start: %v", err)
	}
	s, err := server.Start(t.Context(), server.Config{Listen: "127.0.0.1:0", Data: data, Scale: 60})
	if err != nil {
		t.Fatal(err)
	}
	found, err := server.FindAddress(t.Context(), data)
	if err != nil || found.URL != s.URL() || found.Key != s.Key() || found.Scale != 60 {
		t.Errorf("%+v, %v", found, err)
	}
	if err := s.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	if _, err := server.FindAddress(t.Context(), data); !fault.Is(err, fault.Unavailable, "server") {
		t.Errorf("after its end: %v", err)
	}
	info, err := os.Stat(filepath.Join(data, "credentials"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	awaited := make(chan server.Address, 1)
	go func() {
		a, err := server.AwaitAddress(t.Context(), data)
		if err != nil {
			t.Error(err)
		}
		awaited <- a
	}()
	again, err := server.Start(t.Context(), server.Config{Listen: "127.0.0.1:0", Data: data})
	if err != nil || again.Key() != found.Key {
		t.Fatalf("another start has other keys: %v", err)
	}
	if a := <-awaited; a.URL != again.URL() || a.Scale != 1 {
		t.Errorf("the awaited server is at %s and runs %v times as fast, want %s and 1", a.URL, a.Scale, again.URL())
	}
	if err := again.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
}
