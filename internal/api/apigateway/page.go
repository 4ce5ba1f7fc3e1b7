package apigateway

import (
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// How many items a page has if nobody says, and at most (AWS's page "GetResources" and its siblings).
const (
	usualPage = 25
	maxPage   = 500
)

// list is the name that all lists go by in their positions.
const list wire.List = "apigateway"

// page cuts a page out of a list that is in the order of a key; each item's key is its own. It returns where the next page
// begins, nil if there is none.
func page[T any](items []T, key func(T) string, position *string, limit *int64) (cut []T, next *string, err error) {
	after, ok := list.Place(position)
	if !ok || position != nil && after == "" {
		return nil, nil, fault.Errorf(fault.Invalid, "position", "Invalid position parameter specified")
	}
	most := usualPage
	if limit != nil && *limit > 0 {
		most = int(min(*limit, maxPage))
	}
	cut, next = wire.Page(list, items, key, after, most)
	return cut, next, nil
}
