package cli

import (
	"context"
	"fmt"

	"sluice/internal/clock"
	"sluice/internal/deployer/release"
	"sluice/internal/workspace"
)

const defaultFile = "sluice.yaml"

// environmentFlags are what all commands about an environment take.
type environmentFlags struct {
	Environment string   `arg:"" optional:"" name:"env" help:"The environment; may be left out if the file has one."`
	File        string   `default:"${file}" help:"The project's file."`
	Function    []string `sep:"none" placeholder:"KEY" help:"Only this function. May be given several times."`
	JSON        bool     `name:"json" help:"Print JSON."`
	TimeScale   float64  `default:"1" env:"SLUICE_TIME_SCALE" help:"How many seconds of the cloud pass in one second: waits are divided by it. sluice env sets it."`
}

// takeOverFlag is of commands that another run's lease stops.
type takeOverFlag struct {
	TakeOver bool `help:"Go on although another run holds an alias: it is gone for sure."`
}

// Validate is asked before Run.
func (f *environmentFlags) Validate() error {
	if f.TimeScale == 0 {
		return errStandstill
	}
	return clock.Scale(f.TimeScale).Validate()
}

// open connects to the environment, for what needs its code and settings.
func (f *environmentFlags) open(ctx context.Context, s *streams, observe func(release.Event)) (*workspace.Workspace, error) {
	return workspace.Open(ctx, f.ask(s, observe))
}

// openExisting connects to the environment, for what leaves code and settings alone.
func (f *environmentFlags) openExisting(ctx context.Context, s *streams, observe func(release.Event)) (*workspace.Workspace, error) {
	ask := f.ask(s, observe)
	ask.Existing = true
	return workspace.Open(ctx, ask)
}

func (f *environmentFlags) ask(s *streams, observe func(release.Event)) workspace.Ask {
	return workspace.Ask{
		File: f.File, Environment: f.Environment, Functions: f.Function, Scale: clock.Scale(f.TimeScale), Observe: observe, Output: s.err,
	}
}

// heading says what a person is about to read of, and where that is.
func heading(s *streams, w *workspace.Workspace) {
	fmt.Fprintf(s.out, "%s %s on %s\n\n", w.Environment.Project, w.Environment.Name, w.Where())
}
