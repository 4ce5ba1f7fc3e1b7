package template

import (
	"fmt"
	"strings"

	"sluice/internal/fault"
)

// Error is what is wrong with a template, in CloudFormation's words where they are known.
type Error struct {
	Message string
	// Line and Column count from 1 and say where. Both are 0 if the place is not in the text: a transform wrote it.
	Line, Column int
	// bare leaves the place out of Error's text: the message has it, or the text has one line, where a column helps nobody.
	bare bool
}

// Error returns the message and the place, unless the message names it or the template is a single line.
func (e *Error) Error() string {
	if e.bare || e.Line == 0 {
		return e.Message
	}
	return fmt.Sprintf("%s (line %d, column %d)", e.Message, e.Line, e.Column)
}

// Unwrap makes each Error one of the kind Invalid about a template.
func (e *Error) Unwrap() error {
	return &fault.Error{Kind: fault.Invalid, Noun: "template", Message: e.Error()}
}

// maxMessage is the longest message, in bytes: names in it are the template's and may be long.
const maxMessage = 2_000

// errorAt makes an error of a place, which may be nowhere.
func errorAt(at *place, format string, args ...any) *Error {
	e := &Error{Message: fmt.Sprintf(format, args...)}
	if len(e.Message) > maxMessage {
		e.Message = strings.ToValidUTF8(e.Message[:maxMessage], "") + "..."
	}
	if at != nil {
		e.Line, e.Column = at.line, at.column
		e.bare = at.line == 0
	}
	return e
}
