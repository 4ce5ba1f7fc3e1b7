// Package cli has the commands: one file each, with its flags, output and exit codes.
//
// A command asks other rooms and prints what they answer; it decides nothing itself. cmd/sluice calls Main, and so do
// the scripts in testdata.
package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"sluice/internal/demo"
)

// Exit codes. Commands that need others document them in their help.
const (
	exitOK    = 0
	exitError = 1 // the command failed; standard error says why and what to do
	exitUsage = 2 // the command line is not one that sluice knows
)

// commands are sluice's commands and flags.
type commands struct {
	Up      upCommand      `cmd:"" help:"Run a server."`
	Env     envCommand     `cmd:"" help:"Print the variables that point AWS tools to a server: eval \"$(sluice env)\"."`
	Demo    demoCommand    `cmd:"" help:"Watch traffic move to a new version, and an alarm stop a broken one."`
	Doctor  doctorCommand  `cmd:"" help:"Tell whether a server can work on this machine, and how well it keeps functions apart."`
	Version versionCommand `cmd:"" help:"Print sluice's version."`
}

// streams are where a command writes.
type streams struct{ out, err io.Writer }

// Main runs the command that args name and returns the exit code. An interrupt, a SIGTERM or a
// SIGHUP asks the command to end; the
// next one ends the program at once, whatever the command still waits for.
func Main(args []string, out, errs io.Writer) int {
	if os.Getenv("_HANDLER") == demo.Handler && os.Getenv("AWS_LAMBDA_RUNTIME_API") != "" {
		return exit(errs, demo.Bootstrap())
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop)
	code := -1
	parser, err := kong.New(&commands{},
		kong.Name("sluice"),
		kong.Description("Opens traffic to a new version of a function gradually, on your own machine."),
		kong.UsageOnError(),
		kong.Writers(out, errs),
		kong.Exit(func(c int) { code = c }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&streams{out, errs}),
		kong.Vars{"listen": defaultListen, "data": defaultData, "account": defaultAccount},
	)
	if err != nil {
		return exit(errs, err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if code >= 0 { // --help has been printed
		return code
	}
	if err != nil {
		fmt.Fprintf(errs, "sluice: %v\nRun `sluice --help` to see what it can do.\n", err)
		return exitUsage
	}
	return exit(errs, command.Run())
}

func exit(errs io.Writer, err error) int {
	if err == nil {
		return exitOK
	}
	fmt.Fprintf(errs, "sluice: %v\n", err)
	return exitError
}
