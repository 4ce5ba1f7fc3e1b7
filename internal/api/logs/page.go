package logs

import (
	"encoding/base64"

	"sluice/internal/fault"
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

// writeToken makes of the last item of a page the token that callers hand back and do not read.
func writeToken(last string) *string {
	return new(base64.RawURLEncoding.EncodeToString([]byte(last)))
}

// readToken returns the last item of the page before, empty for the first page.
func readToken(token *string) (string, error) {
	last, err := base64.RawURLEncoding.DecodeString(value(token))
	if err != nil {
		return "", badToken
	}
	return string(last), nil
}

func exclusive(one, other string) error {
	return fault.Errorf(fault.Invalid, "query", "%s and %s are mutually exclusive.", one, other)
}
