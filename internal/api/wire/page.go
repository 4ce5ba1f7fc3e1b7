package wire

import (
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"slices"
)

// List names a list that is given in pages. It keeps one list's token from being taken for another's.
type List string

// Token makes of a place in the list, such as the key of a page's last item, the text that callers hand back and do not read.
func (l List) Token(place string) *string {
	return new(base64.RawURLEncoding.EncodeToString(append(l.sum(place), place...)))
}

// Place returns the place of a token, empty without one; false for a token that the list did not give out.
func (l List) Place(token *string) (place string, ok bool) {
	if Value(token) == "" {
		return "", true
	}
	sealed, err := base64.RawURLEncoding.DecodeString(*token)
	if err != nil || len(sealed) < crc32.Size {
		return "", false
	}
	place = string(sealed[crc32.Size:])
	return place, slices.Equal(l.sum(place), sealed[:crc32.Size])
}

// sum seals a token against mistakes, and not against forgery.
func (l List) sum(place string) []byte {
	return binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(string(l)+"\x00"+place)))
}

// Page cuts at most so many items out of a list that is in the order of their keys, those whose keys are greater than after;
// empty means the list's begin. It returns the token of the next page, nil if there is none.
func Page[T any](l List, items []T, key func(T) string, after string, most int) (cut []T, next *string) {
	if after != "" {
		i := slices.IndexFunc(items, func(item T) bool { return key(item) > after })
		if i < 0 {
			return items[len(items):], nil
		}
		items = items[i:]
	}
	if len(items) <= most {
		return items, nil
	}
	return items[:most], l.Token(key(items[most-1]))
}
