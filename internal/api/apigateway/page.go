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

// The lists that have pages.
const (
	apiList        wire.List = "REST APIs"
	authorizerList wire.List = "authorizers"
	deploymentList wire.List = "deployments"
	keyList        wire.List = "API keys"
	modelList      wire.List = "models"
	planKeyList    wire.List = "usage plan keys"
	planList       wire.List = "usage plans"
	resourceList   wire.List = "resources"
	validatorList  wire.List = "request validators"
)

// page cuts a page out of a list that is in the order of a key; each item's key is its own. It returns where the next page
// begins, nil if there is none.
func page[T any](list wire.List, items []T, key func(T) string, position *string, limit *int64) (cut []T, next *string, err error) {
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
