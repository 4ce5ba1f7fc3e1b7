package logs

import (
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/logs"
)

// maxPage is the most items of a page, and how many there are if nobody asks for fewer (AWS's page "DescribeLogGroups"
// and its siblings).
const maxPage = 50

func pageSize(limit *int64) int {
	if limit == nil {
		return maxPage
	}
	return int(*limit)
}

// writeToken makes the token of a list of the last item of a page, for lists that are cut into pages here.
func writeToken(list, last string) *string { return new(logs.Seal(list, last)) }

// readToken returns the last item of the page before, empty for the first page.
func readToken(list string, token *string) (string, error) {
	if wire.Value(token) == "" {
		return "", nil
	}
	parts, err := logs.Unseal(list, *token, 1)
	if err != nil {
		return "", err
	}
	return parts[0], nil
}

func exclusive(one, other string) error {
	return fault.Errorf(fault.Invalid, "query", "%s and %s are mutually exclusive.", one, other)
}
