package policy

import (
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"sluice/internal/fault"
)

// maxSize is the largest document, in bytes as Text writes it (AWS's page "Lambda quotas").
const maxSize = 20480

// Document is a resource policy. The zero Document has no statement: AWS says of it that there is none.
type Document struct {
	// RevisionID changes with every change of the statements.
	RevisionID string
	Statements []Statement // in the order in which they were added
}

// Empty reports whether the document has no statement. A nil document is empty.
func (d *Document) Empty() bool { return d == nil || len(d.Statements) == 0 }

// Add appends a statement and renews the revision.
// Errors: fault.Conflict "statement" if its Sid is taken; fault.Limit "policy" if the document would become too large.
func (d *Document) Add(s Statement) error {
	if d.index(s.Sid) >= 0 {
		return fault.Errorf(fault.Conflict, "statement",
			"The statement id (%s) provided already exists. Please provide a new statement id, or remove the existing statement.", s.Sid)
	}
	grown := Document{RevisionID: uuid.NewString(), Statements: append(slices.Clone(d.Statements), s)}
	if size := len(grown.Text()); size > maxSize {
		return fault.Errorf(fault.Limit, "policy", "The final policy size (%d) is bigger than the limit (%d).", size, maxSize)
	}
	*d = grown
	return nil
}

// Remove takes the statement with a Sid away and renews the revision.
// Errors: fault.NotFound "statement"; fault.NotFound "policy" if the document is empty.
func (d *Document) Remove(sid string) error {
	if d.Empty() {
		return NotFound()
	}
	i := d.index(sid)
	if i < 0 {
		return fault.Errorf(fault.NotFound, "statement", "Statement %s is not found in resource policy.", sid)
	}
	*d = Document{RevisionID: uuid.NewString(), Statements: slices.Delete(slices.Clone(d.Statements), i, i+1)}
	return nil
}

func (d *Document) index(sid string) int {
	return slices.IndexFunc(d.Statements, func(s Statement) bool { return s.Sid == sid })
}

// NotFound says that a resource has no policy.
func NotFound() error {
	return fault.Errorf(fault.NotFound, "policy", "No policy is associated with the given resource.")
}

// CheckRevision enforces a caller's precondition: that the policy's revision is still the one it knows. An empty one always
// holds. operation is the one that AWS's text tells the caller to use, such as GetPolicy.
// Errors: fault.Precondition "revision".
func CheckRevision(given, actual, operation string) error {
	if given == "" || given == actual {
		return nil
	}
	return fault.Errorf(fault.Precondition, "revision",
		"The Revision Id provided does not match the latest Revision Id. Call the %s API to retrieve the latest Revision Id", operation)
}

// Text writes the document as AWS does: JSON without white space, members in AWS's order.
func (d *Document) Text() string {
	shown := struct {
		Version   string
		Id        string //nolint:revive,staticcheck // AWS's spelling
		Statement []json.RawMessage
	}{"2012-10-17", "default", make([]json.RawMessage, 0, len(d.Statements))}
	for _, s := range d.Statements {
		shown.Statement = append(shown.Statement, s.encode())
	}
	return string(encode(shown))
}
