package stack

// start writes the first record of an operation that makes or changes a stack, which has its new status already.
func start(tx Tx, stack *Stack, goal *Goal, r *Request) error {
	stack.Goals++
	goal.Stack, goal.Number = stack.ID, stack.Goals
	stack.Settings = goal.Settings
	next := &Operation{
		Goal: goal.Number, Before: stack.Goal, Began: now(), OnFailure: onFailure(stack, r), DeleteCreated: r.DeleteCreated,
		Policy: r.PolicyDuringUpdate, Held: r.Parent != "" && stack.Status == UpdateInProgress,
	}
	if stack.Operation != nil {
		next.Prior = stack.Operation.Prior
	}
	stack.Operation, stack.Setback = next, ""
	return firstOf(tx.PutStackGoal(goal), tx.PutStack(stack), tx.AddStackEvent(stackEvent(stack)))
}

func onFailure(stack *Stack, r *Request) string {
	if stack.DisableRollback {
		return OnFailureNothing
	}
	return r.OnFailure
}
