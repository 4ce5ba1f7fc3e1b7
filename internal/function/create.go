package function

import (
	"cmp"
	"context"
	"maps"
	"time"

	"sluice/internal/fault"
)

// Creation asks for a new function.
type Creation struct {
	ID      ID
	Config  Config  // zero fields get their defaults
	Package Content // a zip; needed
	Tags    map[string]string
	// CodeSigning is the ARN of a code signing configuration, or empty.
	CodeSigning string
	Publish     bool // publish version 1 at once
}

// Create makes a function and returns $LATEST or, if it was asked to publish, version 1; both are settling.
// Errors: fault.Invalid "function", "configuration", "bound", "environment", "environment size", "tags", "package" or
// "signature"; fault.Conflict "function" if it exists; fault.NotFound "signing config of function".
func (s *Service) Create(ctx context.Context, c Creation) (*Version, error) {
	c.Config = c.Config.withDefaults(c.ID.Name)
	if err := cmp.Or(validateName(c.ID.Name), c.Config.validate(), validateTags(c.Tags)); err != nil {
		return nil, err
	}
	if _, err := s.Find(ctx, c.ID, ""); err == nil { // before a package for nobody is stored
		return nil, alreadyExists(c.ID)
	}
	code, err := s.packages.Put(ctx, c.Package)
	if err != nil {
		return nil, err
	}
	if err := checkSize(code, c.Config.Layers); err != nil {
		return nil, err
	}
	var created *Version
	err = s.store.WriteFunctions(ctx, func(tx Tx) error {
		if _, err := tx.Function(c.ID); err == nil {
			return alreadyExists(c.ID)
		} else if !fault.Is(err, fault.NotFound, "") {
			return err
		}
		f := newFunction(c, code, now())
		if err := checkSignature(tx, f); err != nil {
			return err
		}
		created = &f.Latest
		if c.Publish {
			var err error
			if created, err = publishChange(tx, f, f.newVersion("", f.Created, creating(f.Created))); err != nil {
				return err
			}
		}
		return tx.PutFunction(f)
	})
	if err != nil {
		return nil, err
	}
	s.table.refreshLatest(ctx, c.ID)
	return created, nil
}

func alreadyExists(id ID) error {
	return fault.Errorf(fault.Conflict, "function", "Function already exist: %s", id.Name)
}

// newFunction returns a function whose $LATEST is settling. Its revision changes once it has settled.
func newFunction(c Creation, code Code, now time.Time) *Function {
	return &Function{
		ID: c.ID, Created: now, Tags: maps.Clone(c.Tags), CodeSigning: c.CodeSigning,
		Latest: Version{
			Function: c.ID, Config: c.Config, Code: code, RevisionID: newRevision(), Modified: now,
			Settling: creating(now),
		},
	}
}
