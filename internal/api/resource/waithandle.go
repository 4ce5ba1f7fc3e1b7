package resource

import (
	"sluice/internal/stack"
)

// waitHandle is AWS::CloudFormation::WaitConditionHandle. Its Ref is the address at which signals are taken.
func waitHandle() *resource {
	return &resource{
		Schema: stack.Schema{Type: "AWS::CloudFormation::WaitConditionHandle"},
		create: func(t *task) (*stack.Made, error) {
			return &stack.Made{PhysicalID: t.provider.config.Signals.URL(handlePrefix + t.Token)}, nil
		},
		delete: func(t *task) error {
			signals := t.provider.config.Signals
			token := signals.token(t.PhysicalID)
			if token == "" { // of a server that had other keys
				return nil
			}
			return signals.forget(token)
		},
	}
}

// handlePrefix is how the tokens of handles begin. What is sent to a handle is read at once: people send it by hand.
const handlePrefix = "wait-"
