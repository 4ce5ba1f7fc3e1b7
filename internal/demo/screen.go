package demo

import (
	"context"
	"fmt"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"
)

// screen shows frames as they come. Close leaves the last one where it is.
type screen interface {
	draw(frame)
	every() time.Duration // how often it wants a frame
	close() error
}

// lines writes a line for each second, and for each frame that differs.
type lines struct {
	out  io.Writer
	last frame
}

func (l *lines) draw(f frame) {
	if f.elapsed-l.last.elapsed >= time.Second || f.differs(l.last) {
		fmt.Fprintln(l.out, f.line())
		l.last = f
	}
}

func (l *lines) every() time.Duration { return columnTime / 2 }
func (l *lines) close() error         { return nil }

// terminal draws each frame over the one before.
type terminal struct {
	program *tea.Program
	ended   chan error // what is wrong, when the program has ended
}

// openTerminal draws until it is closed or the context ends. It reads no keys, so an interrupt reaches the program.
func openTerminal(ctx context.Context, out io.Writer, options ...tea.ProgramOption) *terminal {
	options = append(options, tea.WithContext(ctx), tea.WithOutput(out), tea.WithInput(nil), tea.WithoutSignalHandler())
	t := &terminal{program: tea.NewProgram(&view{}, options...), ended: make(chan error, 1)}
	go func() {
		_, err := t.program.Run()
		t.ended <- unlessEnded(ctx, err)
	}()
	return t
}

func (t *terminal) draw(f frame)         { t.program.Send(f) }
func (t *terminal) every() time.Duration { return columnTime / 2 }

func (t *terminal) close() error {
	t.program.Quit()
	return <-t.ended
}
