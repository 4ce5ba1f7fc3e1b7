package deployer

import (
	"time"

	"sluice/internal/fault"
)

// Each refusal is a Conflict "alias" that begins with the function's key, and says who is in the way and what to do.

// CheckLease refuses a function's alias that a run holds at a time.
func (r *Record) CheckLease(now time.Time, key, alias string) error {
	if !r.HeldAt(now) {
		return nil
	}
	return fault.Errorf(fault.Conflict, "alias", "%s: release %s of %s holds %s until %s: wait for it, or say --take-over if that run is gone",
		key, r.Release, r.By, alias, r.Until())
}

// Until is the end of the lease for people: 10:45:00 UTC.
func (r *Record) Until() string { return r.Lease.UTC().Format(time.TimeOnly + " MST") }

// CheckPause refuses a function's alias whose release somebody paused.
func (r *Record) CheckPause(key, alias string) error {
	if r.Phase != Paused {
		return nil
	}
	return fault.Errorf(fault.Conflict, "alias", "%s: the release of version %s on %s was paused by %s: `sluice resume` or `sluice abort` first", key, r.To, alias, r.By)
}

// InTransition refuses an alias that is between two versions. why follows what it is: ", and nobody moves it". It may be empty.
func (a *Alias) InTransition(key, environment, why string) error {
	return fault.Errorf(fault.Conflict, "alias", "%s: %s is in transition from version %s to %s%s: `sluice promote %s` or `sluice abort %s` first",
		key, a.Name, a.Version, a.Additional, why, environment, environment)
}

// checkStrayed refuses an alias that was pointed elsewhere in the midst of a release, by something that wrote no record: going on
// with the others would leave two versions of the project in use.
func (a *Alias) checkStrayed(key, environment string) error {
	r, ok := ReadRecord(a.Description)
	if !ok || r.Phase != Shifting && r.Phase != Paused || !a.Stable() || a.Version == r.From || a.Version == r.To {
		return nil
	}
	return fault.Errorf(fault.Conflict, "alias", "%s: %s was pointed to version %s while release %s took it from %s to %s: `sluice abort %s` sends the others back, `sluice pin %s --function %s --version1 %s` leaves it there",
		key, a.Name, a.Version, r.Release, r.From, r.To, environment, environment, key, a.Version)
}
