package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"sluice/internal/server"
)

type envCommand struct {
	Data   string `default:"${data}" type:"path" help:"The server's data folder."`
	Region string `default:"us-east-1" help:"The region that AWS tools are to use."`
}

func (c *envCommand) Run(s *streams) error {
	address, err := server.FindAddress(c.Data)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("no server has run on %s yet: start one with `sluice up%s`", c.Data, dataFlag(c.Data))
	} else if err != nil {
		return err
	}
	for _, variable := range [][2]string{
		{"AWS_ENDPOINT_URL", address.URL},
		{"AWS_ACCESS_KEY_ID", address.Key.ID},
		{"AWS_SECRET_ACCESS_KEY", address.Key.Secret},
		{"AWS_REGION", c.Region},
		{"AWS_DEFAULT_REGION", c.Region},
	} {
		fmt.Fprintf(s.out, "export %s=%s\n", variable[0], shellQuote(variable[1]))
	}
	// A session token or a profile of the user's own would be sent along and refused here.
	fmt.Fprintln(s.out, "unset AWS_SESSION_TOKEN AWS_PROFILE")
	return nil
}

// shellQuote returns text as one word of a POSIX shell.
func shellQuote(text string) string {
	if text != "" && strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:+=@%,") == "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

func isDefaultData(folder string) bool {
	standard, err := filepath.Abs(defaultData)
	return err == nil && folder == standard
}
