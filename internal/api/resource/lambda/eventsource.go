package lambda

import (
	"sluice/internal/api/resource"
	"sluice/internal/stack"
)

// eventSourceMapping is AWS::Lambda::EventSourceMapping, of which there is none.
func eventSourceMapping() *resource.Type {
	return &resource.Type{Schema: stack.Schema{
		Type: "AWS::Lambda::EventSourceMapping",
		Refusal: "There are no event sources here yet: no queue, stream or table to read from. " +
			"Take the mapping out of the template, or put it under a condition that is false here.",
	}}
}
