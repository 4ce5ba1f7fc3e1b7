package codedeploy

import (
	"encoding/base64"
	"slices"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// pageSize is how many items a page has; callers can't ask for another number.
const pageSize = 100

// page returns the names behind a token, at most as many as a page has, and the token of the next page. Names are sorted.
func page(names []string, token *string) (shown []string, next *string, err error) {
	after, err := readToken(token)
	if err != nil {
		return nil, nil, err
	}
	at, found := slices.BinarySearch(names, after)
	if found {
		at++
	}
	if rest := names[at:]; len(rest) <= pageSize {
		return append([]string{}, rest...), nil, nil
	}
	shown = names[at : at+pageSize]
	return shown, writeToken(shown[pageSize-1]), nil
}

// writeToken makes of the last item of a page the token that callers hand back and do not read.
func writeToken(last string) *string {
	return new(base64.RawURLEncoding.EncodeToString([]byte(last)))
}

// readToken returns the last item of the page before, empty for the first page.
func readToken(token *string) (string, error) {
	last, err := base64.RawURLEncoding.DecodeString(wire.Value(token))
	if err != nil {
		return "", fault.Errorf(fault.Invalid, "page", "The token %q is not one that this operation gave out", *token)
	}
	return string(last), nil
}
