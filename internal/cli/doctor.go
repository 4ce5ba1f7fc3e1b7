package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"sluice/internal/doctor"
)

type doctorCommand struct {
	Listen string `default:"${listen}" help:"The address that a server is to listen on."`
	Data   string `default:"${data}" type:"path" help:"The folder that a server is to keep everything in."`
	JSON   bool   `name:"json" help:"Print the findings as JSON; the state of each is yes, partly or no."`
}

// Help is shown below the command's usage.
func (*doctorCommand) Help() string {
	return "The exit code is 0 if a server can work here, and 1 if something is missing that it needs."
}

// Validate is asked before Run.
func (c *doctorCommand) Validate() error { return checkFolder(c.Data) }

func (c *doctorCommand) Run(ctx context.Context, s *streams) error {
	findings := doctor.Examine(ctx, doctor.Plan{Listen: c.Listen, Data: c.Data})
	if c.JSON {
		if err := s.document(findings); err != nil {
			return err
		}
	} else {
		drawFindings(s.out, findings, isTerminal(s.out) && os.Getenv("NO_COLOR") == "")
	}
	return missing(findings)
}

// missing names what a server needs and does not have.
func missing(findings []doctor.Finding) error {
	var subjects []string
	for _, f := range findings {
		if f.Needed && f.State == doctor.No {
			subjects = append(subjects, f.Subject)
		}
	}
	if len(subjects) == 0 {
		return nil
	}
	return fmt.Errorf("no server can work here: see %s above", strings.Join(subjects, ", "))
}

// marks are how a state is drawn, and its colour on a terminal.
var marks = map[string]struct{ mark, colour string }{
	doctor.Yes: {"✓", "32"}, doctor.Partly: {"~", "33"}, doctor.No: {"✗", "31"},
}

// drawFindings writes a line for each finding, and below it what to do.
func drawFindings(out io.Writer, findings []doctor.Finding, colours bool) {
	width := 0
	for _, f := range findings {
		width = max(width, len(f.Subject))
	}
	for _, f := range findings {
		mark := marks[f.State].mark
		if colours {
			mark = "\x1b[" + marks[f.State].colour + "m" + mark + "\x1b[0m"
		}
		fmt.Fprintf(out, "%s %-*s  %s\n", mark, width, f.Subject, f.Detail)
		if f.Advice != "" {
			fmt.Fprintf(out, "  %-*s  → %s\n", width, "", f.Advice)
		}
	}
}
