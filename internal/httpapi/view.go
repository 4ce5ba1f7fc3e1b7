package httpapi

import "sync"

// View is an API as a request finds it. Nothing in it may be changed: many requests share it.
type View struct {
	API    ID
	Name   string
	Stages map[string]*Shown // by name
}

// Shown is a stage as a request finds it. A change of the stage or of its deployment makes another.
type Shown struct {
	API        ID
	Stage      *Stage
	Deployment *Deployment // nil: nothing is deployed yet

	once  sync.Once
	front any
}

// Front returns what made of the stage when it was first asked: a compiled form, such as a tree of routes, that lives as long as
// the Shown does. All callers have to give the same function.
func (s *Shown) Front(made func(*Shown) any) any {
	s.once.Do(func() { s.front = made(s) })
	return s.front
}
