package view

import (
	"time"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
)

// PlanDocument is a plan as JSON.
type PlanDocument struct {
	Project     string             `json:"project"`
	Environment string             `json:"environment"`
	Release     string             `json:"release"` // id, of the one that goes on or of the next run's; another one for each plan otherwise
	Nothing     bool               `json:"nothing"` // changes
	Returning   bool               `json:"returning,omitempty"`
	Functions   []FunctionDocument `json:"functions"`
}

// FunctionDocument is what a plan does to one function.
type FunctionDocument struct {
	Key        string            `json:"key"`
	Name       string            `json:"name"`
	Nothing    bool              `json:"nothing"`
	Create     bool              `json:"create,omitempty"`
	Changes    []deployer.Change `json:"changes,omitempty"`
	SetTags    map[string]string `json:"set_tags,omitempty"`
	RemoveTags []string          `json:"remove_tags,omitempty"`
	Publish    bool              `json:"publish,omitempty"`
	Move       *MoveDocument     `json:"move,omitempty"`
	Unfinished bool              `json:"unfinished,omitempty"` // the alias has arrived, and its release has not ended
	Note       string            `json:"note,omitempty"`
}

// MoveDocument is where an alias goes.
type MoveDocument struct {
	Alias string         `json:"alias"`
	Kind  string         `json:"kind"` // make, start, next or point
	From  string         `json:"from,omitempty"`
	To    string         `json:"to,omitempty"` // empty: the version that is published first
	Now   float64        `json:"now,omitempty"`
	Steps []StepDocument `json:"steps,omitempty"`
	Live  *LiveDocument  `json:"live,omitempty"`
}

// LiveDocument is where an alias points by hand.
type LiveDocument struct {
	Version1   string  `json:"version1"`
	Version2   string  `json:"version2,omitempty"`
	Percentage float64 `json:"version2_percentage,omitempty"`
}

// StepDocument is one step of a release.
type StepDocument struct {
	Percent     float64 `json:"percent"`
	WaitSeconds float64 `json:"wait_seconds,omitempty"` // of the cloud
}

// DocumentOf is a plan as JSON.
func DocumentOf(p *release.Plan) PlanDocument {
	d := PlanDocument{Project: p.Environment.Project, Environment: p.Environment.Name, Release: p.Release, Nothing: p.Nothing(), Returning: p.Returning}
	unfinished := map[string]bool{}
	for _, key := range p.Unfinished {
		unfinished[key] = true
	}
	for i := range p.Decisions {
		is := &p.Decisions[i]
		key := is.Function.Key
		d.Functions = append(d.Functions, FunctionDocument{
			Key: key, Name: is.Function.Name, Nothing: is.Nothing() && !unfinished[key], Create: is.Create, Changes: is.Changes,
			SetTags: is.Tags.Set, RemoveTags: is.Tags.Remove, Publish: is.Publish, Move: moveDocument(is), Unfinished: unfinished[key], Note: is.Note,
		})
	}
	return d
}

var moveKinds = map[deployer.MoveKind]string{deployer.Make: "make", deployer.Start: "start", deployer.Next: "next", deployer.Point: "point"}

func moveDocument(d *deployer.Decision) *MoveDocument {
	m := &d.Move
	if m.Kind == deployer.Stay {
		return nil
	}
	out := &MoveDocument{Alias: d.Function.Alias, Kind: moveKinds[m.Kind], From: m.From, To: m.To, Now: m.Now, Steps: stepDocuments(m.Steps)}
	if m.Live != nil {
		live := LiveDocument(*m.Live)
		out.Live = &live
	}
	return out
}

func stepDocuments(steps []deployer.Step) (out []StepDocument) {
	for _, s := range steps {
		out = append(out, StepDocument{s.Percent, s.Wait.Seconds()})
	}
	return out
}

// OutcomeDocument is the last line of the events of a run: what it came to.
type OutcomeDocument struct {
	Kind      string             `json:"kind"` // outcome, or nothing if there was nothing to do
	Release   string             `json:"release,omitempty"`
	Standings []release.Standing `json:"standings,omitempty"`
	Versions  map[string]string  `json:"versions,omitempty"` // published, by the functions' keys
	Left      []StepDocument     `json:"left,omitempty"`     // for later runs
}

// OutcomeOf is an outcome as JSON.
func OutcomeOf(o release.Outcome) OutcomeDocument {
	return OutcomeDocument{"outcome", o.Release, o.Standings, o.Versions, stepDocuments(o.Left)}
}

// HistoryDocument is the history of a function as JSON.
type HistoryDocument struct {
	Function string            `json:"function"` // key
	Name     string            `json:"name"`
	Exists   bool              `json:"exists"`
	Versions []VersionDocument `json:"versions"` // the oldest first
}

// VersionDocument is a published version as JSON.
type VersionDocument struct {
	Version   string            `json:"version"`
	Published time.Time         `json:"published,omitzero"`
	Digest    string            `json:"digest"`
	Aliases   []string          `json:"aliases,omitempty"`
	Stamp     deployer.Stamp    `json:"stamp,omitzero"` // empty if Sluice did not publish it
	Changes   []deployer.Change `json:"changes,omitempty"`
}

// HistoriesOf are histories as JSON.
func HistoriesOf(all []release.History) (out []HistoryDocument) {
	for _, h := range all {
		d := HistoryDocument{Function: h.Function, Name: h.Name, Exists: h.Found != nil, Versions: []VersionDocument{}}
		for _, e := range h.Versions {
			d.Versions = append(d.Versions, VersionDocument{e.Number, e.Modified, e.Digest, e.Aliases, e.Stamp, e.Changes})
		}
		out = append(out, d)
	}
	return out
}
