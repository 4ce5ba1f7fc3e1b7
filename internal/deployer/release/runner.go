package release

import (
	"crypto/rand"
	"sync"
	"time"

	"sluice/internal/clock"
	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// Runner carries releases out. Its methods may be called by many goroutines at once; New starts nothing.
type Runner struct {
	endpoint Endpoint // retries, and knows what became of writes without an answer
	packages Packages
	commands Commands
	config   Config
	watching sync.Mutex // one event at a time reaches config.Observe
}

// Config says how a Runner works. The zero Config is usable.
type Config struct {
	By     string      // who, for records and stamps; empty: "unknown"
	Commit string      // of git, for stamps; empty outside of a repository
	Tag    string      // of git, for stamps; empty when the commit has none
	Scale  clock.Scale // divides the waits between steps and Poll
	// Lease is how long a run holds an alias beyond what it is about to wait for; not scaled. Zero: a minute.
	Lease time.Duration
	// Poll is how often alarms, aliases and deployments are looked at during a wait, of the cloud. Zero: 10 seconds.
	Poll     time.Duration
	Parallel int // calls at once, from 1 to 64. Zero: 8
	Attempts int // how often a call without an answer is made, from 1 to 20. Zero: 5
	// Delay is what passes before the second attempt; it doubles for each further one. Zero: half a second.
	Delay time.Duration
	// Invocations returns the address at which a version can be invoked, for hook commands; nil tells them none.
	Invocations func(function, qualifier string) string
	// Observe is told what happens, one event at a time and in order; nil for nobody. It must not call the Runner.
	Observe func(Event)
}

// Bounds of a Config.
const (
	maxParallel = 64
	maxAttempts = 20
)

// New returns a Runner. A config out of its bounds is an Invalid fault.
func New(endpoint Endpoint, packages Packages, commands Commands, config Config) (*Runner, error) {
	config = config.withDefaults()
	if err := config.check(); err != nil {
		return nil, err
	}
	sure := &certain{Endpoint: endpoint, retry: retry{attempts: config.Attempts, delay: config.Delay}}
	return &Runner{endpoint: sure, packages: packages, commands: commands, config: config}, nil
}

func (c Config) withDefaults() Config {
	if c.By == "" {
		c.By = "unknown"
	}
	if c.Lease == 0 {
		c.Lease = time.Minute
	}
	if c.Poll == 0 {
		c.Poll = 10 * time.Second
	}
	if c.Parallel == 0 {
		c.Parallel = 8
	}
	if c.Attempts == 0 {
		c.Attempts = 5
	}
	if c.Delay == 0 {
		c.Delay = 500 * time.Millisecond
	}
	return c
}

func (c *Config) check() error {
	if err := c.Scale.Validate(); err != nil {
		return fault.Errorf(fault.Invalid, "time scale", "%w", err)
	}
	for _, bound := range []struct {
		ok   bool
		name string
		is   any
		want string
	}{
		{c.Lease > 0, "lease", c.Lease, "above 0"},
		{c.Poll > 0, "poll", c.Poll, "above 0"},
		{c.Delay > 0, "delay", c.Delay, "above 0"},
		{c.Parallel >= 1 && c.Parallel <= maxParallel, "parallel", c.Parallel, "from 1 to 64"},
		{c.Attempts >= 1 && c.Attempts <= maxAttempts, "attempts", c.Attempts, "from 1 to 20"},
	} {
		if !bound.ok {
			return fault.Errorf(fault.Invalid, "config", "%s is %v: it has to be %s", bound.name, bound.is, bound.want)
		}
	}
	return nil
}

func (r *Runner) stamp(release string) deployer.Stamp {
	return deployer.Stamp{Release: release, By: r.config.By, Commit: r.config.Commit, Tag: r.config.Tag}
}

// releaseIDLength keeps ids short enough for records, and two of one project apart.
const releaseIDLength = 10

func newRelease() string { return "r-" + rand.Text()[:releaseIDLength] }
