package function

import (
	"context"

	"sluice/internal/fault"
)

// Move says where the traffic of an alias has to go while a deployment moves it.
type Move struct {
	Deployment string // the deployment's ID; no other may move the alias until Last
	Function   ID
	Alias      string
	// Current and Target are the versions that the deployment moves between. The alias points to nothing else.
	Current, Target Number
	// Weight is Target's share. At 0 the alias points to Current alone, at 1 to Target alone.
	Weight Weight
	// Last lets the alias go: the deployment has ended and anybody may move it again.
	Last bool
	// Heir is the deployment whose the alias becomes with the last move, in place of nobody's.
	Heir string
	// Return says that the deployment brings traffic back: the alias may be on Target alone already.
	Return bool
}

// Claim makes a deployment the only one that may move an alias. It does not move it, and can be repeated: a deployment
// that owns the alias already may claim it again.
// Errors: fault.NotFound "function" (for a version too) or "alias"; fault.Conflict "alias" if the alias does not point
// to Current alone, nor to where it returns; fault.Conflict "deployment" if another deployment owns it; fault.Invalid "routing" if the two
// versions may not share an alias.
func (s *Service) Claim(ctx context.Context, m Move) error {
	err := s.store.WriteFunctions(ctx, func(tx Tx) error {
		a, err := tx.Alias(m.Function, m.Alias)
		if err != nil {
			return noAlias(err, m.Function, m.Alias)
		}
		if a.Deployment == m.Deployment {
			return nil
		}
		if err := checkFree(a); err != nil {
			return err
		}
		returned := m.Return && a.Version == m.Target
		if a.Version != m.Current && !returned || a.Additional != 0 {
			return fault.Errorf(fault.Conflict, "alias", "The alias %s points to %s and not to version %s alone.",
				a.ARN(), a.pointsTo(), m.Current)
		}
		if err := checkMove(tx, m); err != nil {
			return err
		}
		a.Deployment = m.Deployment
		a.Held = []Number{m.Current, m.Target}
		return tx.PutAlias(a)
	})
	if err == nil {
		s.table.refreshAlias(ctx, m.Function, m.Alias)
	}
	return err
}

func (a *Alias) pointsTo() string {
	if a.Additional == 0 {
		return "version " + a.Version.String()
	}
	return "versions " + a.Version.String() + " and " + a.Additional.String()
}

// checkMove checks that both versions are there and may share an alias. All at once, a deployment may "move" to the
// version that is there.
func checkMove(r Reader, m Move) error {
	if m.Current == m.Target {
		_, err := pointable(r, m.Function, m.Current)
		return err
	}
	return checkVersions(r, m.Function, m.Current, Routing{m.Target: m.Weight})
}

// Move points an alias where a deployment wants it. It can be repeated.
// Errors: fault.NotFound "alias" if it has been deleted, with its function or alone; fault.Conflict "deployment" if the
// deployment does not own the alias, unless the move is its last: then it has let the alias go already.
func (s *Service) Move(ctx context.Context, m Move) error {
	err := s.store.WriteFunctions(ctx, func(tx Tx) error {
		a, err := tx.Alias(m.Function, m.Alias)
		if err != nil {
			return noAlias(err, m.Function, m.Alias)
		}
		if a.Deployment != m.Deployment {
			if m.Last { // it was let go already, by this same move before a crash
				return nil
			}
			return fault.Errorf(fault.Conflict, "deployment", "The alias %s is not the deployment %s's to move.", a.ARN(), m.Deployment)
		}
		a.follow(m)
		return tx.PutAlias(a)
	})
	if err != nil {
		return err
	}
	s.table.refreshAlias(ctx, m.Function, m.Alias)
	return nil
}

// follow sets the alias to what a move says. The target is the additional version on the way, as on AWS.
func (a *Alias) follow(m Move) {
	version, additional, weight := m.Current, m.Target, m.Weight
	switch {
	case m.Weight <= 0:
		additional, weight = 0, 0
	case m.Weight >= 1:
		version, additional, weight = m.Target, 0, 0
	}
	if a.Version != version || a.Additional != additional || a.Weight != weight {
		a.Version, a.Additional, a.Weight = version, additional, weight
		a.RevisionID = newRevision()
	}
	switch {
	case m.Last && m.Heir != "":
		a.Deployment = m.Heir
	case m.Last:
		a.Deployment, a.Held = "", nil
	}
}

// Warm starts a process of a version, so that the first request of its traffic does not wait for one.
// Errors: fault.NotFound "function", for a missing version too; and those of Pool.Warm.
func (s *Service) Warm(ctx context.Context, id ID, n Number) error {
	way, err := s.table.find(ctx, id, n.String())
	if err != nil {
		return err
	}
	return way.to.pool.Warm(ctx, 1)
}
