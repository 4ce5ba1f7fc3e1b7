package deployer

import "time"

// Phase is what a release has come to on one alias.
type Phase string

// The phases.
const (
	Claimed  Phase = "claimed"  // a run holds the alias and has moved nothing yet
	Shifting Phase = "shifting" // the alias is on its way from From to To
	Paused   Phase = "paused"   // so is it, and no run may move it before it is resumed
	Done     Phase = "done"     // To has all requests
	Returned Phase = "returned" // the alias went back to From: a check or a hook failed, or somebody aborted
	Pinned   Phase = "pinned"   // somebody pointed the alias by hand
)

// Record is what Sluice writes into the description of an alias with each move, in at most 256 bytes (Lambda's limit
// for descriptions): enough for any machine to go on, or to undo.
type Record struct {
	Release string // id: the same on all functions of a release
	Phase   Phase
	From    string // version
	To      string // version; empty while it is not published
	By      string // who
	At      time.Time
	// Lease is until when the run that wrote this holds the alias. Zero: nobody does.
	Lease time.Time
}
