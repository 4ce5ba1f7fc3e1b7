package release

import "time"

// EventKind is what happened in a release.
type EventKind string

// The kinds of event.
const (
	Packaged      EventKind = "packaged"       // a function's code is ready; Detail is its digest
	Claim         EventKind = "claimed"        // the run holds the alias
	Created       EventKind = "created"        // the function
	CodeSent      EventKind = "code-sent"      // to $LATEST
	SettingsSent  EventKind = "settings-sent"  // to $LATEST
	Published     EventKind = "published"      // Version
	HookBegins    EventKind = "hook-begins"    // Detail is its name
	HookEnds      EventKind = "hook-ends"      // Detail is its name; it succeeded
	Moved         EventKind = "moved"          // the alias: Version has Percent of the requests
	Waits         EventKind = "waits"          // until Until
	CheckBegins   EventKind = "check-begins"   // of a step
	AlarmIgnored  EventKind = "alarm-ignored"  // Detail rang before the release began
	DeploymentRun EventKind = "deployment-run" // CodeDeploy's, Detail is its id
	DeploymentEnd EventKind = "deployment-end" // Detail is its status
	GoesBack      EventKind = "goes-back"      // the release: Detail is why
	WentBack      EventKind = "went-back"      // the alias, to Version
	GivenBack     EventKind = "given-back"     // the lease
	Deleted       EventKind = "deleted"        // Version
	Finished      EventKind = "finished"       // the alias's release
)

// Event is one thing that happened, for somebody who watches.
type Event struct {
	Kind     EventKind `json:"kind"`
	At       time.Time `json:"at"`
	Release  string    `json:"release,omitempty"`
	Function string    `json:"function,omitempty"` // key; empty: all of the release
	Alias    string    `json:"alias,omitempty"`
	Version  string    `json:"version,omitempty"`
	Percent  float64   `json:"percent,omitempty"`
	Until    time.Time `json:"until,omitzero"`
	Detail   string    `json:"detail,omitempty"`
}

// tell hands an event to who watches.
func (r *Runner) tell(e Event) {
	if r.config.Observe == nil {
		return
	}
	e.At = time.Now()
	r.watching.Lock()
	defer r.watching.Unlock()
	r.config.Observe(e)
}
