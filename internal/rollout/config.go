package rollout

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Strategy is how a configuration moves traffic.
type Strategy string

// The strategies for functions.
const (
	AllAtOnce Strategy = "all-at-once"
	Canary    Strategy = "canary" // Percent first, the rest after Minutes
	Linear    Strategy = "linear" // Percent more every so many Minutes
)

// Config is a deployment configuration: how fast traffic moves.
type Config struct {
	Scope    function.Scope
	Name     string
	ID       string // UUID
	Created  time.Time
	Strategy Strategy
	Percent  int // of the traffic at each shift, whole, 1 to 99; 0 for all at once
	Minutes  int // of the cloud between two shifts; 0 for all at once
}

// Limits of configurations (AWS's page "CodeDeploy quotas").
const (
	maxMinutes = 2880 // from the first shift to the last
	maxConfigs = 200  // of an account's own
)

// predefinedPrefix begins the names of the configurations that are always there.
const predefinedPrefix = "CodeDeployDefault."

// DefaultConfig is the configuration of groups that name none.
const DefaultConfig = predefinedPrefix + "LambdaAllAtOnce"

// predefined are the nine configurations for functions, sorted by name.
var predefined = func() []Config {
	configs := []Config{{Name: DefaultConfig, Strategy: AllAtOnce}}
	for _, minutes := range []int{5, 10, 15, 30} {
		configs = append(configs, Config{Name: predefinedPrefix + "LambdaCanary10Percent" + count(minutes, "Minute"), Strategy: Canary, Percent: 10, Minutes: minutes})
	}
	for _, minutes := range []int{1, 2, 3, 10} {
		configs = append(configs, Config{Name: predefinedPrefix + "LambdaLinear10PercentEvery" + count(minutes, "Minute"), Strategy: Linear, Percent: 10, Minutes: minutes})
	}
	for i := range configs {
		configs[i].ID = uuid.NewSHA1(uuid.NameSpaceURL, []byte(configs[i].Name)).String()
		configs[i].Created = time.Date(2017, 11, 28, 0, 0, 0, 0, time.UTC) // when AWS announced them
	}
	slices.SortFunc(configs, func(a, b Config) int { return cmp.Compare(a.Name, b.Name) })
	return configs
}()

// Validate checks a configuration of one's own.
// Errors: fault.Invalid "config" for the name, "routing" for the rest.
func (c *Config) Validate() error {
	if err := checkName("config", c.Name); err != nil {
		return err
	}
	if strings.HasPrefix(c.Name, predefinedPrefix) {
		return fault.Errorf(fault.Invalid, "config", "The name '%s' is reserved: names must not begin with %s", c.Name, predefinedPrefix)
	}
	if c.Strategy == AllAtOnce {
		return nil
	}
	if c.Percent < 1 || c.Percent > 99 {
		return fault.Errorf(fault.Invalid, "routing", "%d is not a valid percentage for a shift: use 1 to 99", c.Percent)
	}
	if c.Minutes < 1 || c.Minutes > maxMinutes {
		return fault.Errorf(fault.Invalid, "routing", "%d is not a valid interval: use 1 to %d minutes", c.Minutes, maxMinutes)
	}
	plan := c.Plan()
	if total := (len(plan) - 1) * c.Minutes; total > maxMinutes {
		return fault.Errorf(fault.Invalid, "routing",
			"The last shift would come %d minutes after the first; at most %d are allowed", total, maxMinutes)
	}
	return nil
}

// CreateConfig makes a configuration.
// Errors: those of Validate; fault.Conflict "config"; fault.Limit "config".
func (s *Service) CreateConfig(ctx context.Context, c Config) (*Config, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	c.ID, c.Created = uuid.NewString(), now()
	return &c, s.store.WriteRollouts(ctx, func(tx Tx) error {
		all, err := tx.Configs(c.Scope)
		if err != nil {
			return err
		}
		if len(all) >= maxConfigs {
			return fault.Errorf(fault.Limit, "config", "You can have at most %d deployment configurations", maxConfigs)
		}
		if slices.ContainsFunc(all, func(other *Config) bool { return other.Name == c.Name }) {
			return fault.Errorf(fault.Conflict, "config", "Deployment config name '%s' already exists", c.Name)
		}
		return tx.PutConfig(&c)
	})
}

// Config returns a configuration, predefined or of one's own.
// Errors: fault.NotFound "config".
func (s *Service) Config(ctx context.Context, scope function.Scope, name string) (c *Config, err error) {
	err = s.store.ReadRollouts(ctx, func(r Reader) error {
		c, err = config(r, scope, name)
		return err
	})
	return c, err
}

func config(r Reader, scope function.Scope, name string) (*Config, error) {
	for _, c := range predefined {
		if c.Name == name {
			return &c, nil
		}
	}
	c, err := r.Config(scope, name)
	if fault.Is(err, fault.NotFound, "") {
		return nil, fault.Errorf(fault.NotFound, "config", "No Deployment Configuration found for name: %s", name)
	}
	return c, err
}

// Configs lists the predefined configurations and one's own, by name.
func (s *Service) Configs(ctx context.Context, scope function.Scope) (names []string, err error) {
	for _, c := range predefined {
		names = append(names, c.Name)
	}
	err = s.store.ReadRollouts(ctx, func(r Reader) error {
		own, err := r.Configs(scope)
		for _, c := range own {
			names = append(names, c.Name)
		}
		return err
	})
	slices.Sort(names)
	return names, err
}

// DeleteConfig deletes a configuration of one's own. One that does not exist is no error.
// Errors: fault.Invalid "config" for a predefined one; fault.Conflict "config in use" while a group names it.
func (s *Service) DeleteConfig(ctx context.Context, scope function.Scope, name string) error {
	if strings.HasPrefix(name, predefinedPrefix) {
		return fault.Errorf(fault.Invalid, "config", "'%s' is predefined and can't be deleted", name)
	}
	return s.store.WriteRollouts(ctx, func(tx Tx) error {
		users, err := groupsUsing(tx, scope, name)
		if err != nil {
			return err
		}
		if len(users) > 0 {
			return fault.Errorf(fault.Conflict, "config in use",
				"The deployment configuration '%s' is in use by the deployment groups %s", name, strings.Join(users, ", "))
		}
		if err := tx.DeleteConfig(scope, name); !fault.Is(err, fault.NotFound, "") {
			return err
		}
		return nil
	})
}

func groupsUsing(r Reader, scope function.Scope, name string) (users []string, err error) {
	applications, err := r.Applications(scope)
	if err != nil {
		return nil, err
	}
	for _, a := range applications {
		groups, err := r.Groups(scope, a.Name)
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			if g.Config == name {
				users = append(users, a.Name+"/"+g.Name)
			}
		}
	}
	return users, nil
}

// count writes a number with a unit, in the plural unless the number is one.
func count(n int, unit string) string {
	if n != 1 {
		unit += "s"
	}
	return strconv.Itoa(n) + unit
}
