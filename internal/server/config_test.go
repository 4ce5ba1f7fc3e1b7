package server_test

import (
	"math"
	"strings"
	"testing"

	"sluice/internal/clock"
	"sluice/internal/fault"
	"sluice/internal/server"
)

func TestStartRefuses(t *testing.T) {
	tests := []struct {
		name   string
		change func(*server.Config)
		noun   string
		says   string
	}{
		{"a time scale that stands still", func(c *server.Config) { c.Scale = -1 }, "time scale", "out of range"},
		{"a time scale that is no number", func(c *server.Config) { c.Scale = clock.Scale(math.NaN()) }, "time scale", "out of range"},
		{"an account of eleven digits", func(c *server.Config) { c.Account = "12345678901" }, "account", "twelve digits"},
		{"an account of letters", func(c *server.Config) { c.Account = "12345678901a" }, "account", "twelve digits"},
		{"fewer processes than none", func(c *server.Config) { c.MaxProcesses = -1 }, "processes", "use 0"},
		{"no address", func(c *server.Config) { c.Listen = "" }, "address", "127.0.0.1:4566"},
		{"a shared folder that is not there", func(c *server.Config) { c.Share = []string{"/no/such/folder"} }, "share", "/no/such/folder"},
		{"the whole machine shared", func(c *server.Config) { c.Share = []string{"/"} }, "share", "of your own"},
		{"processes shared", func(c *server.Config) { c.Share = []string{"/proc/1"} }, "share", "of your own"},
		{"anyone from anywhere", func(c *server.Config) { c.AcceptAnyCredentials, c.Listen = true, "0.0.0.0:0" }, "address", "127.0.0.1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cfg := server.Config{Listen: "127.0.0.1:0", Data: t.TempDir()}
			tt.change(&cfg)
			s, err := server.Start(t.Context(), cfg)
			if !fault.Is(err, fault.Invalid, tt.noun) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error %v, want one about the %s that says %q", err, tt.noun, tt.says)
			}
			if err == nil {
				s.Close(t.Context())
			}
		})
	}
}

func TestStartSaysWhyItCanNot(t *testing.T) {
	running := startServer(t, nil)
	address := strings.TrimPrefix(running.URL, "http://")
	if _, err := server.Start(t.Context(), server.Config{Listen: address, Data: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "--listen") {
		t.Errorf("an address in use: %v", err)
	}
	data := t.TempDir()
	startServer(t, func(c *server.Config) { c.Data = data })
	if _, err := server.Start(t.Context(), server.Config{Listen: "127.0.0.1:0", Data: data}); !fault.Is(err, fault.Conflict, "data folder") {
		t.Errorf("a folder in use: %v", err)
	}
}
