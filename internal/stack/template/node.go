package template

import (
	"cmp"
	"slices"
)

// node is a value of a tree together with its place.
type node struct {
	value any
	at    *place
}

// key is a member of a map. If the text does not have it, it is where the map is.
func (n node) key(name string) node {
	object, _ := n.value.(map[string]any)
	if at := n.at.member(name); at != nil {
		return node{object[name], at}
	}
	return node{object[name], n.at.alone()}
}

// member is a member of a section. If the text does not have it, it is nowhere.
func (n node) member(name string) node {
	object, _ := n.value.(map[string]any)
	return node{object[name], n.at.member(name)}
}

// item is a member of a list, which must have it.
func (n node) item(i int) node {
	list := n.value.([]any)
	if n.at != nil && i < len(n.at.items) {
		return node{list[i], n.at.items[i]}
	}
	return node{list[i], n.at.alone()}
}

// items are the members of a list; none if it is none.
func (n node) items() []node {
	list, _ := n.value.([]any)
	items := make([]node, len(list))
	for i := range list {
		items[i] = n.item(i)
	}
	return items
}

// has reports whether a map has a member.
func (n node) has(name string) bool {
	object, _ := n.value.(map[string]any)
	_, ok := object[name]
	return ok
}

// names are the keys of a map in the order of the text; those that it lacks follow in alphabetical order.
func (n node) names() []string {
	object, _ := n.value.(map[string]any)
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		x, y := n.at.member(a), n.at.member(b)
		switch {
		case x == nil && y == nil:
			return cmp.Compare(a, b)
		case x == nil:
			return 1
		case y == nil:
			return -1
		}
		return cmp.Or(cmp.Compare(x.line, y.line), cmp.Compare(x.column, y.column), cmp.Compare(a, b))
	})
	return names
}
