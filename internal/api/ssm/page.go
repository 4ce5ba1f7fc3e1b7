package ssm

import (
	"encoding/base64"
	"strings"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// listPage is how many items lists have if nobody asks for fewer (AWS's page "DescribeParameters" and its siblings).
const listPage = 50

func size(asked *int64, usual int) int {
	if asked == nil {
		return usual
	}
	return int(*asked)
}

// writeToken makes the token of a list of its page's last item.
func writeToken(list, last string) *string {
	return new(base64.RawURLEncoding.EncodeToString([]byte(list + " " + last)))
}

// readToken returns the last item of the page before, empty for the first page. It fails on a token of another list.
func readToken(list string, token *string) (last string, err error) {
	if wire.Value(token) == "" {
		return "", nil
	}
	plain, err := base64.RawURLEncoding.DecodeString(*token)
	last, ours := strings.CutPrefix(string(plain), list+" ")
	if err != nil || !ours {
		return "", fault.Errorf(fault.Invalid, "token", "The specified token is not valid.")
	}
	return last, nil
}
