// Command sluice opens traffic to a new version of a function gradually. `sluice --help` lists what it can do.
package main

import (
	"os"

	"sluice/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr)) }
