// Package cli has the commands: one file each, with its flags, output and exit codes.
//
// A command asks other rooms and prints what they answer; it decides nothing itself. cmd/sluice calls Main, and so do
// the scripts in testdata.
package cli

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"sluice/internal/demo"
)

// commands are sluice's commands and flags.
type commands struct {
	Up     upCommand     `cmd:"" group:"server" help:"Run a server."`
	Env    envCommand    `cmd:"" group:"server" help:"Print the variables that point AWS tools to a server: eval \"$(sluice env)\"."`
	Demo   demoCommand   `cmd:"" group:"server" help:"Watch traffic move to a new version, and an alarm stop a broken one."`
	Doctor doctorCommand `cmd:"" group:"server" help:"Tell whether a server can work on this machine, and how well it keeps functions apart."`

	Init     initCommand     `cmd:"" group:"release" help:"Write a sluice.yaml, for a folder of code or for a function that exists."`
	Schema   schemaCommand   `cmd:"" group:"release" help:"Print the JSON schema of sluice.yaml, for editors."`
	Plan     planCommand     `cmd:"" group:"release" help:"Show what a deploy would change. Exit code 2 when something would."`
	Deploy   deployCommand   `cmd:"" group:"release" help:"Send code, publish it, and move the aliases to it."`
	Status   statusCommand   `cmd:"" group:"release" help:"Show where each alias stands."`
	Watch    watchCommand    `cmd:"" group:"release" help:"Draw where each alias stands, as it changes."`
	Promote  promoteCommand  `cmd:"" group:"release" help:"Go the rest of the way at once, without waits and checks."`
	Pause    pauseCommand    `cmd:"" group:"release" help:"Hold the release where it is."`
	Resume   resumeCommand   `cmd:"" group:"release" help:"Let a paused release go on; the next deploy moves it."`
	Abort    abortCommand    `cmd:"" group:"release" help:"Send all aliases of the release back to where they came from."`
	Rollback rollbackCommand `cmd:"" group:"release" help:"Point the aliases to the version before, without an upload."`
	Pin      pinCommand      `cmd:"" group:"release" help:"Point the aliases by hand, to one version or two."`
	Versions versionsCommand `cmd:"" group:"release" help:"List versions with who, when and git commit, or what differs between two."`
	Prune    pruneCommand    `cmd:"" group:"release" help:"Delete old versions, never one that an alias names."`
	Invoke   invokeCommand   `cmd:"" group:"release" help:"Call a function through its alias."`
	Logs     logsCommand     `cmd:"" group:"release" help:"Print what functions logged."`

	Version versionCommand `cmd:"" help:"Print sluice's version."`
}

// groups are the headings of commands in the help.
var groups = []kong.Group{
	{Key: "server", Title: "A server on this machine"},
	{Key: "release", Title: "Releases with sluice.yaml, on a server or on AWS"},
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
	person   bool // somebody sits before both in and out, and can be asked
}

// Main runs the command that args name and returns the exit code. An interrupt, a SIGTERM or a SIGHUP asks the command
// to end; the next one ends the program at once, whatever the command still waits for.
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
		kong.Description("Opens traffic to a new version of a function gradually, and closes it when an alarm rings."),
		kong.UsageOnError(),
		kong.Writers(out, errs),
		kong.Exit(func(c int) { code = c }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&streams{in: os.Stdin, out: out, err: errs, person: isTerminal(os.Stdin) && isTerminal(out)}),
		kong.ExplicitGroups(groups),
		kong.Vars{"listen": defaultListen, "data": defaultData, "account": defaultAccount, "file": defaultFile},
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
		return exitOfUsage(errs, err)
	}
	return exit(errs, command.Run())
}
