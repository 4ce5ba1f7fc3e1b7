package deployer

import "time"

// Engine is who moves an alias's weight.
type Engine string

// The engines. The zero Engine is Direct.
const (
	Direct     Engine = "direct"     // this program
	CodeDeploy Engine = "codedeploy" // CodeDeploy, by a deployment that this program makes and follows
)

// Environment is one environment of a project, with everything resolved: defaults, overrides, values of variables.
type Environment struct {
	Project   string
	Name      string
	Region    string // empty: the SDK's
	Publish   bool   // false: code stays in $LATEST and the alias points there
	Confirm   bool   // a person is asked before something changes
	Strategy  Strategy
	Engine    Engine
	Checks    Checks
	Hooks     Hooks
	Functions []Function // ascending by key
}

// Checks are what must hold between steps.
type Checks struct {
	Alarms  []string // CloudWatch alarms, none of which may ring
	Command string   // a command of the project's, which decides by its exit code; empty for none
	// Errors is how many errors the new version may make behind the alias in a step; negative: they are not looked at.
	Errors int
}

// Hooks run before the first request reaches the new version and after the last has left the old one. A hook with a
// slash in its name is a command, any other one is a function. Empty means none.
type Hooks struct {
	Before, After string
}

// Step is one stage of a release.
type Step struct {
	Percent float64       // of the requests, above 0 and at most 100
	Wait    time.Duration // before the next step; zero at the last
}
