package route

import "strings"

// Any is the method of a route that takes all methods without a route of their own.
const Any = "ANY"

// Tree finds routes. The zero Tree has none. Once it is filled, many goroutines may search it at once.
type Tree[T any] struct{ root node[T] }

// node is a place in the tree: the paths that begin alike.
type node[T any] struct {
	fixed    map[string]*node[T]
	variable *node[T]
	here     map[string]leaf[T] // by method: routes that end here
	rest     map[string]leaf[T] // by method: routes whose last variable takes what follows
}

// leaf is a route.
type leaf[T any] struct {
	to    T
	names []string // of the variables in its path, in their order
}

// Add adds a route, or replaces the one of the same method and path. The path begins with a slash.
func (t *Tree[T]) Add(method, path string, to T) {
	n := &t.root
	var names []string
	for part := range segments(path) {
		name, variable := strings.CutPrefix(part, "{")
		if !variable {
			n = n.child(part)
			continue
		}
		name = strings.TrimSuffix(name, "}")
		if last, greedy := strings.CutSuffix(name, "+"); greedy {
			put(&n.rest, method, leaf[T]{to, append(names, last)})
			return
		}
		names = append(names, name)
		if n.variable == nil {
			n.variable = &node[T]{}
		}
		n = n.variable
	}
	put(&n.here, method, leaf[T]{to, names})
}

func (n *node[T]) child(part string) *node[T] {
	if n.fixed == nil {
		n.fixed = map[string]*node[T]{}
	}
	if n.fixed[part] == nil {
		n.fixed[part] = &node[T]{}
	}
	return n.fixed[part]
}

func put[T any](leaves *map[string]leaf[T], method string, l leaf[T]) {
	if *leaves == nil {
		*leaves = map[string]leaf[T]{}
	}
	(*leaves)[method] = l
}

// segments are the parts of a path between its slashes. "/" has none, "/a/" has an empty last one.
func segments(path string) func(func(string) bool) {
	path = strings.TrimPrefix(path, "/")
	if path == "" {
		return func(func(string) bool) {}
	}
	return strings.SplitSeq(path, "/")
}

// Find returns the most specific route for a method and a path, which begins with a slash, and the values of its variables, as
// they stand in the path; nil if it has none. A path whose own route does not take the method may have a less specific one
// that does. It looks at each place of the tree at most once.
func (t *Tree[T]) Find(method, path string) (to T, values map[string]string, found bool) {
	s := search[T]{method: method}
	l, found := s.find(&t.root, strings.TrimPrefix(path, "/"), path == "/" || path == "")
	if !found {
		return to, nil, false
	}
	if len(l.names) > 0 {
		values = make(map[string]string, len(l.names))
		for i, name := range l.names {
			values[name] = s.values[i]
		}
	}
	return l.to, values, true
}

// search is the way from the root to where it stands.
type search[T any] struct {
	method string
	values []string
}

// find looks below a place for what is left of a path; end says that nothing is.
func (s *search[T]) find(n *node[T], left string, end bool) (leaf[T], bool) {
	if end {
		return s.take(n.here)
	}
	part, rest, more := strings.Cut(left, "/")
	if child := n.fixed[part]; child != nil {
		if l, found := s.find(child, rest, !more); found {
			return l, true
		}
	}
	if n.variable != nil && part != "" {
		s.values = append(s.values, part)
		if l, found := s.find(n.variable, rest, !more); found {
			return l, true
		}
		s.values = s.values[:len(s.values)-1]
	}
	l, found := s.take(n.rest)
	if found {
		s.values = append(s.values, left)
	}
	return l, found
}

// take picks the route of the method among those that end at a place.
func (s *search[T]) take(leaves map[string]leaf[T]) (leaf[T], bool) {
	l, found := leaves[s.method]
	if !found {
		l, found = leaves[Any]
	}
	return l, found
}
