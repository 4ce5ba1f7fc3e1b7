package deployer

import "sluice/internal/fault"

// RollbackTarget returns the version that an alias goes back to, without a new upload: the one asked for or, if to is
// empty, the one before. Of an alias in transition that is the version it comes from. Of a stable one it is the version
// that the last release came from, if that is known and still there, else the next lower number.
func RollbackTarget(found *Found, to string) (string, error) {
	if found == nil || found.Alias == nil {
		return "", fault.Errorf(fault.NotFound, "alias", "there is no alias to roll back: nothing has been released")
	}
	a := found.Alias
	if to != "" {
		if a.Stable() && a.Version == to {
			return "", fault.Errorf(fault.Conflict, "alias", "%s of %s points to version %s already", a.Name, found.Name, to)
		}
		return to, found.has(to)
	}
	if !a.Stable() {
		return a.Version, nil
	}
	if r, ok := ReadRecord(a.Description); ok && r.To == a.Version && r.From != r.To && number(r.From) > 0 && found.has(r.From) == nil {
		return r.From, nil
	}
	before := ""
	for _, v := range found.Versions {
		if number(v.Number) < number(a.Version) {
			before = v.Number
		}
	}
	if before == "" {
		return "", fault.Errorf(fault.NotFound, "version", "%s points to version %s of %s, and there is none before it", a.Name, a.Version, found.Name)
	}
	return before, nil
}
