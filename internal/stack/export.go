package stack

import "sluice/internal/function"

// Export is an output that other stacks import by name.
type Export struct {
	Scope     function.Scope
	Name      string // unique in an account and region
	Value     string
	Stack     string // ID
	StackName string
}
