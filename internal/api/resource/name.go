package resource

import "strings"

// Name returns the name that a property gives to a resource, or one made of the stack's and the logical name and the random
// end of the resource's own, at most max characters long.
func (t *Task) Name(property string, max int) string {
	if t.Has(property) { // an empty one as well: the service refuses it
		return t.Text(property)
	}
	return t.Generated(max)
}

// Generated shortens the stack's and the logical name equally, if they have to be; the random end stays.
func (t *Task) Generated(max int) string {
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
		second = Shortened(second, room-len(first))
	case len(second) <= half:
		first = Shortened(first, room-len(second))
	default:
		first, second = Shortened(first, half), Shortened(second, room-half)
	}
	return first + "-" + second + "-" + end
}

// Shortened is the beginning of a text, at most max bytes of it.
func Shortened(s string, max int) string {
	if len(s) > max {
		return s[:max]
	}
	return s
}
