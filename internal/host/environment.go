package host

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"sluice/internal/function"
	"sluice/internal/host/sandbox"
)

// environment is what AWS calls an execution environment: a folder for temporary files, a log stream, and one process
// at a time, which runs one call at a time. When its process ends, the next call starts another one in it. Only the
// goroutine that took it from its pool may use it.
type environment struct {
	pool    *pool
	id      string // 32 hex digits
	stream  string // the log stream's name
	journal *journal
	process *process // nil before the first, and after one that has ended
	// tried is set once the first start of a process was tried. That one has its own time limit; later ones take
	// from their call's.
	tried    bool
	initTime time.Duration // of the first start, until a report has told it
	lastUsed time.Time
	// provisioned environments are kept by their pool's provision: since is when they were ready, used says that a call
	// has ended well in them.
	provisioned bool
	since       time.Time
	used        bool
	message     message
	user        int         // that its processes run as on the machine; 0 is the server's
	timer       *time.Timer // ends a call of watched
	watched     *process
	platform    platform
	born        time.Time
}

func newEnvironment(p *pool) *environment {
	var random [16]byte
	fill(random[:])
	id := hex.EncodeToString(random[:])
	return &environment{
		pool: p, id: id, platform: platform{version: p.version}, born: time.Now(),
		stream: fmt.Sprintf("%s/[%s]%s", time.Now().UTC().Format("2006/01/02"), p.version.Number, id),
	}
}

// dir is the folder that stands in for /tmp.
func (e *environment) dir() string { return filepath.Join(e.pool.host.runDir, e.id) }

// initialization is AWS's word for what made the environment.
func (e *environment) initialization() string {
	if e.provisioned {
		return "provisioned-concurrency"
	}
	return "on-demand"
}

// old reports whether another environment should take its place: the keys in its process do not last for ever.
func (e *environment) old() bool { return time.Since(e.born) >= e.pool.host.cfg.MaxAge }

// live reports whether a call would find a process.
func (e *environment) live() bool { return e.process != nil && e.process.alive() }

// prepare readies the environment for a call before there is one. A function that can't start is no error: the call
// will find out, as on AWS. Nor is it one that the pool was retired meanwhile.
func (e *environment) prepare(ctx context.Context) error {
	if e.live() || e.tried {
		return nil
	}
	if _, err := e.firstStart(ctx, e.pool.life); !errors.Is(err, errUnwanted) {
		return err
	}
	return nil
}

// errUnwanted says that nobody wants the process any more that was being started.
var errUnwanted = errors.New("the version is retired")

// firstStart starts the environment's first process, whose time is not the call's, and gives that up when wanted ends, with
// errUnwanted. Another error is the server's. ctx is for unpacking the code.
func (e *environment) firstStart(ctx, wanted context.Context) (startFailure, error) {
	l, root, err := e.pool.ready(ctx)
	if err != nil {
		return startFailure{}, err
	}
	if err := e.open(l); err != nil {
		return startFailure{}, err
	}
	e.tried = true
	began := time.Now()
	limit, cancel := context.WithTimeout(wanted, e.startLimit())
	defer cancel()
	failed, err := e.start(limit, l, root)
	switch took := time.Since(began); {
	case err != nil:
	case failed.status != "" && wanted.Err() != nil:
		e.tried = false
		return failed, errUnwanted
	case failed.status != "":
		e.startReport("init", took, failed)
	default:
		e.initTime = took
	}
	return failed, err
}

// startLimit is how long the first start may take. AWS gives one that is provisioned the function's own time, but
// provisionedStart at least (Lambda Developer Guide, "Lambda execution environment lifecycle").
func (e *environment) startLimit() time.Duration {
	if e.provisioned {
		return max(provisionedStart, e.timeout())
	}
	return e.pool.host.startLimit
}

// open makes the environment's folder and log stream.
func (e *environment) open(l *launch) error {
	if e.journal != nil {
		return nil
	}
	if err := e.makeFolder(); err != nil {
		return fmt.Errorf("make the environment's folder: %w", err)
	}
	v := e.pool.version
	stream, err := e.pool.host.cfg.Logs.Stream(v.Function.Account, v.Function.Region, logGroup(v), e.stream)
	if err != nil {
		return fmt.Errorf("open the log stream: %w", err)
	}
	e.journal = &journal{stream: stream}
	e.journal.line(e.platform.initStart())
	if l.warning != "" {
		e.journal.line(e.platform.warning(l.warning))
	}
	return nil
}

// makeFolder makes the folder for temporary files, which belongs to whom the processes run as.
func (e *environment) makeFolder() error {
	if err := os.MkdirAll(e.dir(), 0o700); err != nil {
		return err
	}
	if e.user = e.pool.host.confinement.newUser(); e.user == 0 {
		return nil
	}
	return os.Chown(e.dir(), e.user, e.user)
}

// start starts a process and waits until it asks for a call. If it does not, it is killed.
func (e *environment) start(ctx context.Context, l *launch, root string) (startFailure, error) {
	spec := e.pool.host.confinement.spec(e, l, root)
	p, err := e.pool.host.spawn(spec, e, func() { e.pool.died(e) })
	var entrypoint *entrypointError
	switch {
	case errors.As(err, &entrypoint):
		return startFailure{status: "error", errorType: typeEntrypoint, how: l.entrypoint(root, entrypoint)}, nil
	case err != nil:
		return startFailure{}, err
	}
	e.process = p
	failed := p.awaitReady(ctx)
	if failed.status == "" {
		var census sandbox.Census
		p.sample(&census)
		census.Close()
		return failed, nil
	}
	e.stop()
	return failed, nil
}

// stop kills the process, if there is one, and waits for its end.
func (e *environment) stop() {
	if e.process == nil {
		return
	}
	e.process.end()
	e.process = nil
}

// close ends the environment. It is not used again.
func (e *environment) close() {
	e.stop()
	if e.journal == nil {
		return
	}
	e.journal.finishLine()
	h := e.pool.host
	if err := e.journal.stream.Close(); err != nil {
		h.cfg.Logger.Warn("close a log stream", "function", e.pool.version.Function.Name, "error", err)
	}
	if err := os.RemoveAll(e.dir()); err != nil {
		h.cfg.Logger.Warn("remove an environment's folder", "function", e.pool.version.Function.Name, "error", err)
	}
}

func (e *environment) startReport(phase string, took time.Duration, failed startFailure) {
	e.journal.finishLine()
	e.journal.line(e.platform.startFailed(phase, took, failed))
}

// logGroup is the group that a version's lines go to.
func logGroup(v *function.Version) string {
	if v.Config.LogGroup != "" {
		return v.Config.LogGroup
	}
	return "/aws/lambda/" + v.Function.Name
}
