package s3

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
)

// parseNumber reads a decimal number within bounds.
func parseNumber(s string, least, most int64) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err == nil && (n < least || n > most) {
		err = strconv.ErrRange
	}
	return n, err
}

func text(n int64) string { return strconv.FormatInt(n, 10) }

// maximum reads how many entries a page may have: a thousand at most, whatever is asked for.
func (r *request) maximum(parameter, argument string) (int, error) {
	value := r.query.Get(parameter)
	if value == "" {
		return maxEntries, nil
	}
	n, err := parseNumber(value, 0, 1<<31-1)
	if err != nil {
		return 0, invalidArgument(argument, value, "Provided "+parameter+" not an integer or within integer range")
	}
	return int(min(n, maxEntries)), nil
}

const maxEntries = 1000

// encoder is how a list writes keys: as they are, or escaped if the client asked for that, since XML can't hold all of them.
type encoder bool

func (r *request) encoder() (encoder, error) {
	switch value := r.query.Get("encoding-type"); value {
	case "":
		return false, nil
	case "url":
		return true, nil
	default:
		return false, invalidArgument("encoding-type", value, "Invalid Encoding Method specified in Request")
	}
}

func (e encoder) name() string {
	if e {
		return "url"
	}
	return ""
}

func (e encoder) text(s string) string {
	if e {
		return escapeKey(s)
	}
	return s
}

// escapeKey escapes a key but its slashes, with a plus for a space, as S3 does in lists.
func escapeKey(s string) string {
	return strings.ReplaceAll(url.QueryEscape(s), "%2F", "/")
}

// token hides a key, so that clients don't make up their own.
func token(key string) string { return base64.RawURLEncoding.EncodeToString([]byte(key)) }

func keyOfToken(s string) (string, error) {
	key, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return "", invalidArgument("continuation-token", s, "The continuation token provided is incorrect")
	}
	return string(key), nil
}
