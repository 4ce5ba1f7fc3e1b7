package codedeploy

import (
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// pageSize is how many items a page has; callers can't ask for another number.
const pageSize = 100

// The lists that are given in pages.
const (
	applications wire.List = "applications"
	groups       wire.List = "groups"
	configs      wire.List = "configs"
	deployments  wire.List = "deployments"
	targets      wire.List = "targets"
)

// page returns the names behind a token, at most as many as a page has, and the token of the next page. Names are sorted.
func page(list wire.List, names []string, token *string) (shown []string, next *string, err error) {
	after, err := placeOf(list, token)
	if err != nil {
		return nil, nil, err
	}
	cut, next := wire.Page(list, names, func(name string) string { return name }, after, pageSize)
	return append([]string{}, cut...), next, nil
}

// placeOf returns the last item of the page before, empty for the first page.
func placeOf(list wire.List, token *string) (string, error) {
	last, ok := list.Place(token)
	if !ok {
		return "", fault.Errorf(fault.Invalid, "page", "The token %q is not one that this operation gave out", *token)
	}
	return last, nil
}
