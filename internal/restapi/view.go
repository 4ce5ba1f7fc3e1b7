package restapi

import "sync"

// View is a stage as a request finds it. Nothing in it may be changed: many requests share it. A change of the stage, of its
// deployment, or of a key or plan that opens it makes another View.
type View struct {
	API        ID
	Name       string // of the API
	Stage      *Stage
	Deployment *Deployment
	// Canary is the second deployment, nil if there is none. Stage.Canary says how much it gets.
	Canary *Deployment
	// keys are those that open the stage, by value.
	keys map[string]*PlanKey

	once  sync.Once
	front any
}

// PlanKey is a key that a usage plan lets into a stage.
type PlanKey struct {
	Key  *APIKey
	Plan *UsagePlan
}

// Key returns what a key's value opens the stage by, nil if it does not. A key that is not enabled opens nothing.
func (v *View) Key(value string) *PlanKey { return v.keys[value] }

// Front returns what made of the View when it was first asked: a compiled form, such as a tree of routes, that lives as long
// as the View does. All callers have to give the same function.
func (v *View) Front(made func(*View) any) any {
	v.once.Do(func() { v.front = made(v) })
	return v.front
}
