package wire

import (
	"net/url"
	"slices"
	"strings"

	"sluice/internal/api/shape"
)

// node is a position in the paths of a REST API, after some segments.
type node struct {
	static map[string]*node // by segment
	label  *node            // any one segment
	greedy *node            // all that follows, at least one segment
	ends   []end
}

// end is an operation whose path ends at a node.
type end struct {
	method   string
	query    []string // that has to be present: "name" or "name=value"
	endpoint *endpoint
}

// router builds the tree of the service's paths. Operations that ask for more of the query string come first.
func (s *Service) router() *node {
	root := &node{}
	for i := range s.Model.Operations {
		op := &s.Model.Operations[i]
		if op.Path == "" {
			continue
		}
		e := s.endpoints[op.Name]
		path, query, _ := strings.Cut(op.Path, "?")
		at := root
		for segment := range segments(path) {
			at = at.child(segment, e)
		}
		last := end{method: op.Method, endpoint: e}
		if query != "" {
			last.query = strings.Split(query, "&")
		}
		at.ends = append(at.ends, last)
		slices.SortStableFunc(at.ends, func(x, y end) int { return len(y.query) - len(x.query) })
	}
	return root
}

// child returns the node after segment of a template, noting the names of labels in e.
func (n *node) child(segment string, e *endpoint) *node {
	if !strings.HasPrefix(segment, "{") {
		if n.static == nil {
			n.static = make(map[string]*node)
		}
		if n.static[segment] == nil {
			n.static[segment] = &node{}
		}
		return n.static[segment]
	}
	name := strings.Trim(segment, "{}")
	to := &n.label
	if plain, greedy := strings.CutSuffix(name, "+"); greedy {
		name, to = plain, &n.greedy
	}
	e.labels = append(e.labels, name)
	if *to == nil {
		*to = &node{}
	}
	return *to
}

// segments yields the segments of a template.
func segments(path string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for part := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
			if part != "" && !yield(part) {
				return
			}
		}
	}
}

// find returns the operation that a request's escaped path asks for, and puts the values of its labels into values.
// A label takes no empty segment, and a slash at the path's end means nothing.
func (n *node) find(method, path, query string, values *[maxLabels]string) *endpoint {
	return n.walk(strings.Trim(path, "/"), method, query, values, 0)
}

func (n *node) walk(rest, method, query string, values *[maxLabels]string, labels int) *endpoint {
	if rest == "" {
		return n.choose(method, query)
	}
	segment, after, _ := strings.Cut(rest, "/")
	if to := n.static[segment]; to != nil {
		if e := to.walk(after, method, query, values, labels); e != nil {
			return e
		}
	}
	if n.label != nil && segment != "" && labels < maxLabels {
		if e := n.label.walk(after, method, query, values, labels+1); e != nil {
			values[labels] = pathUnescaped(segment)
			return e
		}
	}
	if n.greedy != nil && labels < maxLabels {
		if e := n.greedy.choose(method, query); e != nil {
			values[labels] = pathUnescaped(rest)
			return e
		}
	}
	return nil
}

func (n *node) choose(method, query string) *endpoint {
	for _, end := range n.ends {
		if end.method == method && present(end.query, query) {
			return end.endpoint
		}
	}
	return nil
}

// present reports whether the query string holds all that a template asks for.
func present(want []string, query string) bool {
	for _, w := range want {
		found := false
		for pair := range strings.SplitSeq(query, "&") {
			name, _, _ := strings.Cut(pair, "=")
			found = found || pair == w || name == w
		}
		if !found {
			return false
		}
	}
	return true
}

func pathUnescaped(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

// rest reports whether a model has paths at all.
func rest(m *shape.Model) bool { return m.Speaks(shape.RestJSON) || m.Speaks(shape.RestXML) }
