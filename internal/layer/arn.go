package layer

import (
	"strconv"
	"strings"

	"sluice/internal/function"
)

// ParseName reads what names a layer: its name, which then is in the caller's scope, or its ARN, of which only the form
// arn:PARTITION:lambda:REGION:ACCOUNT:layer:NAME is one.
func ParseName(text string, caller function.Scope) (id ID, ok bool) {
	if !strings.HasPrefix(text, "arn:") {
		return ID{caller, text}, text != "" && !strings.Contains(text, ":")
	}
	parts := strings.Split(text, ":")
	if len(parts) != 7 || parts[2] != "lambda" || parts[5] != "layer" || parts[6] == "" {
		return ID{}, false
	}
	return ID{function.Scope{Account: parts[4], Region: parts[3]}, parts[6]}, true
}

// ParseARN reads a version's ARN, as VersionARN writes it. A number that no version can have becomes 0.
func ParseARN(text string) (id ID, number int, ok bool) {
	last := strings.LastIndexByte(text, ':')
	if last < 0 || !strings.HasPrefix(text, "arn:") {
		return ID{}, 0, false
	}
	if id, ok = ParseName(text[:last], function.Scope{}); !ok {
		return ID{}, 0, false
	}
	digits := text[last+1:]
	if strings.Trim(digits, "0123456789") != "" || digits == "" {
		return ID{}, 0, false
	}
	number, err := strconv.Atoi(digits)
	if err != nil || number > maxNumber {
		number = 0
	}
	return id, number, true
}

// maxNumber is beyond any version that will ever be.
const maxNumber = 1 << 31
