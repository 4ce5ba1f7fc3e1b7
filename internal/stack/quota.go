package stack

import (
	"sluice/internal/fault"
	"sluice/internal/function"
)

const (
	// maxStacks is how many stacks an account may have in a region, nested ones and those in review among them (CloudFormation User Guide,
	// "CloudFormation quotas").
	maxStacks = 2000
	// maxNesting is how many stacks may lie within each other, the root among them. CloudFormation tells no number of its own: this one ends
	// a template that nests itself.
	maxNesting = 10
)

// checkQuota refuses one stack too many.
func checkQuota(r Reader, scope function.Scope) error {
	count, err := r.CountStacks(scope)
	if err == nil && count >= maxStacks {
		return fault.Errorf(fault.Limit, "stack", "Limit for stack has been exceeded: at most %d stacks are allowed in an account and region.", maxStacks)
	}
	return err
}

// checkNesting refuses to nest a stack too deep, or in one that goes.
func checkNesting(r Reader, s *Stack) error {
	depth := 1
	for id := s.Parent; id != ""; depth++ {
		if depth == maxNesting {
			return fault.Errorf(fault.Limit, "stack", "Stacks can be nested at most %d levels deep, the root stack included. Does a template nest itself?", maxNesting)
		}
		parent, err := r.Stack(id)
		if err != nil {
			return err
		}
		if !parent.growing() {
			return fault.Errorf(fault.Invalid, "stack", "Stack [%s] can't nest another one any more: it is being deleted or rolled back.", parent.ID)
		}
		id = parent.Parent
	}
	return nil
}

// growing reports whether a stack is being made or changed, and is meant to be.
func (s *Stack) growing() bool {
	return (s.Status == CreateInProgress || s.Status == UpdateInProgress) && s.Operation != nil && !s.Operation.ended()
}
