package iam

import (
	"encoding/base64"
	"slices"
	"strings"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// pageSize is how many items a list has if nobody asks for another number (AWS's page "ListRoles" and its siblings).
const pageSize = 100

// page cuts a page out of a list that is in the order of a key; each item's key is its own. It returns what IAM says of a
// list's end: whether there is more, and how to ask for it.
func page[T any](items []T, id func(T) string, marker *string, size *int64) (cut []T, truncated *bool, next *string, err error) {
	if marker != nil {
		after, err := readMarker(*marker)
		if err != nil {
			return nil, nil, nil, err
		}
		i := slices.IndexFunc(items, func(item T) bool { return strings.Compare(id(item), after) > 0 })
		if i < 0 {
			i = len(items)
		}
		items = items[i:]
	}
	most := pageSize
	if size != nil {
		most = int(*size)
	}
	if len(items) <= most {
		return items, new(false), nil, nil
	}
	return items[:most], new(true), new(writeMarker(id(items[most-1]))), nil
}

const markerBegin = "after "

func writeMarker(last string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(markerBegin + last))
}

func readMarker(marker string) (last string, err error) {
	plain, err := base64.RawURLEncoding.DecodeString(marker)
	last, ours := strings.CutPrefix(string(plain), markerBegin)
	if err != nil || !ours {
		return "", fault.Errorf(fault.Invalid, "marker", "Invalid Marker.")
	}
	return last, nil
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
