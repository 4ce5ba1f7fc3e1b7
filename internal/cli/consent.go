package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"sluice/internal/workspace"
)

// consentFlags are of commands that change something.
type consentFlags struct {
	Yes bool `short:"y" help:"Don't ask before an environment with confirm changes."`
}

// errDeclined ends a command that its person did not want.
var errDeclined = errors.New("you did not say yes: nothing was changed")

// consent asks the person before an environment that wants it changes. Without a person nobody is asked.
func (f *consentFlags) consent(ctx context.Context, s *streams, w *workspace.Workspace, what string) error {
	if f.Yes || !s.person || !w.Environment.Confirm {
		return nil
	}
	account, err := w.Account(ctx)
	if err != nil {
		return err
	}
	return s.question(ctx, fmt.Sprintf("%s %s of %s in account %s, on %s?", what, w.Environment.Name, w.Environment.Project, account, w.Where()))
}

// question waits for a yes. An interrupt ends the wait, and leaves the reader behind, which ends with the program.
func (s *streams) question(ctx context.Context, text string) error {
	fmt.Fprint(s.out, text+" [y/N] ")
	answered := make(chan string, 1)
	go func() {
		answer, _ := bufio.NewReader(s.in).ReadString('\n') // no answer is a no
		answered <- strings.ToLower(strings.TrimSpace(answer))
	}()
	select {
	case <-ctx.Done():
		fmt.Fprintln(s.out)
		return context.Cause(ctx)
	case answer := <-answered:
		if answer != "y" && answer != "yes" {
			return errDeclined
		}
		return nil
	}
}
