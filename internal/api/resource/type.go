package resource

import (
	"sluice/internal/stack"
)

// resource is a resource type.
type resource struct {
	stack.Schema
	// create makes a resource. One that it returns beside an error is there and has to be deleted. If it fails because there is
	// one of that name, and the order is a repeated one, find is asked.
	create func(*task) (*stack.Made, error)
	// find returns the resource that an earlier order made, without changing it; nil if a type has no need of it.
	find func(*task) (*stack.Made, error)
	// update is nil for types whose properties all replace, and for those that have nothing to change.
	update func(*task) (*stack.Made, error)
	// delete may fail with what classify calls NotFound: the resource is gone then. Nil means that there is nothing to do.
	delete func(*task) error
	// commit belongs to Schema.Commits; nil if that is not set.
	commit func(*task) error
}

// unchanged is the answer to an update without effect.
func unchanged(t *task) *stack.Made {
	return &stack.Made{PhysicalID: t.PhysicalID, Attributes: t.Attributes}
}

// unless returns a resource unless the call that makes it has failed.
func unless(err error, made *stack.Made) (*stack.Made, error) {
	if err != nil {
		return nil, err
	}
	return made, nil
}
