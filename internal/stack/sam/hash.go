package sam

import (
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"sluice/internal/stack/sam/openapi"
)

// hash10 is the suffix of logical IDs that follow a value: the first ten digits of its SHA-1. It is empty for a value that
// is empty.
func hash10(value any) string {
	if !truthy(value) {
		return ""
	}
	return hashOf(value)[:10]
}

// hashOf returns the 40 digits of a value's SHA-1: of a string's bytes, of the JSON text of everything else.
func hashOf(value any) string {
	s, ok := value.(string)
	if !ok {
		s = canonical(value)
	}
	sum := sha1.Sum([]byte(s))
	return hex.EncodeToString(sum[:])
}

// canonical is a value's JSON text with sorted names, without spaces, and in ASCII.
func canonical(value any) string {
	var b strings.Builder
	writeCanonical(&b, value)
	return b.String()
}

func writeCanonical(b *strings.Builder, value any) {
	switch v := value.(type) {
	case nil:
		b.WriteString("null")
	case bool:
		b.WriteString(strconv.FormatBool(v))
	case string:
		openapi.WriteText(b, v)
	case json.Number:
		b.WriteString(number(v))
	case []any:
		b.WriteByte('[')
		for i, member := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			writeCanonical(b, member)
		}
		b.WriteByte(']')
	case map[string]any:
		b.WriteByte('{')
		for i, name := range sorted(v) {
			if i > 0 {
				b.WriteByte(',')
			}
			openapi.WriteText(b, name)
			b.WriteByte(':')
			writeCanonical(b, v[name])
		}
		b.WriteByte('}')
	}
}

// number writes a number as the reference implementation does: integers as they are, others with the fewest digits that
// tell them apart, at least one after the point.
func number(n json.Number) string {
	s := n.String()
	if !strings.ContainsAny(s, ".eE") {
		return s
	}
	f, err := n.Float64()
	if err != nil {
		return s
	}
	s = strconv.FormatFloat(f, 'g', -1, 64)
	if abs := max(f, -f); abs == 0 || abs >= 1e-4 && abs < 1e16 {
		s = strconv.FormatFloat(f, 'f', -1, 64)
	}
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s
}
