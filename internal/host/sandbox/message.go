package sandbox

import "syscall"

// order is what the server sends a keeper, after the program's output came as a file.
type order struct {
	Spec
	Kind string // separate or restricted
	// Alone says that the keeper has a user namespace of its own.
	Alone bool
}

// report is what a keeper sends: one when the program has started or not, another one when it has ended.
type report struct {
	// Step is what the keeper failed at; empty if it did not. At the step "start" the program is to blame.
	Step  string        `json:",omitempty"`
	Errno syscall.Errno `json:",omitempty"`
	Cause string        `json:",omitempty"`
	// Status is how the program ended, as wait(2) tells it.
	Status syscall.WaitStatus
}

const stepStart = "start"

// How a keeper's command line begins. A program that is not one can't be called so by chance.
const (
	keeperName = "sluice-keeper"
	nothingDo  = "sluice-nothing" // ends at once, well: the program that Probe starts
)
