package stack

import (
	"crypto/rand"
	"fmt"
	"regexp"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// maxName is checked apart from the pattern: a regular expression that counts is long, and compiled at each start.
const maxName = 128

var namePattern = regexp.MustCompile(`^[a-zA-Z][-a-zA-Z0-9]*$`)

// checkName refuses what is no name of a stack or change set.
func checkName(name, what string) error {
	if len(name) <= maxName && namePattern.MatchString(name) {
		return nil
	}
	return fault.Errorf(fault.Invalid, what, "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: "+
		"Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*", name, what)
}

func arn(scope function.Scope, kind, name string) string {
	return "arn:aws:cloudformation:" + scope.Region + ":" + scope.Account + ":" + kind + "/" + name + "/" + newUUID()
}

// newUUID returns a random UUID, version 4.
func newUUID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// suffixLength is that of the last part of a generated name.
const suffixLength = 12

// generated is a physical ID for a resource that says none: as CloudFormation's, with a last part that no other has.
func generated(stack, logicalID string) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345" // 32: no letter is likelier than another
	var random [suffixLength]byte
	rand.Read(random[:]) // never fails
	for i, b := range random {
		random[i] = letters[int(b)%len(letters)]
	}
	return stack + "-" + logicalID + "-" + string(random[:])
}
