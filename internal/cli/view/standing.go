package view

import (
	"time"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
)

// Standings draws where aliases stand, as a table.
func Standings(all []release.Standing, now time.Time) string {
	t := table{}
	t.row("FUNCTION", "ALIAS", "VERSION", "STATE", "BY", "WHEN")
	for _, s := range all {
		state, by, when := state(s, now)
		t.row(s.Function, s.Alias, versions(s), state, by, when)
	}
	return t.String()
}

// versions are where an alias points, in a cell.
func versions(s release.Standing) string {
	switch {
	case s.Version == "":
		return "-"
	case s.Additional == "":
		return s.Version
	}
	return s.Version + " → " + s.Additional + ", " + deployer.PercentText(s.Percent)
}

// state says what becomes of the alias: its release and phase, who moved it, and when.
func state(s release.Standing, now time.Time) (text, by, when string) {
	switch {
	case !s.Known:
		text = "unknown"
	case s.Version == "":
		text = "not released yet"
	case s.Record == nil && s.Additional == "", ended(s, now):
		text = "stable"
	case s.Record == nil:
		text = "in transition, not by Sluice"
	default:
		text = phase(s, now)
		by = s.Record.By
		when = ago(now.Sub(s.Record.At))
	}
	if s.Deployment != "" {
		text = "moved by deployment " + s.Deployment
	}
	return text, by, when
}

// ended reports whether the record is of a run that held the alias, moved nothing and is gone.
func ended(s release.Standing, now time.Time) bool {
	return s.Record != nil && s.Record.Phase == deployer.Claimed && !s.Record.HeldAt(now) && s.Additional == ""
}

func phase(s release.Standing, now time.Time) string {
	r := s.Record
	text := string(r.Phase)
	switch {
	case r.Phase == deployer.Shifting && s.Additional == "" && s.Version != r.To:
		text = "off its release" // somebody pointed it elsewhere
	case r.Phase == deployer.Shifting && s.Additional == "":
		text = "arrived, not ended"
	case r.Phase == deployer.Returned && r.To != "" && r.To != r.From:
		text = "returned from " + r.To
	}
	if r.HeldAt(now) {
		text += ", held until " + until(r.Lease.In(now.Location()), now)
	}
	return text
}

// Outcome says what a run came to: where each alias stands now, and what is left to do.
func Outcome(o release.Outcome, env *deployer.Environment) string {
	t := table{}
	for _, s := range o.Standings {
		if s.Version == "" {
			t.row(s.Function, s.Alias+" does not exist")
			continue
		}
		t.row(s.Function, s.Alias+" is on "+pointing(deployer.Alias{Version: s.Version, Additional: s.Additional, Weight: s.Percent / 100}))
	}
	text := t.String()
	if len(o.Left) > 0 {
		text += "\nStill to go: " + steps(o.Left) + ". `sluice deploy " + env.Name + " --step` makes the next step, `sluice abort " + env.Name + "` goes back.\n"
	}
	return text
}
