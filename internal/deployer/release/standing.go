package release

import (
	"fmt"
	"math"
	"strings"

	"sluice/internal/deployer"
)

// Standing is where a function's alias points.
type Standing struct {
	Function string `json:"function"` // key
	Name     string `json:"name"`
	Alias    string `json:"alias"`
	// Known is false when the endpoint did not say: the network was gone. The other fields are then what was known last.
	Known      bool             `json:"known"`
	Version    string           `json:"version,omitempty"` // empty: there is no alias
	Additional string           `json:"additional,omitempty"`
	Percent    float64          `json:"percent,omitempty"` // of the requests, that Additional has
	Record     *deployer.Record `json:"record,omitempty"`  // nil: Sluice did not move the alias
	// Deployment is CodeDeploy's that moves the alias; empty for none.
	Deployment string `json:"deployment,omitempty"`
}

// String says it to a person: "calculator: LIVE is on version 3, with 25 % on 4".
func (s Standing) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s ", s.Function, s.Alias)
	if !s.Known {
		b.WriteString("was last seen ")
	} else if s.Version != "" {
		b.WriteString("is ")
	}
	switch {
	case s.Version == "":
		b.WriteString("does not exist")
	case s.Additional == "":
		b.WriteString("on version " + s.Version)
	default:
		fmt.Fprintf(&b, "on version %s, with %v %% on %s", s.Version, s.Percent, s.Additional)
	}
	if s.Deployment != "" {
		b.WriteString(", moved by deployment " + s.Deployment)
	}
	return b.String()
}

func standingOf(f deployer.Function, alias *deployer.Alias) Standing {
	s := Standing{Function: f.Key, Name: f.Name, Alias: f.Alias, Known: true}
	if alias == nil {
		return s
	}
	s.Version, s.Additional, s.Percent = alias.Version, alias.Additional, math.Round(alias.Weight*1e6)/1e4
	if record, ok := deployer.ReadRecord(alias.Description); ok {
		s.Record = &record
	}
	return s
}

func (m *member) standing(known bool) Standing {
	s := standingOf(m.Function, m.alias)
	s.Known, s.Deployment = known, m.deployment
	return s
}

func (r *run) standings() []Standing {
	all := make([]Standing, len(r.members))
	for i, m := range r.members {
		all[i] = m.standing(true)
	}
	return all
}
