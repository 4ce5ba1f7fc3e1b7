package deployer

import "sluice/internal/fault"

// Prune returns the numbers of the versions that may go, ascending: all but the newest keep ones and those that an alias
// names. A keep below 1 is Invalid.
func Prune(found *Found, keep int) ([]string, error) {
	if keep < 1 {
		return nil, fault.Errorf(fault.Invalid, "keep", "keep %d versions: keep at least 1", keep)
	}
	var gone []string
	for i, v := range found.Versions {
		if i < len(found.Versions)-keep && len(found.Named[v.Number]) == 0 {
			gone = append(gone, v.Number)
		}
	}
	return gone, nil
}
