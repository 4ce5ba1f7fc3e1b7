package cloudformation

import (
	"encoding/base64"
	"strconv"
	"strings"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// pageSize is how many items a page has; callers can't ask for another number. AWS's pages end at a megabyte.
const pageSize = 100

// writeToken makes the token of a list of where its next page begins.
func writeToken(list, place string) *string {
	return new(base64.RawURLEncoding.EncodeToString([]byte(list + " " + place)))
}

// readToken returns where a page begins, empty for the first one. It fails on a token of another list.
func readToken(list string, token *string) (place string, err error) {
	if wire.Value(token) == "" {
		return "", nil
	}
	plain, err := base64.RawURLEncoding.DecodeString(*token)
	place, ours := strings.CutPrefix(string(plain), list+" ")
	if err != nil || !ours {
		return "", fault.Errorf(fault.Invalid, "token", "The specified NextToken is not one that this operation gave out.")
	}
	return place, nil
}

// pageOf cuts a page out of a list that does not change while it is read.
func pageOf[T any](list string, items []T, token *string) (cut []T, next *string, err error) {
	place, err := readToken(list, token)
	if err != nil {
		return nil, nil, err
	}
	begin := 0
	if place != "" {
		if begin, err = strconv.Atoi(place); err != nil || begin < 0 {
			return nil, nil, fault.Errorf(fault.Invalid, "token", "The specified NextToken is not one that this operation gave out.")
		}
	}
	begin = min(begin, len(items))
	end := min(begin+pageSize, len(items))
	if end < len(items) {
		next = writeToken(list, strconv.Itoa(end))
	}
	return items[begin:end], next, nil
}
