package host

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"time"

	"sluice/internal/function"
)

// Packages keeps deployment packages. internal/blob implements it.
type Packages interface {
	// Open returns the zip file with this SHA-256 (base64, as AWS writes it). The caller closes it.
	Open(ctx context.Context, sha256 string) (*os.File, error)
}

// Logs keeps log events. internal/logfile implements it.
type Logs interface {
	// Stream opens a stream for appending and creates what is missing of account, region, group and stream.
	Stream(account, region, group, stream string) (LogStream, error)
}

// LogStream takes the events of one environment. It is an alias of an interface literal, so that a package which
// knows nothing of this one can return it.
type LogStream = interface {
	// Append adds one event. It neither keeps message nor waits for a disk.
	Append(at time.Time, message []byte)
	// Close says that no event follows. Events may still be on their way to the disk.
	Close() error
}

// Config says what a Host works with. Dir, Packages and Logs are needed.
type Config struct {
	// Dir is a folder of the host's own. It keeps unpacked packages in code, the runtimes' bootstraps in runtime, and
	// the folders of running environments in run, which New empties.
	Dir      string
	Packages Packages
	Logs     Logs
	// Limit is how many environments, and so how many calls at once, a version can have.
	// 0 means four per core, at least 16: functions wait for others most of their time.
	Limit int
	// Total is how many environments all versions can have together. 0 means 16 times Limit.
	// An idle environment gives way to a call that has none.
	Total int
	// Wait is how long a call waits for an environment when the limits are reached, before it is refused.
	// 0 means 2 s; a negative one refuses at once.
	Wait time.Duration
	// Keep is how long an idle environment lives. 0 means 10 minutes.
	Keep time.Duration
	// MaxAge is how old an environment becomes, however much it is used; then another takes its place, between two calls.
	// It has to be less than the keys live that Environ gives a process, with a call's time to spare. 0 means DefaultMaxAge.
	MaxAge time.Duration
	// Environ returns variables (KEY=value) that the server adds to a function's environment: its session's keys,
	// AWS_ENDPOINT_URL and so on. The function's own variables come after them. nil adds none.
	Environ func(v *function.Version) []string
	// Sandbox says whether functions are kept apart from the machine and from each other. Empty means auto.
	Sandbox SandboxMode
	// Private are folders that no function sees, wherever they lie: the server's own.
	Private []string
	// Share are files and folders that every function sees at their own paths and, if the owner's rights allow it,
	// changes. They have to exist.
	Share []string
	// Shown are files that every function sees at their own paths, also within what is Private, and can't change.
	Shown []string
	// Logger hears what concerns the server's operator. nil means nobody.
	Logger *slog.Logger
}

const (
	defaultWait = 2 * time.Second
	defaultKeep = 10 * time.Minute
)

// DefaultMaxAge is how old an environment becomes if Config.MaxAge does not say it. AWS replaces its own every few hours
// (Lambda Developer Guide, "Lambda execution environment lifecycle").
const DefaultMaxAge = 12 * time.Hour

// withDefaults returns the configuration with its zero fields filled in.
func (c Config) withDefaults() (Config, error) {
	switch {
	case c.Dir == "":
		return c, fmt.Errorf("host: Config.Dir is empty")
	case c.Packages == nil || c.Logs == nil:
		return c, fmt.Errorf("host: Config.Packages and Config.Logs are needed")
	case c.Limit < 0 || c.Total < 0 || c.Keep < 0 || c.MaxAge < 0:
		return c, fmt.Errorf("host: Config.Limit (%d), Total (%d), Keep (%s) and MaxAge (%s) can't be negative",
			c.Limit, c.Total, c.Keep, c.MaxAge)
	}
	if err := c.Sandbox.validate(); err != nil {
		return c, err
	}
	if c.Limit == 0 {
		c.Limit = DefaultLimit()
	}
	if c.Total == 0 {
		c.Total = 16 * c.Limit
	}
	if c.Wait == 0 {
		c.Wait = defaultWait
	}
	if c.Keep == 0 {
		c.Keep = defaultKeep
	}
	if c.MaxAge == 0 {
		c.MaxAge = DefaultMaxAge
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return c, nil
}

// DefaultLimit is how many processes a version may have if Config.Limit does not say it: 16 at least, and 4 for each core.
func DefaultLimit() int { return max(16, 4*runtime.NumCPU()) }
