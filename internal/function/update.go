package function

import (
	"cmp"
	"context"
	"time"
)

// CodeChange asks for new code in $LATEST.
type CodeChange struct {
	Package      Content // a zip; needed
	Architecture string  // empty keeps it
	Revision     string  // if given, the revision that $LATEST must have
	Publish      bool    // publish the new code at once
	DryRun       bool    // check only, change nothing
}

// UpdateCode replaces $LATEST's code and returns $LATEST or, if it was asked to publish, the version.
// Errors: fault.NotFound "function"; fault.Invalid "package" or "signature"; fault.Precondition "revision"; fault.Conflict "update"
// while an earlier update is settling.
func (s *Service) UpdateCode(ctx context.Context, id ID, change CodeChange) (*Version, error) {
	keep := s.packages.Put
	if change.DryRun {
		keep = s.packages.Check
	}
	if _, err := s.Find(ctx, id, ""); err != nil { // before a package for nobody is stored
		return nil, err
	}
	code, err := keep(ctx, change.Package)
	if err != nil {
		return nil, err
	}
	apply := func(v *Version) error {
		v.Code = code
		if change.Architecture != "" {
			v.Config.Architecture = change.Architecture
		}
		return checkSize(v.Code, v.Config.Layers)
	}
	return s.update(ctx, id, update{apply, true, change.Revision, change.Publish, change.DryRun})
}

// ConfigChange asks for another configuration of $LATEST.
type ConfigChange struct {
	Apply    func(*Config) // changes what is to change
	Revision string        // if given, the revision that $LATEST must have
}

// UpdateConfig changes $LATEST's configuration and returns $LATEST.
// Errors: as UpdateCode's, and fault.Invalid as Create reports a configuration.
func (s *Service) UpdateConfig(ctx context.Context, id ID, change ConfigChange) (*Version, error) {
	apply := func(v *Version) error {
		change.Apply(&v.Config)
		v.Config = v.Config.withDefaults(id.Name)
		return cmp.Or(v.Config.validate(), checkSize(v.Code, v.Config.Layers))
	}
	return s.update(ctx, id, update{apply: apply, revision: change.Revision})
}

type update struct {
	apply    func(*Version) error
	code     bool // it brings code
	revision string
	publish  bool
	dryRun   bool
}

func (s *Service) update(ctx context.Context, id ID, u update) (*Version, error) {
	var result *Version
	err := s.store.WriteFunctions(ctx, func(tx Tx) error {
		f, err := tx.Function(id)
		if err != nil {
			return notFoundAs(err, id, "")
		}
		if u.code {
			if err := checkSignature(tx, f); err != nil {
				return err
			}
		}
		at := now()
		if err := f.updateLatest(u, at); err != nil {
			return err
		}
		result = &f.Latest
		if u.dryRun {
			return nil
		}
		if u.publish {
			if result, err = publishChange(tx, f, f.newVersion("", at, creating(at))); err != nil {
				return err
			}
		}
		return tx.PutFunction(f)
	})
	if err != nil || u.dryRun {
		return result, err
	}
	s.table.refreshLatest(ctx, id)
	return result, nil
}

// updateLatest applies an update to $LATEST and shows it as going on for a while.
func (f *Function) updateLatest(u update, now time.Time) error {
	latest := *f.Latest.At(now)
	if err := checkSettled(&latest); err != nil {
		return err
	}
	if err := checkRevision(u.revision, latest.RevisionID); err != nil {
		return err
	}
	if err := u.apply(&latest); err != nil {
		return err
	}
	if !u.dryRun {
		latest.RevisionID = newRevision()
		latest.Modified = now
		latest.Settling = &Settling{Until: now.Add(settleTime), Revision: newRevision()}
	}
	f.Latest = latest
	return nil
}
