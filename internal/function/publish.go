package function

import (
	"context"
	"time"

	"sluice/internal/fault"
)

// Publication asks to publish $LATEST.
type Publication struct {
	Description string // of the version; empty keeps $LATEST's
	SHA256      string // if given, the code that $LATEST must have
	Revision    string // if given, the revision that $LATEST must have
}

// Publish makes a version of $LATEST and returns it; if neither code nor configuration have changed since the last
// published version, it returns that one. An update that is still settling counts as done: on AWS the call would have
// to be repeated until it is.
// Errors: fault.NotFound "function"; fault.Precondition "revision"; fault.Invalid "package" for another SHA256.
func (s *Service) Publish(ctx context.Context, id ID, p Publication) (*Version, error) {
	var version *Version
	err := s.store.WriteFunctions(ctx, func(tx Tx) error {
		f, err := tx.Function(id)
		if err != nil {
			return notFoundAs(err, id, "")
		}
		f.Latest = *f.Latest.settled()
		if err := f.checkPublication(p); err != nil {
			return err
		}
		at := now()
		version, err = publishChange(tx, f, f.newVersion(p.Description, at, f.Latest.snapshotting(at)))
		if err != nil {
			return err
		}
		return tx.PutFunction(f)
	})
	if err != nil {
		return nil, err
	}
	s.table.refreshLatest(ctx, id)
	return version, nil
}

// snapshotting is the settling of a version that is published from v: AWS first takes a snapshot, if v asks for one.
func (v *Version) snapshotting(now time.Time) *Settling {
	if v.Config.SnapStart != SnapshotPublished {
		return nil
	}
	return creating(now)
}

func (f *Function) checkPublication(p Publication) error {
	if err := checkRevision(p.Revision, f.Latest.RevisionID); err != nil {
		return err
	}
	if p.SHA256 != "" && p.SHA256 != f.Latest.Code.SHA256 {
		return fault.Errorf(fault.Invalid, "package",
			"CodeSHA256 (%s) is different from current CodeSHA256 in $LATEST (%s). Please try again with the CodeSHA256 in $LATEST.",
			p.SHA256, f.Latest.Code.SHA256)
	}
	return nil
}

// publishChange stores next, which publishes f's $LATEST, and returns it; or returns the last published version if
// next would be the same again. The caller stores f.
func publishChange(tx Tx, f *Function, next *Version) (*Version, error) {
	if f.Published > 0 {
		last, err := tx.Version(f.ID, f.Published)
		if err == nil && last.publishes(&f.Latest) {
			return last.At(next.Modified), nil
		}
		if err != nil && !fault.Is(err, fault.NotFound, "") {
			return nil, err
		}
	}
	f.Published = next.Number
	// Recorded in test_function_revisions_version_and_alias: publishing changes $LATEST's revision.
	f.Latest.RevisionID = newRevision()
	return next, tx.PutVersion(next)
}

// publishes reports whether publishing latest would make v again. Only the last published version is compared: going
// back to older code makes a new version.
func (v *Version) publishes(latest *Version) bool {
	config := v.Config
	config.Description = v.PublishedDescription
	return v.Code.SHA256 == latest.Code.SHA256 && config.Equal(latest.Config)
}

// newVersion returns a copy of $LATEST under the next number.
func (f *Function) newVersion(description string, now time.Time, settling *Settling) *Version {
	version := f.Latest
	version.Number = f.Published + 1
	version.RevisionID = newRevision()
	version.Modified = now
	version.Settling = settling
	version.PublishedDescription = f.Latest.Config.Description
	if description != "" {
		version.Config.Description = description
	}
	return &version
}
