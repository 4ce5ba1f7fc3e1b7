package resourcetest

import (
	"sluice/internal/stack"
)

// Source is an order for a function whose source is in the template.
func (f *Fixture) Source(logicalID string, more Object) *stack.Order {
	properties := Object{"Role": RoleARN, "Runtime": "nodejs22.x", "Handler": "index.handler", "Code": Object{"ZipFile": NodeSource}}
	for name, value := range more {
		properties[name] = value
	}
	return f.Order(logicalID, "AWS::Lambda::Function", properties)
}

// NodeSource is the source of a function of Node that answers 1.
const NodeSource = "exports.handler = async () => 1"
