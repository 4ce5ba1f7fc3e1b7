package rollout

import (
	"context"
	"regexp"

	"github.com/google/uuid"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Group is a deployment group: what deployments of an application have in common.
type Group struct {
	Scope       function.Scope
	Application string
	Name        string
	ID          string // UUID
	Config      string // the deployment configuration's name
	ServiceRole string // ARN; kept, since nothing here needs a role
	Rollback    Rollback
	Alarms      Alarms
	Triggers    []Trigger // kept; nothing is notified
	Outdated    string    // the strategy for outdated instances; kept, since it concerns no function
	Tags        map[string]string
}

// Trigger is a topic that is told of events.
type Trigger struct {
	Name   string
	Target string // ARN
	Events []string
}

// Limits (AWS's page "CodeDeploy quotas").
const (
	maxGroups   = 1000 // of an application
	maxTriggers = 10   // of a group
)

// roleForm is the form of a role's ARN, of any partition, account and path.
var roleForm = regexp.MustCompile(`^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$`)

// validate checks what a request sets.
// Errors: fault.Invalid "group", "role required", "role", "rollback", "alarms"; fault.Limit "alarms", "triggers".
func (g *Group) validate() error {
	if err := checkName("group", g.Name); err != nil {
		return err
	}
	if g.ServiceRole == "" {
		return fault.Errorf(fault.Invalid, "role required", "The service role ARN must be specified")
	}
	if !roleForm.MatchString(g.ServiceRole) {
		return fault.Errorf(fault.Invalid, "role", "'%s' is not a role's ARN: those are arn:aws:iam::ACCOUNT:role/NAME", g.ServiceRole)
	}
	if len(g.Triggers) > maxTriggers {
		return fault.Errorf(fault.Limit, "triggers", "A deployment group can have at most %d triggers", maxTriggers)
	}
	if err := g.Rollback.validate(); err != nil {
		return err
	}
	return g.Alarms.validate()
}

// CreateGroup makes a deployment group.
// Errors: those of validate; fault.NotFound "application" or "config"; fault.Conflict "group"; fault.Limit "group";
// fault.Invalid "tags", for an option of Sluice's too.
func (s *Service) CreateGroup(ctx context.Context, g Group) (*Group, error) {
	if g.Config == "" {
		g.Config = DefaultConfig
	}
	if err := g.validate(); err != nil {
		return nil, err
	}
	if err := checkTags(g.Tags); err != nil {
		return nil, err
	}
	g.ID = uuid.NewString()
	return &g, s.store.WriteRollouts(ctx, func(tx Tx) error {
		if _, err := application(tx, g.Scope, g.Application); err != nil {
			return err
		}
		if err := groupIsFree(tx, g.Scope, g.Application, g.Name); err != nil {
			return err
		}
		if _, err := config(tx, g.Scope, g.Config); err != nil {
			return err
		}
		if err := checkOptions(tx, &g); err != nil {
			return err
		}
		all, err := tx.Groups(g.Scope, g.Application)
		if err != nil {
			return err
		}
		if len(all) >= maxGroups {
			return fault.Errorf(fault.Limit, "group", "An application can have at most %d deployment groups", maxGroups)
		}
		return tx.PutGroup(&g)
	})
}

// Group returns a deployment group.
// Errors: fault.NotFound "application" or "group".
func (s *Service) Group(ctx context.Context, scope function.Scope, app, name string) (g *Group, err error) {
	err = s.store.ReadRollouts(ctx, func(r Reader) error {
		g, err = group(r, scope, app, name)
		return err
	})
	return g, err
}

// Groups lists an application's groups by name.
// Errors: fault.NotFound "application".
func (s *Service) Groups(ctx context.Context, scope function.Scope, app string) (all []*Group, err error) {
	err = s.store.ReadRollouts(ctx, func(r Reader) error {
		if _, err := application(r, scope, app); err != nil {
			return err
		}
		all, err = r.Groups(scope, app)
		return err
	})
	return all, err
}

// UpdateGroup changes a group, its name too. A deployment that is under way keeps to what it began with.
// Errors: those of CreateGroup; fault.NotFound "group".
func (s *Service) UpdateGroup(ctx context.Context, scope function.Scope, app, name string, change func(*Group)) error {
	return s.store.WriteRollouts(ctx, func(tx Tx) error {
		g, err := group(tx, scope, app, name)
		if err != nil {
			return err
		}
		change(g)
		next := g.Name
		if err := g.validate(); err != nil {
			return err
		}
		if _, err := config(tx, scope, g.Config); err != nil {
			return err
		}
		if next == name {
			return tx.PutGroup(g)
		}
		if err := groupIsFree(tx, scope, app, next); err != nil {
			return err
		}
		g.Name = name
		return moveGroup(tx, g, app, next)
	})
}

// DeleteGroup deletes a group. Its deployments stay on record. One that does not exist is no error.
// Errors: fault.Conflict "deployment" while a deployment of it is under way.
func (s *Service) DeleteGroup(ctx context.Context, scope function.Scope, app, name string) error {
	return s.store.WriteRollouts(ctx, func(tx Tx) error {
		g, err := tx.Group(scope, app, name)
		if fault.Is(err, fault.NotFound, "") {
			return nil
		} else if err != nil {
			return err
		}
		return deleteGroup(tx, g)
	})
}

// TagGroup adds and removes tags.
// Errors: fault.NotFound "application" or "group"; fault.Invalid "tags".
func (s *Service) TagGroup(ctx context.Context, scope function.Scope, app, name string, change func(map[string]string)) error {
	return s.store.WriteRollouts(ctx, func(tx Tx) error {
		g, err := group(tx, scope, app, name)
		if err != nil {
			return err
		}
		if g.Tags, err = changeTags(g.Tags, change); err != nil {
			return err
		}
		if err := checkOptions(tx, g); err != nil {
			return err
		}
		return tx.PutGroup(g)
	})
}

func group(r Reader, scope function.Scope, app, name string) (*Group, error) {
	if _, err := application(r, scope, app); err != nil {
		return nil, err
	}
	g, err := r.Group(scope, app, name)
	if fault.Is(err, fault.NotFound, "") {
		return nil, fault.Errorf(fault.NotFound, "group", "No Deployment Group found for name: %s", name)
	}
	return g, err
}

func groupIsFree(r Reader, scope function.Scope, app, name string) error {
	if _, err := r.Group(scope, app, name); err == nil {
		return fault.Errorf(fault.Conflict, "group", "Deployment group name '%s' already exists for application '%s'", name, app)
	} else if !fault.Is(err, fault.NotFound, "") {
		return err
	}
	return nil
}

func deleteGroup(tx Tx, g *Group) error {
	active, err := tx.Deployments(Query{Scope: g.Scope, Application: g.Application, Group: g.Name, Open: true, Limit: 1})
	if err != nil {
		return err
	}
	if len(active) > 0 {
		return fault.Errorf(fault.Conflict, "deployment",
			"The Deployment Group '%s' has an active Deployment '%s'. Stop it first.", g.Name, active[0].ID)
	}
	return tx.DeleteGroup(g.Scope, g.Application, g.Name)
}

// moveGroup renames a group or moves it to another name of its application; its deployments follow.
func moveGroup(tx Tx, g *Group, app, name string) error {
	if err := tx.RenameDeployments(g.Scope, g.Application, g.Name, app, name); err != nil {
		return err
	}
	if err := tx.DeleteGroup(g.Scope, g.Application, g.Name); err != nil {
		return err
	}
	g.Application, g.Name = app, name
	return tx.PutGroup(g)
}
