package sam

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Error is everything that is wrong with a template. Its text is the reference implementation's.
type Error struct {
	faults []*fault
}

// fault is one thing that is wrong.
type fault struct {
	id   string // logical ID of the resource or event that it is about; empty if it is about the template
	text string
	// event is set if id is that of an event, whose function has to tell it under its own.
	event bool
}

func (f *fault) Error() string { return f.text }

// Error counts what is wrong and tells each once, ordered by the logical IDs that they are about.
func (e *Error) Error() string {
	texts := e.Faults()
	return fmt.Sprintf("Invalid Serverless Application Specification document. Number of errors found: %d. %s", len(texts), strings.Join(texts, " "))
}

// Faults are the texts of everything that is wrong, each once, in the order in which Error tells them.
func (e *Error) Faults() []string {
	faults := slices.Clone(e.faults)
	slices.SortStableFunc(faults, func(a, b *fault) int { return cmp.Compare(cmp.Or(a.id, a.text), cmp.Or(b.id, b.text)) })
	var texts []string
	for _, f := range faults {
		if !slices.Contains(texts, f.text) {
			texts = append(texts, f.text)
		}
	}
	return texts
}

// documentError makes an Error of a single one.
func documentError(err error) *Error {
	var all *Error
	if errors.As(err, &all) {
		return all
	}
	var f *fault
	if !errors.As(err, &f) {
		f = &fault{text: err.Error()}
	}
	return &Error{faults: []*fault{f}}
}

// note adds an error, if it is one, to those that are told at the end.
func (t *transform) note(err error) {
	if err != nil {
		t.faults = append(t.faults, documentError(err).faults...)
	}
}

// abort ends the transform with an error about the template, once the expansion that found it has returned.
func (t *transform) abort(format string, args ...any) {
	if t.fatal == nil {
		t.fatal = invalidTemplate(format, args...)
	}
}

func invalidTemplate(format string, args ...any) *fault {
	return &fault{text: "Structure of the SAM template is invalid. " + fmt.Sprintf(format, args...)}
}

func invalidResource(id, format string, args ...any) *fault {
	return &fault{id: id, text: fmt.Sprintf("Resource with id [%s] is invalid. ", id) + fmt.Sprintf(format, args...)}
}

// invalidEvent is about an event of a function: its ID there, not its logical ID. Whoever expands the function wraps it.
func invalidEvent(id, format string, args ...any) *fault {
	return &fault{id: id, event: true, text: fmt.Sprintf("Event with id [%s] is invalid. ", id) + fmt.Sprintf(format, args...)}
}

// inResource tells an error about an event as one about the resource that has the event.
func inResource(id string, err error) error {
	var f *fault
	if errors.As(err, &f) && f.event {
		return invalidResource(id, "%s", f.text)
	}
	return err
}

func duplicateID(id, duplicate, typ string) *fault {
	return &fault{id: id, text: fmt.Sprintf("Transforming resource with id [%s] attempts to create a new resource with id [%s] and type %q. "+
		"A resource with that id already exists within this template. Please use a different id for that resource.", id, duplicate, typ)}
}
