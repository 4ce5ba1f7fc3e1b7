package host

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"sluice/internal/host/sandbox"
)

// SandboxMode says whether functions are kept apart.
type SandboxMode string

// The sandbox's modes. Empty means SandboxAuto.
const (
	// SandboxAuto keeps functions apart as far as the machine can; `sluice doctor` tells how far that is.
	SandboxAuto SandboxMode = "auto"
	// SandboxOff runs functions as the server's user, with all that this user may do.
	SandboxOff SandboxMode = "off"
	// SandboxRequire starts no server where functions can't be kept apart entirely.
	SandboxRequire SandboxMode = "require"
)

func (m SandboxMode) validate() error {
	switch m {
	case "", SandboxAuto, SandboxOff, SandboxRequire:
		return nil
	}
	return fmt.Errorf("host: sandbox %q is not one of auto, off and require", string(m))
}

// confinement knows what functions may see and use, and starts them so.
type confinement struct {
	host *Host
	off  bool
	// found is closed when support and launcher are set: what the machine can do takes a moment to find out.
	found    chan struct{}
	support  sandbox.Support
	launcher *sandbox.Launcher // nil if processes are started as they are
	common   []sandbox.Entry   // what every function sees
	// processes is how many each environment may have.
	processes int
	ending    sync.Once
}

// newConfinement begins to find out what the machine can do, and waits for that only if it is required.
func newConfinement(cfg Config, h *Host) (*confinement, error) {
	c := &confinement{host: h, off: cfg.Sandbox == SandboxOff, found: make(chan struct{}), processes: maxProcesses}
	if c.off {
		close(c.found)
		return c, nil
	}
	h.running.Go(func() {
		defer close(c.found)
		c.explore(cfg)
	})
	if cfg.Sandbox != SandboxRequire {
		return c, nil
	}
	<-c.found
	if err := c.support.Namespaces; err != nil {
		c.close()
		return nil, fmt.Errorf("functions can't be kept apart on this machine: %w: `sluice doctor` tells more, "+
			"and --sandbox=auto uses what there is", err)
	}
	return c, nil
}

func (c *confinement) explore(cfg Config) {
	c.support = sandbox.Probe(c.host.spawner.start)
	if !c.support.Limits {
		return
	}
	c.launcher = sandbox.NewLauncher(c.support, c.host.spawner.start)
	c.common = c.commonEntries(cfg)
}

// commonEntries are the system, and what is hidden and shared. An executable that runs as a function starts the
// server's own; there is no secret in that.
func (c *confinement) commonEntries(cfg Config) []sandbox.Entry {
	entries := sandbox.System()
	hidden := append([]string{c.host.dir()}, cfg.Private...)
	if home, err := os.UserHomeDir(); err == nil && filepath.IsAbs(home) && filepath.Clean(home) != "/" {
		hidden = append(hidden, home)
	}
	for _, folder := range hidden {
		if real, err := filepath.EvalSymlinks(folder); err == nil {
			if abs, err := filepath.Abs(real); err == nil {
				entries = append(entries, sandbox.Entry{Path: abs, Kind: sandbox.Empty})
			}
		}
	}
	if self, err := os.Executable(); err == nil {
		entries = append(entries, sandbox.Resolved(self))
	}
	for _, path := range cfg.Shown {
		entries = append(entries, sandbox.Resolved(path))
	}
	for _, path := range cfg.Share {
		shared := sandbox.Resolved(path)
		shared.Kind = sandbox.Writable
		entries = append(entries, shared)
	}
	return entries
}

// separate reports whether functions see files where they are on AWS.
func (c *confinement) separate() bool {
	<-c.found
	return c.launcher != nil && c.support.Separate()
}

// newUser returns whom a new environment's processes run as, 0 for the server's user. Only root can choose.
func (c *confinement) newUser() int {
	if c.separate() && c.support.Root {
		return sandbox.NewUser()
	}
	return 0
}

func (c *confinement) close() {
	<-c.found
	c.ending.Do(func() {
		if c.launcher != nil {
			c.launcher.Close()
		}
	})
}
