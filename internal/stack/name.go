package stack

import (
	"crypto/rand"
	"fmt"
	"regexp"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// maxName is checked apart from the pattern: a regular expression that counts is long, and compiled at each start.
const maxName = 128

// What names of stacks and change sets look like, and what stacks are named by: their names and ARNs (recording test_stack_name_creation).
const (
	names      = `[a-zA-Z][-a-zA-Z0-9]*`
	references = names + `|arn:[-a-zA-Z0-9:/._+]*`
)

var (
	namePattern      = regexp.MustCompile(`^(?:` + names + `)$`)
	referencePattern = regexp.MustCompile(`^(?:` + references + `)$`)
)

// checkName refuses what is no name of a stack or change set. member is where a request has it.
func checkName(name, member string) error {
	switch {
	case !namePattern.MatchString(name):
		return unnamed(name, member, "Member must satisfy regular expression pattern: "+names)
	case len(name) > maxName:
		return unnamed(name, member, tooLong)
	}
	return nil
}

// CheckReference refuses what can be neither the name nor the ID of a stack, whether there is one or not. Error: fault.Invalid "stackName".
func CheckReference(name string) error {
	switch {
	case !referencePattern.MatchString(name):
		return unnamed(name, "stackName", "Member must satisfy regular expression pattern: "+references)
	case len(name) > maxName && !strings.HasPrefix(name, "arn:"):
		return unnamed(name, "stackName", tooLong)
	}
	return nil
}

var tooLong = fmt.Sprintf("Member must have length less than or equal to %d", maxName)

// unnamed is the error about a name, in AWS's words.
func unnamed(name, member, demand string) error {
	return fault.Errorf(fault.Invalid, member, "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: %s", name, member, demand)
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
