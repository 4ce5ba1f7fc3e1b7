package apigatewayv2

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
)

// maxPage is how many items a page has at most.
const maxPage = 1000

// page cuts a page out of a list, of the shapes of its items. key names an item: the next page begins behind the one that the token
// names. It returns the next token, nil if there is no more.
func page[T, Out any](items []T, key func(T) string, shaped func(T) *Out, token, limit *string) (cut []Out, next *string, err error) {
	if token != nil && *token != "" {
		after, err := readToken(*token)
		if err != nil {
			return nil, nil, err
		}
		i := slices.IndexFunc(items, func(item T) bool { return key(item) == after })
		if i < 0 {
			return nil, nil, bad("Invalid nextToken parameter specified")
		}
		items = items[i+1:]
	}
	most, err := readLimit(limit)
	if err != nil {
		return nil, nil, err
	}
	if len(items) > most {
		next = new(writeToken(key(items[most-1])))
		items = items[:most]
	}
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

const tokenBegin = "after "

func writeToken(last string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(tokenBegin + last))
}

func readToken(token string) (last string, err error) {
	plain, err := base64.RawURLEncoding.DecodeString(token)
	last, ours := strings.CutPrefix(string(plain), tokenBegin)
	if err != nil || !ours {
		return "", bad("Invalid nextToken parameter specified")
	}
	return last, nil
}
