package resourcetest

import (
	"fmt"

	"sluice/internal/stack"
)

// Token is that of bare orders.
const Token = "0b9d3c1e-6a5f-4c1e-9a3e-000000000001"

// Order is an order of an unnamed type, for providers without a server.
func Order() *stack.Order {
	return &stack.Order{Stack: stack.Owner{Account: Owner, Region: Region, ID: TheStack, Name: "app"}, LogicalID: "C", Token: Token}
}

// Order is one with a token of its own.
func (f *Fixture) Order(logicalID, resourceType string, properties Object) *stack.Order {
	f.count++
	return &stack.Order{
		Stack:     stack.Owner{Account: Owner, Region: f.Region, ID: TheStack, Name: "app", Tags: map[string]string{"team": "blue"}},
		LogicalID: logicalID, Type: resourceType, PhysicalID: "app-" + logicalID + "-0123456789AB",
		Token: fmt.Sprintf("0b9d3c1e-6a5f-4c1e-9a3e-%012d", f.count), Properties: properties,
	}
}
