package resource

import (
	"sluice/internal/stack"
)

// waitHandle is AWS::CloudFormation::WaitConditionHandle. Its Ref is the address at which signals are taken.
func waitHandle() *resource {
	return &resource{
		Schema: stack.Schema{Type: "AWS::CloudFormation::WaitConditionHandle"},
		create: func(t *task) (*stack.Made, error) {
			return &stack.Made{PhysicalID: t.provider.config.Signals.ConditionURL(t.Token)}, nil
		},
		delete: func(t *task) error {
			signals := t.provider.config.Signals
			token := signals.Token(t.PhysicalID)
			if token == "" { // of a server that had other keys
				return nil
			}
			return signals.Forget(token)
		},
	}
}
