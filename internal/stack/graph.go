package stack

import (
	"maps"
	"slices"
)

// graph says for each step which others have to be done before. Steps are named by logical ID.
type graph map[string][]string

// ordered makes the graph of what is to be made: a resource waits for whatever it refers to, as far as that is among the steps.
func ordered(dependencies map[string][]string) graph {
	g := graph{}
	for step, needs := range dependencies {
		g[step] = nil
		for _, need := range needs {
			if _, there := dependencies[need]; there && need != step {
				g[step] = append(g[step], need)
			}
		}
	}
	return g.acyclic()
}

// reversed makes the graph of what is to be deleted: a resource waits for all that refer to it.
func reversed(dependencies map[string][]string) graph {
	g := graph{}
	for step := range dependencies {
		g[step] = nil
	}
	for _, step := range slices.Sorted(maps.Keys(dependencies)) {
		for _, need := range dependencies[step] {
			if _, there := dependencies[need]; there && need != step {
				g[need] = append(g[need], step)
			}
		}
	}
	return g.acyclic()
}

// acyclic leaves out what would close a circle. A template has none, but what several of them left behind may.
func (g graph) acyclic() graph {
	const open, closed = 1, 2
	state := map[string]int{}
	var visit func(step string)
	visit = func(step string) {
		state[step] = open
		g[step] = slices.DeleteFunc(g[step], func(need string) bool {
			if state[need] == 0 {
				visit(need)
			}
			return state[need] == open
		})
		state[step] = closed
	}
	for _, step := range slices.Sorted(maps.Keys(g)) {
		if state[step] == 0 {
			visit(step)
		}
	}
	return g
}

// sorted lists the steps, each behind those that it waits for.
func (g graph) sorted() (steps []string) {
	listed := map[string]bool{}
	var visit func(step string)
	visit = func(step string) {
		if listed[step] {
			return
		}
		listed[step] = true
		for _, need := range g[step] {
			visit(need)
		}
		steps = append(steps, step)
	}
	for _, step := range slices.Sorted(maps.Keys(g)) {
		visit(step)
	}
	return steps
}

// walk does the steps, at most limit at once, each after those that it waits for. One whose needs failed is left out. It starts
// none after halted, and returns when those that were started have ended.
func (g graph) walk(limit int, halted <-chan struct{}, do func(step string) (ok bool)) {
	type end struct {
		step string
		ok   bool
	}
	waiting, followers := map[string]int{}, map[string][]string{}
	var ready []string
	for _, step := range slices.Sorted(maps.Keys(g)) {
		waiting[step] = len(g[step])
		for _, need := range g[step] {
			followers[need] = append(followers[need], step)
		}
		if waiting[step] == 0 {
			ready = append(ready, step)
		}
	}
	ends := make(chan end)
	running := 0
	for {
		for len(ready) > 0 && running < limit && !isClosed(halted) {
			step := ready[0]
			ready = ready[1:]
			running++
			go func() { ends <- end{step, do(step)} }()
		}
		if running == 0 {
			return
		}
		ended := <-ends
		running--
		for _, follower := range followers[ended.step] {
			if waiting[follower]--; ended.ok && waiting[follower] == 0 {
				ready = append(ready, follower)
			} else if !ended.ok {
				waiting[follower] = -1 // never ready
			}
		}
	}
}

// carry walks over steps of which each may find that it can't even be tried, and returns the first error of those that could not.
func (g graph) carry(limit int, halted <-chan struct{}, do func(step string) (ok bool, err error)) error {
	errs := make(chan error, len(g))
	g.walk(limit, halted, func(step string) bool {
		ok, err := do(step)
		if err != nil {
			errs <- err
		}
		return ok && err == nil
	})
	close(errs)
	return <-errs
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
