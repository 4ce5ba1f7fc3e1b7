package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"sluice/internal/clock"
	"sluice/internal/server"
)

const (
	defaultListen  = "127.0.0.1:4566"
	defaultData    = ".sluice"
	defaultAccount = "000000000000"
)

// stopGrace is how long running invocations may take to end when the server is asked to stop.
const stopGrace = 10 * time.Second

// errStandstill refuses what the rooms below would take for no scale at all.
var errStandstill = errors.New("time scale 0 is out of range: time would stand still")

type upCommand struct {
	Listen               string   `default:"${listen}" help:"Address to listen on."`
	Data                 string   `default:"${data}" type:"path" help:"Folder that holds everything; made if it is missing."`
	TimeScale            float64  `default:"1" help:"How many seconds of the cloud pass in one second: at 60 a ten-minute rollout takes ten seconds."`
	Account              string   `default:"${account}" help:"The account's twelve digits."`
	AcceptAnyCredentials bool     `help:"Accept any well-formed signature. Only on a loopback address."`
	MaxProcesses         int      `default:"0" help:"Processes that one version may have at once; 0 chooses by the machine's cores."`
	Sandbox              string   `default:"auto" enum:"auto,off,require" help:"Keep functions apart from this machine and each other: auto as far as it can, off not at all, require entirely or not start. See sluice doctor."`
	Share                []string `sep:"none" placeholder:"PATH" help:"File or folder that functions see, and change if its owner lets everybody. May be given several times."`
	Verbose              bool     `short:"v" help:"Log each request."`
}

// Validate is asked before Run.
func (c *upCommand) Validate() error { return checkFolder(c.Data) }

func (c *upCommand) Run(ctx context.Context, s *streams) error {
	if c.TimeScale == 0 {
		return errStandstill
	}
	level := slog.LevelInfo
	if c.Verbose {
		level = slog.LevelDebug
	}
	srv, err := server.Start(ctx, server.Config{
		Listen: c.Listen, Data: c.Data, Scale: clock.Scale(c.TimeScale), Account: c.Account,
		AcceptAnyCredentials: c.AcceptAnyCredentials, MaxProcesses: c.MaxProcesses,
		Sandbox: c.Sandbox, Share: c.Share,
		Logger: slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: level})),
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "Sluice listens on %s and keeps its data in %s.\n", srv.URL(), c.Data)
	fmt.Fprintf(s.out, "In another terminal: eval \"$(sluice env%s)\"\n", dataFlag(c.Data))
	select {
	case <-ctx.Done():
		fmt.Fprintf(s.err, "Stopping: calls that run have %v to end. Interrupt again to stop at once.\n", stopGrace)
	case err = <-srv.Failed():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopGrace)
	defer cancel()
	return errors.Join(err, srv.Close(stopping))
}
