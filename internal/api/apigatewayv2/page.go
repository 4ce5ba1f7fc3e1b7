package apigatewayv2

import (
	"slices"
	"strconv"

	"sluice/internal/api/wire"
)

// maxPage is how many items a page has at most.
const maxPage = 1000

// list is the name that all lists go by in their tokens.
const list wire.List = "apigatewayv2"

// page cuts a page out of a list, of the shapes of its items. key names an item: the next page begins behind the one that the token
// names, since some lists are in another order than that of their names. It returns the next token, nil if there is no more.
func page[T, Out any](items []T, key func(T) string, shaped func(T) *Out, token, limit *string) (cut []Out, next *string, err error) {
	after, ok := list.Place(token)
	if after != "" {
		i := slices.IndexFunc(items, func(item T) bool { return key(item) == after })
		ok = i >= 0
		items = items[i+1:]
	}
	if !ok {
		return nil, nil, bad("Invalid nextToken parameter specified")
	}
	most, err := readLimit(limit)
	if err != nil {
		return nil, nil, err
	}
	items, next = wire.Page(list, items, key, "", most)
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
