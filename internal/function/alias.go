package function

import (
	"context"

	"sluice/internal/fault"
)

// Alias is a name that points to one version or, while traffic moves, to two.
type Alias struct {
	Function    ID
	Name        string
	Description string
	// Version gets the requests that Additional does not get.
	Version Number
	// Additional gets Weight's share of the requests. It is 0 when the alias points to Version alone.
	Additional Number
	Weight     Weight
	RevisionID string
	// Deployment is the ID of the deployment that moves the alias; empty when none does. Nobody else may move it.
	Deployment string
	// Held are the versions that the deployment moves between; they can't be deleted while it does.
	Held []Number
}

// ARN returns the alias's qualified name.
func (a *Alias) ARN() string { return a.Function.Qualified(a.Name) }

// Names reports whether the alias points to a version, in either place.
func (a *Alias) Names(n Number) bool {
	return a.Version == n || (a.Additional != 0 && a.Additional == n)
}

// Weight is the share of an alias's requests that its additional version gets, from 0 to 1. Zero sends none.
type Weight float64

// Routing is how an alias splits its requests: each named version gets its share, the alias's own the rest.
type Routing map[Number]Weight

// AliasChange asks for a new alias or for a change of one. Nil fields keep what is there.
type AliasChange struct {
	Description *string
	Version     *Number
	Routing     Routing // empty but not nil: no second version
	Revision    string  // if given, the revision that the alias must have
}

// CreateAlias makes an alias. The change must have a version.
// Errors: those of a change (see alter); fault.Conflict "alias" if it exists.
func (s *Service) CreateAlias(ctx context.Context, id ID, name string, change AliasChange) (*Alias, error) {
	alias := &Alias{Function: id, Name: name}
	err := s.store.WriteFunctions(ctx, func(tx Tx) error {
		fresh := Alias{Function: id, Name: name}
		if err := fresh.alter(tx, change); err != nil {
			return err
		}
		if _, err := tx.Alias(id, name); err == nil {
			return fault.Errorf(fault.Conflict, "alias", "Alias already exists: %s", alias.ARN())
		} else if !fault.Is(err, fault.NotFound, "") {
			return err
		}
		*alias = fresh
		return tx.PutAlias(&fresh)
	})
	if err != nil {
		return nil, err
	}
	s.table.refreshAlias(ctx, id, name)
	return alias, nil
}

// UpdateAlias changes an alias.
// Errors: those of a change (see alter); fault.NotFound "alias"; fault.Precondition "revision"; fault.Conflict
// "deployment" if the change would move an alias that a deployment is moving.
func (s *Service) UpdateAlias(ctx context.Context, id ID, name string, change AliasChange) (*Alias, error) {
	var alias *Alias
	err := s.store.WriteFunctions(ctx, func(tx Tx) (err error) {
		if alias, err = tx.Alias(id, name); fault.Is(err, fault.NotFound, "") {
			// Worded otherwise than GetAlias does (as users have reported it since 2018).
			return fault.Errorf(fault.NotFound, "alias", "Alias not found: %s", id.Qualified(name))
		} else if err != nil {
			return err
		}
		if err := checkRevision(change.Revision, alias.RevisionID); err != nil {
			return err
		}
		if change.Version != nil || change.Routing != nil {
			if err := checkFree(alias); err != nil {
				return err
			}
		}
		if err := alias.alter(tx, change); err != nil {
			return err
		}
		if err := checkPointed(tx, alias); err != nil {
			return err
		}
		return tx.PutAlias(alias)
	})
	if err != nil {
		return nil, err
	}
	s.table.refreshAlias(ctx, id, name)
	return alias, nil
}

// DeleteAlias deletes an alias. One that does not exist is no error (recording test_non_existent_alias_deletion).
// Errors: fault.NotFound "function"; fault.Conflict "deployment" while a deployment moves it.
func (s *Service) DeleteAlias(ctx context.Context, id ID, name string) error {
	err := s.store.WriteFunctions(ctx, func(tx Tx) error {
		if _, err := tx.Function(id); err != nil {
			return notFoundAs(err, id, "")
		}
		alias, err := tx.Alias(id, name)
		if fault.Is(err, fault.NotFound, "") {
			return nil
		} else if err != nil {
			return err
		}
		if err := checkFree(alias); err != nil {
			return err
		}
		return tx.DeleteAlias(id, name)
	})
	if err != nil {
		return err
	}
	s.table.refreshAlias(ctx, id, name)
	s.table.refreshQuota(ctx, id)
	s.tellDeleted(ctx, id)
	return nil
}

// Alias returns an alias.
// Errors: fault.NotFound "alias".
func (s *Service) Alias(ctx context.Context, id ID, name string) (alias *Alias, err error) {
	err = s.store.ReadFunctions(ctx, func(r Reader) error {
		alias, err = r.Alias(id, name)
		return noAlias(err, id, name)
	})
	return alias, err
}

// Aliases lists a function's aliases by name, all or those that point to a version, and says whether there are more
// behind the last.
// Errors: fault.NotFound "function".
func (s *Service) Aliases(ctx context.Context, id ID, pointingTo *Number, page Page) (aliases []*Alias, more bool, err error) {
	err = s.store.ReadFunctions(ctx, func(r Reader) error {
		if _, err := r.Function(id); err != nil {
			return notFoundAs(err, id, "")
		}
		all, err := r.Aliases(id, page.After.Name, 0)
		for _, a := range all {
			if pointingTo == nil || a.Names(*pointingTo) {
				aliases = append(aliases, a)
			}
		}
		return err
	})
	if page.Limit > 0 && len(aliases) > page.Limit {
		aliases, more = aliases[:page.Limit], true
	}
	return aliases, more, err
}

// alter applies a change after checking it against the function's versions.
// Errors: fault.Invalid "routing", "latest routing"; fault.NotFound "function" for a missing version.
func (a *Alias) alter(r Reader, change AliasChange) error {
	main, routing := a.Version, change.Routing
	if change.Version != nil {
		main = *change.Version
	}
	if routing == nil && a.Additional != 0 {
		routing = Routing{a.Additional: a.Weight}
	}
	if err := checkRouting(main, routing); err != nil {
		return err
	}
	if err := checkVersions(r, a.Function, main, routing); err != nil {
		return err
	}
	a.Version, a.Additional, a.Weight = main, 0, 0
	for n, weight := range routing {
		a.Additional, a.Weight = n, weight
	}
	if change.Description != nil {
		a.Description = *change.Description
	}
	a.RevisionID = newRevision()
	return nil
}

// checkRouting holds the rules that need no look at the versions, in AWS's order (recording
// test_notfound_and_invalid_routingconfigs).
func checkRouting(main Number, routing Routing) error {
	if len(routing) > 1 {
		return fault.Errorf(fault.Invalid, "routing", "Number of items in AdditionalVersionWeights cannot be greater than 1")
	}
	if _, both := routing[main]; both {
		return fault.Errorf(fault.Invalid, "routing",
			"Invalid function version %s. Function version %s is already included in routing configuration.", main, main)
	}
	if len(routing) > 0 && main == Latest {
		return fault.Errorf(fault.Invalid, "latest routing", "$LATEST is not supported for an alias pointing to more than 1 version")
	}
	return nil
}

// checkVersions checks that the versions exist and that two of them may share an alias (AWS's page "Create a routing
// configuration": same execution role, same dead-letter configuration or none).
func checkVersions(r Reader, id ID, main Number, routing Routing) error {
	first, err := pointable(r, id, main)
	if err != nil {
		return err
	}
	for n := range routing {
		second, err := pointable(r, id, n)
		if err != nil {
			return err
		}
		if err := checkPair(first, second); err != nil {
			return err
		}
	}
	return nil
}

func checkPair(a, b *Version) error {
	if a.Config.Role != b.Config.Role {
		return fault.Errorf(fault.Invalid, "routing", "Specified versions must be associated with the same execution role")
	}
	if a.Config.DeadLetter != b.Config.DeadLetter {
		return fault.Errorf(fault.Invalid, "routing", "Specified versions must be associated with the same dead-letter configuration")
	}
	return nil
}

// pointable returns a version that an alias is to point to; $LATEST is one.
func pointable(r Reader, id ID, n Number) (*Version, error) {
	f, err := r.Function(id)
	if err != nil {
		return nil, notFoundAs(err, id, n.String())
	}
	v, err := version(r, f, n)
	if err != nil {
		return nil, notFoundAs(err, id, n.String())
	}
	return v, nil
}

func noAlias(err error, id ID, name string) error {
	if fault.Is(err, fault.NotFound, "") {
		return aliasNotFound(id, name)
	}
	return err
}
