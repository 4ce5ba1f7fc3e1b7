package deployer

import "math"

// Alias is a function's alias. Additional and Weight are empty when it is stable.
type Alias struct {
	Name        string
	Version     string
	Additional  string
	Weight      float64 // share of the requests that go to Additional, above 0 and at most 1
	Description string  // holds a Record, if Sluice moved it last
	Revision    string  // RevisionId; an update with another one than the endpoint's is refused
}

// Stable reports whether the alias points to one version.
func (a *Alias) Stable() bool { return a.Additional == "" }

// Live is where an alias points by hand, after seed 001's live_version1, live_version2 and live_version2_percentage.
type Live struct {
	Version1   string
	Version2   string  // empty for one version
	Percentage float64 // of the requests that Version2 has, above 0 and below 100; 0 without one
}

// Points is an alias that points there, without name and description.
func (l Live) Points() Alias {
	if l.Version2 == "" {
		return Alias{Version: l.Version1}
	}
	return Alias{Version: l.Version1, Additional: l.Version2, Weight: l.Percentage / 100}
}

// points reports whether the alias is there already.
func (a *Alias) points(live Live) bool {
	return a.Version == live.Version1 && a.Additional == live.Version2 && (live.Version2 == "" || math.Abs(a.Weight*100-live.Percentage) < 1e-6)
}
