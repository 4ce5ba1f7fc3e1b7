package lambda

import (
	"strings"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// pageSize is how many items a page has at most, whatever is asked for (AWS's page ListFunctions).
const pageSize = 50

// list is the name that all of Lambda's lists go by in their markers.
const list wire.List = "lambda"

// marker writes a cursor as text that callers hand back and do not read.
func marker(c *function.Cursor) *string {
	if c == nil {
		return nil
	}
	return list.Token(c.Number.String() + ":" + c.Name)
}

// pageOf reads which page a request wants.
func pageOf(after *string, limit *int64) (function.Page, error) {
	page := function.Page{Limit: pageSize}
	if limit != nil {
		page.Limit = min(int(*limit), pageSize)
	}
	place, ok := list.Place(after)
	if ok && place == "" {
		return page, nil
	}
	digits, name, _ := strings.Cut(place, ":")
	n, isNumber := function.ParseNumber(digits)
	if !ok || !isNumber {
		return page, fault.Errorf(fault.Invalid, "marker", "The marker %q is not one that this operation gave out.", *after)
	}
	page.After = function.Cursor{Name: name, Number: n}
	return page, nil
}
