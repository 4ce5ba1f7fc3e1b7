package signal

import (
	"context"
	"errors"
	"sync"
)

// Max is how many signals an address takes that nobody has read.
const Max = 1000

var errTooMany = errors.New("too many signals")

// box is what has come to an address. It waits for the disk under its own lock: no address waits for another.
type box struct {
	mu        sync.Mutex
	read      bool // signals are what was kept
	forgotten bool // another box has taken its place, or none
	signals   [][]byte
	changed   chan struct{} // closed when there are more
}

// in does something with the box of a token, of which it has read what was kept.
func (a *Addresses) in(token string, do func(*box) error) error {
	for {
		b := a.box(token)
		if done, err := b.use(a.kept, token, do); done {
			return err
		}
	}
}

func (a *Addresses) box(token string) *box {
	a.mu.Lock()
	defer a.mu.Unlock()
	b := a.boxes[token]
	if b == nil {
		b = &box{changed: make(chan struct{})}
		a.boxes[token] = b
	}
	return b
}

// use is not done if the box was forgotten before it could be locked.
func (b *box) use(kept Kept, token string, do func(*box) error) (done bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.forgotten {
		return false, nil
	}
	if !b.read {
		if b.signals, err = kept.Read(token); err != nil {
			return true, err
		}
		b.read = true
	}
	return true, do(b)
}

// Next waits for the signal of a number, from 0 on, that comes to a token. It returns the cause if the context ends first.
func (a *Addresses) Next(ctx context.Context, token string, number int) ([]byte, error) {
	for {
		signals, changed, err := a.look(token)
		if err != nil {
			return nil, err
		}
		if len(signals) > number {
			return signals[number], nil
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-changed:
		}
	}
}

// Answered reports whether anything has come to a token.
func (a *Addresses) Answered(token string) bool {
	signals, _, err := a.look(token)
	return err == nil && len(signals) > 0
}

// look returns what has come to a token, and what is closed when there is more.
func (a *Addresses) look(token string) (signals [][]byte, changed <-chan struct{}, err error) {
	err = a.in(token, func(b *box) error {
		signals, changed = b.signals, b.changed
		return nil
	})
	return signals, changed, err
}

// Forget drops what came to a token.
func (a *Addresses) Forget(token string) error {
	b := a.box(token)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.forgotten {
		return nil
	}
	if err := a.kept.Remove(token); err != nil {
		return err
	}
	b.forgotten = true
	close(b.changed) // who waits looks into the box that comes next
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.boxes, token)
	return nil
}

// add keeps a signal before it tells of it.
func (a *Addresses) add(token string, signal []byte) error {
	return a.in(token, func(b *box) error {
		if len(b.signals) == Max {
			return errTooMany
		}
		if err := a.kept.Append(token, signal); err != nil {
			return err
		}
		b.signals = append(b.signals, signal)
		close(b.changed)
		b.changed = make(chan struct{})
		return nil
	})
}
