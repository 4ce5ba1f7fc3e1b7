package function

import (
	"context"

	"sluice/internal/fault"
)

// RuntimeUpdates says when a version gets a newer build of its runtime. Sluice keeps and shows it: the interpreter is the
// machine's.
type RuntimeUpdates struct {
	Qualifier string // empty for $LATEST, or a number
	Mode      string // Auto, FunctionUpdate or Manual
	ARN       string // the build to stay with, for Manual
}

// manualUpdates is the mode that stays with one build.
const manualUpdates = "Manual"

// SetRuntimeUpdates sets when a version gets a newer build of its runtime.
// Errors: fault.NotFound "function", for a missing version too; fault.Invalid "runtime" for an alias, and for a mode and a
// build that don't go together.
func (s *Service) SetRuntimeUpdates(ctx context.Context, id ID, updates RuntimeUpdates) error {
	updates.Qualifier = UnlessLatest(updates.Qualifier)
	if (updates.Mode == manualUpdates) != (updates.ARN != "") {
		return fault.Errorf(fault.Invalid, "runtime",
			"RuntimeVersionArn has to be given when UpdateRuntimeOn is Manual, and only then.")
	}
	return s.store.WriteFunctions(ctx, func(tx Tx) error {
		if err := checkVersion(tx, id, updates.Qualifier); err != nil {
			return err
		}
		return tx.PutRuntimeUpdates(id, &updates)
	})
}

// RuntimeUpdates returns what was set for a version, the mode Auto if nothing was.
// Errors: fault.NotFound "function", for a missing version too; fault.Invalid "runtime" for an alias.
func (s *Service) RuntimeUpdates(ctx context.Context, id ID, qualifier string) (found *RuntimeUpdates, err error) {
	qualifier = UnlessLatest(qualifier)
	err = s.store.ReadFunctions(ctx, func(r Reader) error {
		if err := checkVersion(r, id, qualifier); err != nil {
			return err
		}
		found, err = r.RuntimeUpdates(id, qualifier)
		if fault.Is(err, fault.NotFound, "") {
			found, err = &RuntimeUpdates{Qualifier: qualifier, Mode: "Auto"}, nil
		}
		return err
	})
	return found, err
}

// checkVersion checks that a qualifier names a version that is there.
func checkVersion(r Reader, id ID, qualifier string) error {
	if mayBeAlias(qualifier) {
		return fault.Errorf(fault.Invalid, "runtime", "Runtime management is set for $LATEST and published versions, not for aliases.")
	}
	_, err := RevisionOf(r, id, qualifier)
	return err
}
