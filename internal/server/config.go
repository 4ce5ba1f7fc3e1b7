package server

import (
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sluice/internal/clock"
	"sluice/internal/fault"
	"sluice/internal/stack"
)

// Config says what a server is to be. Listen and Data are needed.
type Config struct {
	Listen string // address and port; port 0 takes a free one
	Data   string // folder that holds everything; made if it is missing
	// Scale is how many seconds of the cloud pass in one second here; zero means 1.
	Scale clock.Scale
	// Account is the account's twelve digits; empty means 000000000000.
	Account string
	// AcceptAnyCredentials lets any well-formed signature in. It needs a loopback address.
	AcceptAnyCredentials bool
	// MaxProcesses is how many processes one version may have at once; zero lets the host choose by the cores.
	MaxProcesses int
	// Sandbox says how functions are kept apart: auto, off or require; empty means auto. See host.SandboxMode.
	Sandbox string
	// Share are files and folders that functions see at their own paths. Each has to be there; not / nor what is below
	// /proc, /sys and /dev.
	Share []string
	// Provider stands between stacks and what makes their resources: it gets the server's own, and stacks give their orders to the one that it
	// returns. Nil leaves the server's own.
	Provider func(stack.Provider) stack.Provider
	// Logger hears what concerns the operator. Nil discards it.
	Logger *slog.Logger
}

func (c Config) withDefaults() (Config, error) {
	if c.Account == "" {
		c.Account = strings.Repeat("0", 12)
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Listen == "" {
		return c, fault.Errorf(fault.Invalid, "address", "there is no address to listen on: use one such as 127.0.0.1:4566")
	}
	if err := c.Scale.Validate(); err != nil {
		return c, fault.Errorf(fault.Invalid, "time scale", "%w", err)
	}
	if len(c.Account) != 12 || strings.Trim(c.Account, "0123456789") != "" {
		return c, fault.Errorf(fault.Invalid, "account", "%q is not an account: use twelve digits", c.Account)
	}
	if c.MaxProcesses < 0 {
		return c, fault.Errorf(fault.Invalid, "processes", "%d processes are none: use 0 to let the machine's cores decide", c.MaxProcesses)
	}
	if c.AcceptAnyCredentials && !isLoopback(c.Listen) {
		return c, fault.Errorf(fault.Invalid, "address",
			"any credentials are accepted only on a loopback address, and %s is none: use 127.0.0.1", c.Listen)
	}
	var err error
	c.Share, err = shared(c.Share)
	return c, err
}

// shared returns the absolute paths of what functions are to see.
func shared(paths []string) (absolute []string, err error) {
	for _, path := range paths {
		if path, err = filepath.Abs(path); err != nil {
			return nil, err
		}
		if _, err := os.Stat(path); err != nil {
			return nil, fault.Errorf(fault.Invalid, "share", "can't share %s: %w", path, err)
		}
		top, _, _ := strings.Cut(path[1:], "/")
		if slices.Contains([]string{"", "proc", "sys", "dev"}, top) {
			return nil, fault.Errorf(fault.Invalid, "share", "%s can't be shared with functions: name a file or folder of your own", path)
		}
		absolute = append(absolute, path)
	}
	return absolute, nil
}

func isLoopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	address, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && address.IsLoopback())
}

// reachable returns the URL at which programs on this machine reach a listener.
func reachable(address net.Addr) string {
	tcp := address.(*net.TCPAddr)
	host := tcp.IP.String()
	if tcp.IP.IsUnspecified() {
		host = "127.0.0.1"
	}
	return fmt.Sprintf("http://%s", net.JoinHostPort(host, fmt.Sprint(tcp.Port)))
}
