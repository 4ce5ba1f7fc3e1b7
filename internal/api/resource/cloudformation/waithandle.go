package cloudformation

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/signal"
	"sluice/internal/stack"
)

// waitHandle is AWS::CloudFormation::WaitConditionHandle. Its Ref is the address at which signals are taken.
func waitHandle(answers *signal.Addresses) *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{Type: "AWS::CloudFormation::WaitConditionHandle"},
		Create: func(t *task) (*stack.Made, error) {
			return &stack.Made{PhysicalID: answers.ConditionURL(t.Token, t.Stack.ID+"/"+t.LogicalID)}, nil
		},
		Delete: func(t *task) error {
			token := answers.Token(t.PhysicalID)
			if token == "" { // of a server that had other keys
				return nil
			}
			return answers.Forget(token)
		},
	}
}
