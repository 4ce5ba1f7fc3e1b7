package host

import (
	"context"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestConfig(t *testing.T) {
	good := Config{Dir: "x", Packages: packages{}, Logs: discardLogs{}}
	full, err := good.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	if full.Limit < 16 || full.Limit < 4*runtime.NumCPU() || full.Total != 16*full.Limit || full.Wait != 2*time.Second || full.Keep != 10*time.Minute || full.Logger == nil {
		t.Errorf("defaults: %+v", full)
	}
	for name, change := range map[string]func(*Config){
		"Dir": func(c *Config) { c.Dir = "" }, "Packages": func(c *Config) { c.Packages = nil }, "Logs": func(c *Config) { c.Logs = nil },
		"Limit": func(c *Config) { c.Limit = -1 }, "Total": func(c *Config) { c.Total = -1 }, "Keep": func(c *Config) { c.Keep = -1 },
	} {
		bad := good
		change(&bad)
		if _, err := New(bad); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("without good %s: %v", name, err)
		}
	}
}

func TestAFolderThatCannotBeMade(t *testing.T) {
	file := t.TempDir() + "/file"
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := New(Config{Dir: file, Packages: packages{}, Logs: discardLogs{}}); err == nil {
		t.Error("New made folders below a file")
	}
}

// TestCloseLeavesNothing counts goroutines and processes' files after a busy life.
func TestCloseLeavesNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	files := openFiles()
	r := newRig(t, nil)
	for _, name := range []string{"h", "exit-at-start", "one-call"} {
		p := r.Pool(r.custom(t, name))
		ask(t, p, `1`)
		if err := p.Warm(t.Context(), 2); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(context.Background()); err != nil {
		t.Fatalf("second Close: %v", err)
	}
	eventually(t, "all goroutines end", func() bool { return runtime.NumGoroutine() <= before })
	eventually(t, "all files are closed", func() bool { return openFiles() <= files })
}

// openFiles counts this process's file descriptors.
func openFiles() int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(entries)
}

// TestMemoryIsWatchedWhileProcessesRun wants the peak of a process that is idle, which no call would measure.
func TestMemoryIsWatchedWhileProcessesRun(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	if err := p.Warm(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	var only *process
	r.processes.each(func(p *process) { only = p })
	only.peak.Store(0)
	eventually(t, "the memory is measured", func() bool { return only.peak.Load() > 0 })
	p.Retire()
	eventually(t, "nobody is watched", func() bool { return r.processes.each(func(*process) {}) == 0 })
}
