package apigatewayv2

import (
	"strconv"

	"sluice/internal/api/wire"
)

// maxPage is how many items a page has at most.
const maxPage = 1000

// The lists that have pages.
const (
	apiList         wire.List = "HTTP APIs"
	authorizerList  wire.List = "authorizers"
	deploymentList  wire.List = "deployments"
	integrationList wire.List = "integrations"
	routeList       wire.List = "routes"
	stageList       wire.List = "stages"
)

// page cuts a page out of a list that is in the order of a key, of the shapes of its items; each item's key is its own. It
// returns the next token, nil if there is no more.
func page[T, Out any](list wire.List, items []T, key func(T) string, shaped func(T) *Out, token, limit *string) (cut []Out, next *string, err error) {
	after, ok := list.Place(token)
	if !ok {
		return nil, nil, bad("Invalid nextToken parameter specified")
	}
	most, err := readLimit(limit)
	if err != nil {
		return nil, nil, err
	}
	items, next = wire.Page(list, items, key, after, most)
	cut = []Out{}
	for _, each := range items {
		cut = append(cut, *shaped(each))
	}
	return cut, next, nil
}

func readLimit(limit *string) (int, error) {
	if limit == nil || *limit == "" {
		return maxPage, nil
	}
	most, err := strconv.Atoi(*limit)
	if err != nil || most < 1 {
		return 0, bad("Invalid maxResults parameter specified: %s", *limit)
	}
	return min(most, maxPage), nil
}
