package resource

import "strings"

// name returns the name that a property gives to a resource, or one made of the stack's and the logical name and the random
// end of the resource's own, at most max characters long.
func (t *task) name(property string, max int) string {
	if t.has(property) { // an empty one as well: the service refuses it
		return t.text(property)
	}
	return t.generated(max)
}

// generated shortens the stack's and the logical name equally, if they have to be; the random end stays.
func (t *task) generated(max int) string {
	if len(t.PhysicalID) <= max {
		return t.PhysicalID
	}
	end := t.PhysicalID[strings.LastIndexByte(t.PhysicalID, '-')+1:]
	room := max - len(end) - 2
	if room < 2 {
		return t.PhysicalID[len(t.PhysicalID)-max:]
	}
	first, second := t.Stack.Name, t.LogicalID
	half := room / 2
	switch {
	case len(first) <= half:
		second = shortened(second, room-len(first))
	case len(second) <= half:
		first = shortened(first, room-len(second))
	default:
		first, second = shortened(first, half), shortened(second, room-half)
	}
	return first + "-" + second + "-" + end
}

func shortened(s string, max int) string {
	if len(s) > max {
		return s[:max]
	}
	return s
}
