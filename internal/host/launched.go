package host

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// launched is how to start a version's processes, with the folders that they need.
type launched struct {
	*launch
	root  string // where the code is unpacked
	code  *code
	holds []*unpacked // the code, and the layers
}

// ready returns how to start a process, after unpacking the code. Many may be at it at once; nobody waits for another
// longer than for ctx. It is for the pool's environments: what it returns holds as long as there is one.
func (p *pool) ready(ctx context.Context) (*launch, string, error) {
	if known := p.launched.Load(); known != nil {
		return known.launch, known.root, nil
	}
	l, err := p.host.readied(ctx, p.version)
	if err != nil {
		return nil, "", err
	}
	if !p.launched.CompareAndSwap(nil, l) {
		l.release()
		l = p.launched.Load()
	} else if l.warning != "" {
		p.host.cfg.Logger.Warn(l.warning, "function", p.version.Function.Name, "version", p.version.Number.String())
	}
	return l.launch, l.root, nil
}

// forget lets go of the folders. No environment may be left, and so no process. The caller holds the lock.
func (p *pool) forget() {
	if l := p.launched.Swap(nil); l != nil {
		l.release()
	}
}

// readied unpacks a version's code and its layers, and finds out how to start it.
func (h *Host) readied(ctx context.Context, v *function.Version) (*launched, error) {
	root, err := h.code.use(ctx, v.Code.SHA256)
	if err != nil {
		return nil, fault.Errorf(fault.Internal, "package", "unpack the code of %s: %w", v.ARN(), err)
	}
	l := &launched{root: root.path, code: h.code, holds: []*unpacked{root}}
	layers, err := h.layers(ctx, v)
	if err != nil {
		l.release()
		return nil, err
	}
	opt := ""
	if layers != nil {
		opt = layers.path
		l.holds = append(l.holds, layers)
	}
	if l.launch, err = h.launch(ctx, v, l.root, opt); err != nil {
		l.release()
		return nil, err
	}
	return l, nil
}

func (l *launched) release() {
	if l.launch != nil && l.bytecode != "" {
		l.code.removeBytecode(l.bytecode)
	}
	for _, u := range l.holds {
		l.code.release(u)
	}
}
