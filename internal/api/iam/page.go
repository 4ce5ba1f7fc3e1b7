package iam

import (
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// pageSize is how many items a list has if nobody asks for another number (AWS's page "ListRoles" and its siblings).
const pageSize = 100

// list is the name that all of IAM's lists go by in their markers.
const list wire.List = "iam"

// page cuts a page out of a list that is in the order of a key; each item's key is its own. It returns what IAM says of a
// list's end: whether there is more, and how to ask for it.
func page[T any](items []T, id func(T) string, marker *string, size *int64) (cut []T, truncated *bool, next *string, err error) {
	after, ok := list.Place(marker)
	if !ok {
		return nil, nil, nil, fault.Errorf(fault.Invalid, "marker", "Invalid Marker.")
	}
	most := pageSize
	if size != nil {
		most = int(*size)
	}
	cut, next = wire.Page(list, items, id, after, most)
	return cut, new(next != nil), next, nil
}

// whole is a list that always fits on one page.
func whole() *bool { return new(false) }

// below is a path that a list is to lie below; wire.Value would make an empty one of none, and all paths begin with a slash.
func below(path *string) string {
	if path == nil {
		return "/"
	}
	return wire.Value(path)
}
