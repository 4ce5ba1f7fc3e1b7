package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"time"

	"sluice/internal/client"
	"sluice/internal/clock"
	"sluice/internal/server"
)

// Config says how the demo runs.
type Config struct {
	Out        io.Writer
	Terminal   bool   // Out can redraw a line; otherwise it gets a line for each second and for each change
	Executable string // this program's file, which the function runs
	Scale      clock.Scale
}

// How long the server may take to answer, on a machine that is busy with other things and unpacks a large program first,
// and to end.
const (
	answerTime = 2 * time.Minute
	closeTime  = 10 * time.Second
)

// errInterrupted is the end of a demo that was not seen through.
var errInterrupted = errors.New("interrupted before the deployment had ended")

// Run runs the demo. It fails if version 2 does not arrive, if version 3 is not stopped by its alarm and rolled back, if a
// request fails that did not meet version 3, and if ctx ends before all that is seen: then nothing is summed up.
func Run(ctx context.Context, cfg Config) (err error) {
	folder, err := os.MkdirTemp("", "sluice-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	s, err := server.Start(ctx, server.Config{
		Listen: "127.0.0.1:0", Data: folder, Scale: cfg.Scale, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
		defer cancel()
		err = errors.Join(err, s.Close(closing))
	}()
	d := &demo{Config: cfg, tally: newTally(), client: &client.Client{
		URL: s.URL(), Key: s.Key(),
		HTTP: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: callers + 2}, Timeout: answerTime},
	}}
	fmt.Fprintf(cfg.Out, introduction, s.URL(), callers, configName, cfg.Scale.Here(time.Minute))
	if err = d.prepare(ctx); err != nil {
		err = unlessEnded(ctx, fmt.Errorf("prepare the demo: %w", err))
	} else {
		err = d.run(ctx)
	}
	if err == nil && ctx.Err() != nil {
		err = errInterrupted
	}
	return err
}

const introduction = `A server on %s, %d callers of one alias.
%s: a minute takes %v.
Version 2 works, version 3 fails. An alarm on the alias's errors guards both.

`

type demo struct {
	Config
	client *client.Client
	tally  *tally
	screen screen
	began  time.Time // when the drawing did
}

// run releases both versions under load, draws it and sums it up.
func (d *demo) run(ctx context.Context) error {
	loading, stop := context.WithCancel(ctx)
	loaded := make(chan struct{})
	go func() {
		defer close(loaded)
		load(loading, d.client, functionPath+":"+aliasName+"/invocations", d.tally)
	}()
	r, err := d.show(ctx)
	stop()
	<-loaded
	if err != nil || ctx.Err() != nil {
		return err
	}
	r.total = d.tally.look()
	fmt.Fprint(d.Out, r.summary())
	return r.verdict()
}

// show releases with a screen to draw on.
func (d *demo) show(ctx context.Context) (r report, err error) {
	d.screen = &lines{out: d.Out}
	if d.Terminal {
		d.screen = openTerminal(ctx, d.Out)
	}
	defer func() { err = errors.Join(err, d.screen.close()) }()
	r, err = d.release(ctx)
	return r, unlessEnded(ctx, err)
}

// unlessEnded drops an error that only says that ctx has ended.
func unlessEnded(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}
