package logs

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"strconv"
	"strings"

	"sluice/internal/fault"
)

// errToken has AWS's words (recordings test_get_log_events_invalid_token, test_filter_log_events_unknown_token).
func errToken() error {
	return fault.Errorf(fault.Invalid, "token", "The specified nextToken is invalid.")
}

// separator is in no name.
const separator = "\x00"

// Seal makes a token of where a page ended: opaque to clients, and checked when it comes back. The kind keeps one list's
// token from being taken for another's. No part has a NUL. internal/api/logs calls it for the lists that it cuts into
// pages itself.
func Seal(kind string, parts ...string) string {
	text := strings.Join(parts, separator)
	sum := crc32.ChecksumIEEE([]byte(kind + separator + text))
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint32([]byte(text), sum))
}

// Unseal reads the parts of a token that Seal made. Error: fault.Invalid "token" for any other.
func Unseal(kind, token string, parts int) ([]string, error) {
	b, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(b) < crc32.Size {
		return nil, errToken()
	}
	text := string(b[:len(b)-crc32.Size])
	found := strings.Split(text, separator)
	if crc32.ChecksumIEEE([]byte(kind+separator+text)) != binary.BigEndian.Uint32(b[len(text):]) || len(found) != parts {
		return nil, errToken()
	}
	return found, nil
}

const (
	forward  = "f/"
	backward = "b/"
)

// streamToken writes a place in a stream as AWS does: the direction, 56 digits and /s. The last sixteen digits tell
// whether the token belongs to the stream.
func streamToken(direction string, id StreamID, c cut) string {
	return fmt.Sprintf("%s%020d%020d%016d/s", direction, c.time, c.position, mark(id, c))
}

// readStreamToken reads what streamToken wrote.
func readStreamToken(id StreamID, token string) (direction string, c cut, err error) {
	if len(token) < len(forward) || token[:len(forward)] != forward && token[:len(forward)] != backward {
		return "", cut{}, errToken()
	}
	direction = token[:len(forward)]
	digits := strings.TrimSuffix(token[len(forward):], "/s")
	if len(digits) != 56 {
		return "", cut{}, errToken()
	}
	var failed error
	number := func(text string) int64 {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 {
			failed = errToken()
		}
		return n
	}
	c = cut{time: number(digits[:20]), position: number(digits[20:40])}
	if sum := number(digits[40:]); failed == nil && sum != mark(id, c) {
		failed = errToken()
	}
	return direction, c, failed
}

func mark(id StreamID, c cut) int64 {
	return digest(id.ARN(), strconv.FormatInt(c.time, 10), strconv.FormatInt(c.position, 10))
}

// digest is a number of up to sixteen digits for some texts.
func digest(texts ...string) int64 {
	h := fnv.New64a()
	for _, text := range texts {
		_, _ = h.Write([]byte(text + separator)) // it never fails
	}
	return int64(h.Sum64() % 1e16)
}
