package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"sluice/internal/fault"
	"sluice/internal/server"
)

type envCommand struct {
	Data   string `default:"${data}" type:"path" help:"The server's data folder."`
	Proxy  bool   `help:"Also lead HTTPS requests to the addresses that stages and function URLs have on AWS to the server, as a proxy. It refuses all other hosts."`
	Region string `default:"us-east-1" help:"The region that AWS tools are to use, such as eu-central-1."`
	JSON   bool   `name:"json" help:"Print the variables as one JSON object, for programs."`
}

// startTime is how long env waits for a server that may have been started just before.
const startTime = 3 * time.Second

// Validate is asked before Run.
func (c *envCommand) Validate() error { return checkFolder(c.Data) }

func (c *envCommand) Run(ctx context.Context, s *streams) error {
	address, err := c.await(ctx)
	if err != nil {
		if !c.JSON {
			// In eval "$(sluice env)" nobody looks at the exit code: this makes the eval fail.
			fmt.Fprintln(s.out, "false")
		}
		return err
	}
	variables := [][2]string{
		{"AWS_ENDPOINT_URL", address.URL},
		{"AWS_ACCESS_KEY_ID", address.Key.ID},
		{"AWS_SECRET_ACCESS_KEY", address.Key.Secret},
		{"AWS_REGION", c.Region},
		{"AWS_DEFAULT_REGION", c.Region},
		{"SLUICE_TIME_SCALE", strconv.FormatFloat(float64(address.Scale), 'g', -1, 64)},
	}
	proxy := address.ProxyVariables(c.Data)
	if c.Proxy {
		variables = append(variables, proxy...)
	}
	if c.JSON {
		return printVariables(s, variables)
	}
	if !c.Proxy {
		fmt.Fprintln(s.out, withoutProxy(proxy))
	}
	for _, variable := range variables {
		fmt.Fprintf(s.out, "export %s=%s\n", variable[0], shellQuote(variable[1]))
	}
	// A session token or a profile of the user's own would be sent along and refused here.
	fmt.Fprintln(s.out, "unset AWS_SESSION_TOKEN AWS_PROFILE")
	return nil
}

// await returns the server's address, and says how to get a server where there is none.
func (c *envCommand) await(ctx context.Context) (server.Address, error) {
	waiting, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	address, err := server.AwaitAddress(waiting, c.Data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = fmt.Errorf("no server has run on %s yet: start one with `sluice up%s`", c.Data, dataFlag(c.Data))
	case fault.Is(err, fault.Unavailable, "server"):
		err = fmt.Errorf("%w: start one with `sluice up%s`", err, dataFlag(c.Data))
	}
	return address, err
}

// printVariables prints variables and their values as an object.
func printVariables(s *streams, variables [][2]string) error {
	object := map[string]string{}
	for _, v := range variables {
		object[v[0]] = v[1]
	}
	return s.document(object)
}

// withoutProxy takes back what an env --proxy before has set, of this data folder, and leaves a proxy of the user's own alone.
func withoutProxy(variables [][2]string) string {
	var names []string
	bundle := ""
	for _, v := range variables {
		names = append(names, v[0])
		if v[0] == "AWS_CA_BUNDLE" {
			bundle = v[1]
		}
	}
	return fmt.Sprintf(`if [ "${AWS_CA_BUNDLE-}" = %s ]; then unset %s; fi`, shellQuote(bundle), strings.Join(names, " "))
}

// shellQuote returns text as one word of a POSIX shell.
func shellQuote(text string) string {
	if text != "" && strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:+=@%,") == "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
