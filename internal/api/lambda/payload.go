package lambda

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"sluice/internal/fault"
)

// checkPayload refuses a payload that is no JSON document. None at all is fine.
func checkPayload(payload []byte) error {
	if len(payload) == 0 || json.Valid(payload) {
		return nil
	}
	what, where := complaint(payload)
	return fault.Errorf(fault.Invalid, "payload",
		"Could not parse request body into json: Could not parse payload into json: %s\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); %s]",
		what, where)
}

// complaint says what is wrong with a payload, and where, in the words of the parser that AWS uses (recording
// test_lambda_invoke_payload_encoding_error). Only the first value's beginning is told apart as it does.
func complaint(payload []byte) (what, where string) {
	offset := failsAt(payload)
	line := 1 + bytes.Count(payload[:offset], []byte{'\n'})
	column := offset - bytes.LastIndexByte(payload[:offset], '\n')
	where = fmt.Sprintf("line: %d, column: %d", line, column)
	if offset == len(payload) {
		return "Unexpected end-of-input", where
	}
	if word := wordAt(payload[offset:]); word != "" {
		return fmt.Sprintf("Unrecognized token '%s': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", word), where
	}
	return fmt.Sprintf("Unexpected character (%s): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
		character(payload[offset])), where
}

// failsAt returns the offset of the first byte that no JSON document can have there.
func failsAt(payload []byte) int {
	var v any
	err := json.Unmarshal(payload, &v)
	if syntax, ok := err.(*json.SyntaxError); ok {
		offset := int(syntax.Offset)
		if offset < len(payload) || !strings.Contains(syntax.Error(), "unexpected end") {
			offset--
		}
		return max(min(offset, len(payload)), 0)
	}
	return 0
}

func wordAt(text []byte) string {
	end := bytes.IndexFunc(text, func(r rune) bool { return r < 'A' || (r > 'Z' && r < 'a') || r > 'z' })
	if end < 0 {
		end = len(text)
	}
	return string(text[:end])
}

func character(b byte) string {
	if b < ' ' || b >= utf8.RuneSelf {
		return fmt.Sprintf("(CTRL-CHAR, code %d)", b)
	}
	return fmt.Sprintf("'%c' (code %d)", b, b)
}
