package host

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"sluice/internal/function"
)

// Host runs versions of functions as processes. It implements function.Host. Its methods may be called by many
// goroutines at once.
type Host struct {
	cfg          Config
	code         *code
	room         *room
	ahead        *ahead
	spawner      *spawner
	processes    *processes
	interpreters *interpreters
	confinement  *confinement
	running      sync.WaitGroup // all goroutines save the spawner's
	stopping     chan struct{}
	closing      sync.Once
	null         *os.File
	startLimit   time.Duration // of an environment's first start

	runDir, runtimeDir string
}

var _ function.Host = (*Host)(nil)

// AWS's limits for the first start of an environment's process: of one on demand, and of one that is provisioned.
const (
	startLimit       = 10 * time.Second
	provisionedStart = 130 * time.Second
)

// New makes a host and its folders. No process runs yet; Close must be called.
func New(cfg Config) (*Host, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return nil, fmt.Errorf("host: %w", err)
	}
	h := &Host{
		cfg: cfg, room: newRoom(cfg.Total), ahead: newAhead(), processes: newProcesses(), stopping: make(chan struct{}),
		interpreters: newInterpreters(), startLimit: startLimit,
		runDir: filepath.Join(dir, "run"), runtimeDir: filepath.Join(dir, "runtime"),
	}
	if h.code, err = newCode(filepath.Join(dir, "code"), cfg.Packages); err != nil {
		return nil, fmt.Errorf("host: open the code folder: %w", err)
	}
	if err := h.prepareFolders(); err != nil {
		return nil, fmt.Errorf("host: prepare the folders: %w", err)
	}
	if h.null, err = os.Open(os.DevNull); err != nil {
		return nil, fmt.Errorf("host: %w", err)
	}
	h.spawner = newSpawner()
	if h.confinement, err = newConfinement(cfg, h); err != nil {
		h.spawner.close()
		return nil, errors.Join(err, h.null.Close())
	}
	h.running.Go(func() { h.processes.watch(h.stopping) })
	h.running.Go(func() { h.processes.watchDisk(h.stopping) })
	h.running.Go(h.reap)
	h.running.Go(func() {
		if err := h.code.removeOthers(h.stopping); err != nil {
			cfg.Logger.Warn("unpacked code of a server before could not be removed", "error", err)
		}
	})
	return h, nil
}

// prepareFolders removes the environments of a server that was killed, and writes the runtimes' bootstraps.
func (h *Host) prepareFolders() error {
	err := errors.Join(os.RemoveAll(h.runDir), os.MkdirAll(h.runDir, 0o700), os.MkdirAll(h.runtimeDir, 0o755))
	if err != nil {
		return err
	}
	return errors.Join(writeAccounts(h.runtimeDir), writeBootstraps(h.runtimeDir))
}

// dir is the host's own folder.
func (h *Host) dir() string { return filepath.Dir(h.runDir) }

// Pool returns a new, empty pool; see function.Host. One that is not used costs nothing and need not be retired.
func (h *Host) Pool(v *function.Version) function.Pool {
	life, end := context.WithCancel(context.Background()) // of which nothing is left when nobody has the pool any more
	return &pool{host: h, version: v, life: life, end: end}
}

// Unpack prepares a package before its first call, and returns when its files are there. A package that can't be
// unpacked is fault.Invalid "package".
func (h *Host) Unpack(ctx context.Context, sha256 string) error {
	u, err := h.code.use(ctx, sha256)
	if err == nil {
		h.code.release(u)
	}
	return err
}

// makeRoom ends the idle environment that was used least recently, if a call of another version needs its place.
func (h *Host) makeRoom() {
	if !h.room.hungry.Load() {
		return
	}
	var owner *pool
	var oldest *environment
	for _, p := range h.room.pools() {
		p.mu.Lock()
		for _, e := range p.idle {
			if oldest == nil || e.lastUsed.Before(oldest.lastUsed) {
				owner, oldest = p, e
			}
		}
		p.mu.Unlock()
	}
	if owner != nil {
		owner.release(func(e *environment) bool { return e == oldest })
	}
}

// reap ends environments that have been idle for too long, or are too old.
func (h *Host) reap() {
	ticker := time.NewTicker(max(min(h.cfg.Keep, h.cfg.MaxAge)/10, 10*time.Millisecond))
	defer ticker.Stop()
	for {
		select {
		case <-h.stopping:
			return
		case now := <-ticker.C:
			for _, p := range h.room.pools() {
				p.expire(now.Add(-h.cfg.Keep))
				p.renew()
			}
		}
	}
}

// Close lets no call in any more, waits for those that run until ctx ends, kills what is left then, and returns when no
// process and no goroutine of the host is left. It may be called twice.
func (h *Host) Close(ctx context.Context) error {
	h.closing.Do(func() {
		close(h.stopping)
		for _, p := range h.room.close() {
			p.close()
		}
		h.awaitEmpty(ctx)
		h.interpreters.close()
		h.running.Wait()
		h.code.close()
		h.confinement.close()
		h.spawner.close()
		_ = h.null.Close()
	})
	return nil
}

// awaitEmpty waits until no environment is left. When ctx has ended it kills processes, again and again, since a call
// may start another one instead.
func (h *Host) awaitEmpty(ctx context.Context) {
	select {
	case <-h.room.empty:
		return
	case <-ctx.Done():
	}
	h.interpreters.close()
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		h.processes.each((*process).kill)
		select {
		case <-h.room.empty:
			return
		case <-ticker.C:
		}
	}
}
