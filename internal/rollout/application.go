package rollout

import (
	"context"
	"time"

	"github.com/google/uuid"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Application is a name that deployment groups belong to.
type Application struct {
	Scope   function.Scope
	Name    string
	ID      string // UUID
	Created time.Time
	Tags    map[string]string
}

// maxApplications is how many an account may have (AWS's page "CodeDeploy quotas").
const maxApplications = 1000

// CreateApplication makes an application.
// Errors: fault.Invalid "application" or "tags"; fault.Conflict "application"; fault.Limit "application".
func (s *Service) CreateApplication(ctx context.Context, scope function.Scope, name string, tags map[string]string) (*Application, error) {
	if err := checkName("application", name); err != nil {
		return nil, err
	}
	if err := checkTags(tags); err != nil {
		return nil, err
	}
	if err := refuseOptions(tags); err != nil {
		return nil, err
	}
	a := &Application{Scope: scope, Name: name, ID: uuid.NewString(), Created: now(), Tags: tags}
	return a, s.store.WriteRollouts(ctx, func(tx Tx) error {
		if err := applicationIsFree(tx, scope, name); err != nil {
			return err
		}
		all, err := tx.Applications(scope)
		if err != nil {
			return err
		}
		if len(all) >= maxApplications {
			return fault.Errorf(fault.Limit, "application", "You can have at most %d applications", maxApplications)
		}
		return tx.PutApplication(a)
	})
}

// Application returns an application.
// Errors: fault.NotFound "application".
func (s *Service) Application(ctx context.Context, scope function.Scope, name string) (a *Application, err error) {
	err = s.store.ReadRollouts(ctx, func(r Reader) error {
		a, err = application(r, scope, name)
		return err
	})
	return a, err
}

// Applications lists by name.
func (s *Service) Applications(ctx context.Context, scope function.Scope) (all []*Application, err error) {
	err = s.store.ReadRollouts(ctx, func(r Reader) error {
		all, err = r.Applications(scope)
		return err
	})
	return all, err
}

// RenameApplication gives an application another name. Its groups and deployments go with it.
// Errors: fault.Invalid "application"; fault.NotFound "application"; fault.Conflict "application".
func (s *Service) RenameApplication(ctx context.Context, scope function.Scope, name, next string) error {
	if err := checkName("application", next); err != nil {
		return err
	}
	return s.store.WriteRollouts(ctx, func(tx Tx) error {
		a, err := application(tx, scope, name)
		if err != nil || name == next {
			return err
		}
		if err := applicationIsFree(tx, scope, next); err != nil {
			return err
		}
		groups, err := tx.Groups(scope, name)
		if err != nil {
			return err
		}
		a.Name = next
		if err := tx.DeleteApplication(scope, name); err != nil {
			return err
		}
		if err := tx.PutApplication(a); err != nil {
			return err
		}
		for _, g := range groups {
			if err := moveGroup(tx, g, next, g.Name); err != nil {
				return err
			}
		}
		return nil
	})
}

// DeleteApplication deletes an application with its groups. Its deployments stay on record. One that does not exist is
// no error, as on AWS.
// Errors: fault.Conflict "deployment" while a deployment of it is under way.
func (s *Service) DeleteApplication(ctx context.Context, scope function.Scope, name string) error {
	return s.store.WriteRollouts(ctx, func(tx Tx) error {
		groups, err := tx.Groups(scope, name)
		if err != nil {
			return err
		}
		for _, g := range groups {
			if err := deleteGroup(tx, g); err != nil {
				return err
			}
		}
		if err := tx.DeleteApplication(scope, name); !fault.Is(err, fault.NotFound, "") {
			return err
		}
		return nil
	})
}

// TagApplication adds and removes tags.
// Errors: fault.NotFound "application"; fault.Invalid "tags".
func (s *Service) TagApplication(ctx context.Context, scope function.Scope, name string, change func(map[string]string)) error {
	return s.store.WriteRollouts(ctx, func(tx Tx) error {
		a, err := application(tx, scope, name)
		if err != nil {
			return err
		}
		if a.Tags, err = changeTags(a.Tags, change); err != nil {
			return err
		}
		if err := refuseOptions(a.Tags); err != nil {
			return err
		}
		return tx.PutApplication(a)
	})
}

func application(r Reader, scope function.Scope, name string) (*Application, error) {
	a, err := r.Application(scope, name)
	if fault.Is(err, fault.NotFound, "") {
		return nil, fault.Errorf(fault.NotFound, "application", "No application found for name: %s", name)
	}
	return a, err
}

func applicationIsFree(r Reader, scope function.Scope, name string) error {
	if _, err := r.Application(scope, name); err == nil {
		return fault.Errorf(fault.Conflict, "application", "Application name '%s' already exists", name)
	} else if !fault.Is(err, fault.NotFound, "") {
		return err
	}
	return nil
}
