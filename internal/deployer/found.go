package deployer

import "sluice/internal/fault"

// Found is a function as it is at the endpoint.
type Found struct {
	Name     string
	ARN      string
	Latest   Version
	Versions []Version // published, ascending; empty when none is
	Alias    *Alias    // the one that the release moves; nil when it does not exist
	// Named are the aliases that name a version, with a weight or without, by the version. Prune spares those versions.
	Named map[string][]string
	Tags  map[string]string
}

// Last returns the newest published version. ok is false if none is published.
func (f *Found) Last() (v Version, ok bool) {
	if len(f.Versions) == 0 {
		return Version{}, false
	}
	return f.Versions[len(f.Versions)-1], true
}

// Version returns a version by its number or $LATEST. ok is false if there is none.
func (f *Found) Version(number string) (v Version, ok bool) {
	if number == Latest {
		return f.Latest, true
	}
	for _, v := range f.Versions {
		if v.Number == number {
			return v, true
		}
	}
	return Version{}, false
}

// Undecided returns the last version, if a run of Sluice published it and was cut off before anything was decided about
// it: it is newer than what the alias, as it is by now, points to and than what its record has decided. Else it is empty.
func (f *Found) Undecided(alias *Alias) string {
	last, _ := f.Last()
	if _, ours := ReadStamp(last.Description); !ours || alias == nil {
		return ""
	}
	r, _ := ReadRecord(alias.Description)
	if number(last.Number) <= max(number(r.Newest), number(alias.Version)) {
		return ""
	}
	return last.Number
}

// CanPoint returns a fault that says why an alias of the function can't point there.
func (f *Found) CanPoint(live Live) error {
	if live.Version2 == "" {
		return f.has(live.Version1)
	}
	if live.Version1 == Latest || live.Version2 == Latest {
		return fault.Errorf(fault.Invalid, "alias", "%s: an alias can't divide requests between $LATEST and a version: name two published versions", f.Name)
	}
	if live.Version1 == live.Version2 {
		return fault.Errorf(fault.Invalid, "alias", "%s: version1 and version2 are both %s: name two versions, or one alone", f.Name, live.Version1)
	}
	if !(live.Percentage > 0 && live.Percentage < 100) {
		return fault.Errorf(fault.Invalid, "alias", "%s: version2_percentage is %v: give a number above 0 and below 100, or one version alone", f.Name, live.Percentage)
	}
	if err := f.has(live.Version1); err != nil {
		return err
	}
	return f.has(live.Version2)
}

func (f *Found) has(version string) error {
	if _, ok := f.Version(version); ok {
		return nil
	}
	return fault.Errorf(fault.NotFound, "version", "%s has no version %q", f.Name, version)
}
