package apigateway

import (
	"encoding/base64"
	"slices"
	"strings"

	"sluice/internal/fault"
)

// How many items a page has if nobody says, and at most (AWS's page "GetResources" and its siblings).
const (
	usualPage = 25
	maxPage   = 500
)

// page cuts a page out of a list that is in the order of a key; each item's key is its own. It returns where the next page
// begins, nil if there is none.
func page[T any](items []T, key func(T) string, position *string, limit *int64) (cut []T, next *string, err error) {
	if position != nil {
		after, err := readPosition(*position)
		if err != nil {
			return nil, nil, err
		}
		i := slices.IndexFunc(items, func(item T) bool { return key(item) > after })
		if i < 0 {
			i = len(items)
		}
		items = items[i:]
	}
	most := usualPage
	if limit != nil && *limit > 0 {
		most = int(min(*limit, maxPage))
	}
	if len(items) <= most {
		return items, nil, nil
	}
	return items[:most], new(writePosition(key(items[most-1]))), nil
}

const positionBegin = "after "

func writePosition(last string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(positionBegin + last))
}

func readPosition(position string) (last string, err error) {
	plain, err := base64.RawURLEncoding.DecodeString(position)
	last, ours := strings.CutPrefix(string(plain), positionBegin)
	if err != nil || !ours {
		return "", fault.Errorf(fault.Invalid, "position", "Invalid position parameter specified")
	}
	return last, nil
}
