package template

import (
	"fmt"

	"sluice/internal/fault"
)

// Error is what is wrong with a template, in CloudFormation's words where they are known.
type Error struct {
	Message string
	// Line and Column count from 1 and say where. Both are 0 if the place is not in the text: a transform wrote it.
	Line, Column int
	// placed reports that the message names the place already, or that the text has one line, where a place helps nobody.
	placed bool
}

// Error returns the message and the place, unless the message names it.
func (e *Error) Error() string {
	if e.placed || e.Line == 0 {
		return e.Message
	}
	return fmt.Sprintf("%s (line %d, column %d)", e.Message, e.Line, e.Column)
}

// Unwrap makes each Error one of the kind Invalid about a template.
func (e *Error) Unwrap() error {
	return &fault.Error{Kind: fault.Invalid, Noun: "template", Message: e.Error()}
}
