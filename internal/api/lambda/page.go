package lambda

import (
	"encoding/base64"
	"strings"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// pageSize is how many items a page has at most, whatever is asked for (AWS's page ListFunctions).
const pageSize = 50

// marker writes a cursor as text that callers hand back and do not read.
func marker(c *function.Cursor) *string {
	if c == nil {
		return nil
	}
	text := base64.RawURLEncoding.EncodeToString([]byte(c.Number.String() + ":" + c.Name))
	return &text
}

// pageOf reads which page a request wants.
func pageOf(after *string, limit *int64) (function.Page, error) {
	page := function.Page{Limit: pageSize}
	if limit != nil {
		page.Limit = min(int(*limit), pageSize)
	}
	if wire.Value(after) == "" {
		return page, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(*after)
	digits, name, ok := strings.Cut(string(text), ":")
	n, isNumber := function.ParseNumber(digits)
	if err != nil || !ok || !isNumber {
		return page, fault.Errorf(fault.Invalid, "marker", "The marker %q is not one that this operation gave out.", *after)
	}
	page.After = function.Cursor{Name: name, Number: n}
	return page, nil
}
