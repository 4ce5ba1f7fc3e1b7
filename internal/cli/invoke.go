package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"sluice/internal/deployer/release"
	"sluice/internal/fault"
	"sluice/internal/workspace"
)

type invokeCommand struct {
	environmentFlags
	Payload   string `default:"{}" placeholder:"JSON" help:"What the function is called with; @FILE reads a file, - standard input."`
	Qualifier string `placeholder:"Q" help:"A version, another alias or $$LATEST, in place of the file's alias."`
}

// Help is shown below the command's usage.
func (*invokeCommand) Help() string {
	return "The answer goes to standard output. If the function fails, the exit code is 1 and the end of its log is on standard error."
}

// errFunction ends the call of a function that failed. Its answer has been printed.
var errFunction = errors.New("the function failed; its answer is above")

func (c *invokeCommand) Run(ctx context.Context, s *streams) error {
	payload, err := c.read(s)
	if err != nil {
		return err
	}
	w, err := c.openExisting(ctx, s, nil)
	if err != nil {
		return err
	}
	key, err := one(w)
	if err != nil {
		return err
	}
	answer, err := w.Runner.Invoke(ctx, w.Environment, key, c.Qualifier, payload)
	if err != nil {
		return err
	}
	if err := c.print(s, answer); err != nil {
		return err
	}
	if answer.Failed {
		if !c.JSON {
			fmt.Fprint(s.err, answer.Log)
		}
		return errFunction
	}
	return nil
}

// read returns the payload, which has to be JSON.
func (c *invokeCommand) read(s *streams) (payload []byte, err error) {
	switch path, isFile := strings.CutPrefix(c.Payload, "@"); {
	case c.Payload == "-":
		payload, err = io.ReadAll(s.in)
	case isFile:
		payload, err = os.ReadFile(path)
	default:
		payload = []byte(c.Payload)
	}
	if err != nil {
		return nil, fmt.Errorf("read the payload: %w", err)
	}
	if !json.Valid(payload) {
		return nil, fault.Errorf(fault.Invalid, "payload", `the payload is not JSON: write such as --payload '{"name": "x"}', or a text in double quotes`)
	}
	return payload, nil
}

// one is the function that is called.
func one(w *workspace.Workspace) (string, error) {
	var keys []string
	for _, f := range w.Environment.Functions {
		keys = append(keys, f.Key)
	}
	if len(keys) != 1 {
		return "", fault.Errorf(fault.Invalid, "function", "name one of the functions with --function: %s", strings.Join(keys, ", "))
	}
	return keys[0], nil
}

// answered is what a function answered, as JSON.
type answered struct {
	Version string          `json:"version"`
	Failed  bool            `json:"failed"`
	Payload json.RawMessage `json:"payload,omitempty"`
	Log     string          `json:"log,omitempty"`
}

func (c *invokeCommand) print(s *streams, a release.Answer) error {
	if !c.JSON {
		_, err := fmt.Fprintf(s.out, "%s\n", a.Payload)
		return err
	}
	payload := json.RawMessage(a.Payload)
	if !json.Valid(payload) {
		quoted, err := json.Marshal(string(a.Payload))
		if err != nil {
			return err
		}
		payload = quoted
	}
	return s.document(answered{a.Version, a.Failed, payload, a.Log})
}
