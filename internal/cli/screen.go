package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"

	tea "charm.land/bubbletea/v2"

	"sluice/internal/cli/view"
	"sluice/internal/deployer/release"
)

// screen shows frames as they come. Close leaves the last one where it is.
type screen interface {
	show(view.Frame)
	close() error
}

// changes writes a line for each alias that stands otherwise than before, and for each new trouble.
type changes struct {
	*streams
	json    bool
	last    []release.Standing
	trouble string
}

func (c *changes) show(f view.Frame) {
	for i, s := range f.Standings {
		if len(c.last) > i && reflect.DeepEqual(s, c.last[i]) {
			continue
		}
		if c.json {
			_ = c.line(s) // a reader that went away misses changes
			continue
		}
		fmt.Fprintln(c.out, view.Line(s, f.Now))
	}
	if f.Trouble != "" && f.Trouble != c.trouble {
		fmt.Fprintln(c.err, f.Trouble)
	}
	c.last, c.trouble = slices.Clone(f.Standings), f.Trouble
}

func (c *changes) close() error { return nil }

// drawing draws each frame over the one before.
type drawing struct {
	program *tea.Program
	ended   chan error // what is wrong, when the program has ended
}

// openDrawing draws until it is closed or the context ends. It reads no keys, so an interrupt reaches the program.
func openDrawing(ctx context.Context, out io.Writer, options ...tea.ProgramOption) *drawing {
	options = append(options, tea.WithContext(ctx), tea.WithOutput(out), tea.WithInput(nil), tea.WithoutSignalHandler())
	d := &drawing{program: tea.NewProgram(&canvas{}, options...), ended: make(chan error, 1)}
	go func() {
		_, err := d.program.Run()
		if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
			err = nil
		}
		d.ended <- err
	}()
	return d
}

func (d *drawing) show(f view.Frame) {
	f.Trails = slices.Clone(f.Trails) // the caller's grow while this one is drawn
	d.program.Send(f)
}

func (d *drawing) close() error {
	d.program.Quit()
	return <-d.ended
}

// canvas is what a terminal shows. It implements tea.Model.
type canvas struct {
	width int // of the terminal, in cells; 0 if it is not known
	frame view.Frame
}

func (c *canvas) Init() tea.Cmd { return nil }

func (c *canvas) Update(message tea.Msg) (tea.Model, tea.Cmd) {
	switch m := message.(type) {
	case tea.WindowSizeMsg:
		c.width = m.Width
	case view.Frame:
		c.frame = m
	}
	return c, nil
}

func (c *canvas) View() tea.View { return tea.NewView(c.frame.Draw(c.width)) }
