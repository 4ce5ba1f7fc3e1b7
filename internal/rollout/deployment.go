package rollout

import (
	"crypto/rand"
	"time"

	"sluice/internal/clock"
	"sluice/internal/comparison"
	"sluice/internal/function"
)

// Deployment is one move of an alias from a version to another.
type Deployment struct {
	Scope       function.Scope
	ID          string // d- and nine of A–Z and 0–9
	Application string
	Group       string
	Config      string // the configuration's name
	Description string
	Creator     string // "user" or "codeDeployRollback"
	Revision    Revision
	Previous    *Revision // of the group's last deployment that succeeded; nil if there is none
	Spec        Spec
	// SpecError is why the revision can't be used; then Spec is empty, and the deployment fails as soon as it starts.
	SpecError string
	Created   time.Time
	Rollback  Rollback // the group's settings when it was created, or its own
	Alarms    Alarms
	// OverridesAlarms says that the alarms are the deployment's own.
	OverridesAlarms bool
	Options         Options
	State           State
	// RollbackID is the deployment that rolls this one back; RollbackOf the one that this one rolls back. Either may be
	// empty.
	RollbackID, RollbackOf string
	// RollbackPlan is how traffic is brought back; nil means all at once.
	RollbackPlan []Shift
	// Comparison is the evidence against the target when the deployment was stored last; nil if it is not compared.
	Comparison *comparison.Test
	// Released is set when the deployment has ended and let its alias go.
	Released bool
	// Scale is what the waits of State were scaled by.
	Scale clock.Scale
	// Owner is the server that drives the deployment, and Lease until when it is to be heard of. One server has a data
	// folder to itself, so nobody reads them yet; several on one database will.
	Owner string
	Lease time.Time
}

// Status is where a deployment or one of its phases stands.
type Status string

// The statuses of deployments, and those of phases.
const (
	Created    Status = "Created" // deployments only
	InProgress Status = "InProgress"
	Succeeded  Status = "Succeeded"
	Failed     Status = "Failed"
	Stopped    Status = "Stopped" // deployments only
	Pending    Status = "Pending" // phases only
	Skipped    Status = "Skipped" // phases only
)

// Ended reports whether nothing will change any more.
func (s Status) Ended() bool { return s == Succeeded || s == Failed || s == Stopped }

// Status is what the deployment shows. It shows that it has ended only when its alias has been let go, so whoever waits
// for the end finds the alias where it has to be.
func (d *Deployment) Status() Status {
	switch {
	case d.State.Status == "":
		return Created
	case d.State.Status.Ended() && !d.Released:
		return InProgress
	}
	return d.State.Status
}

// Function returns the function that the deployment is about.
func (d *Deployment) Function() function.ID {
	return function.ID{Scope: d.Scope, Name: d.Spec.Function}
}

// move says where the alias has to be at a weight in percent.
func (d *Deployment) move(percent int, last bool) function.Move {
	m := function.Move{
		Deployment: d.ID, Function: d.Function(), Alias: d.Spec.Alias, Current: d.Spec.Current, Target: d.Spec.Target,
		Weight: function.Weight(float64(percent) / 100), Last: last, Return: d.State.Return,
	}
	if last {
		m.Heir = d.RollbackID
	}
	return m
}

// newID returns a random deployment ID.
func newID() string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	var random [9]byte
	rand.Read(random[:]) // never fails
	for i, b := range random {
		random[i] = letters[int(b)%len(letters)]
	}
	return "d-" + string(random[:])
}
