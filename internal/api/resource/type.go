package resource

import "sluice/internal/stack"

// Type is a resource type.
type Type struct {
	stack.Schema
	// Prefix is how the names of other types begin that are this one; empty if there are none.
	Prefix string
	// Create makes a resource. One that it returns beside an error is there and has to be deleted. If it fails because there is
	// one of that name, and the order is a repeated one, Find is asked.
	Create func(*Task) (*stack.Made, error)
	// Find returns the resource that an earlier order made, without changing it; nil if a type has no need of it.
	Find func(*Task) (*stack.Made, error)
	// Update is nil for types whose properties all replace, and for those that have nothing to change.
	Update func(*Task) (*stack.Made, error)
	// Delete may fail with an error that is Gone: the resource is gone then. Nil means that there is nothing to do.
	Delete func(*Task) error
	// Commit belongs to Schema.Commits; nil if that is not set.
	Commit func(*Task) error
}

// Unchanged is the answer to an update without effect.
func Unchanged(t *Task) *stack.Made {
	return &stack.Made{PhysicalID: t.PhysicalID, Attributes: t.Attributes}
}

// Unless returns a resource unless the call that makes it has failed.
func Unless(err error, made *stack.Made) (*stack.Made, error) {
	if err != nil {
		return nil, err
	}
	return made, nil
}

// Identified is what has an ID and an attribute that repeats it.
func Identified(attribute string, id any) *stack.Made {
	return &stack.Made{PhysicalID: TextOf(id), Attributes: Members{attribute: TextOf(id)}}
}
