// Package schema is the vocabulary in which resource types tell their properties: what kind of value each is, and what its
// page in CloudFormation's reference says of it. It makes values of stack.Property, whose rules are internal/stack's.
//
// What a property does to a resource does not belong here, but to its type (internal/api/resource/lambda and the others).
package schema

import "sluice/internal/stack"

// Fields are the properties of a type or of an object in it, by name.
type Fields = map[string]*stack.Property

// Mark says one thing more of a property.
type Mark func(*stack.Property)

// Required marks what a template has to give.
func Required(p *stack.Property) { p.Required = true }

// Replaces marks what the property's page says "Update requires: Replacement" of.
func Replaces(p *stack.Property) { p.Replaces = true }

// Kept marks what has no effect here.
func Kept(p *stack.Property) { p.Kept = true }

func property(kind stack.Kind, marks []Mark) *stack.Property {
	p := &stack.Property{Kind: kind}
	for _, m := range marks {
		m(p)
	}
	return p
}

// String is a text.
func String(marks ...Mark) *stack.Property { return property(stack.String, marks) }

// Integer is a whole number.
func Integer(marks ...Mark) *stack.Property { return property(stack.Integer, marks) }

// Number is any number.
func Number(marks ...Mark) *stack.Property { return property(stack.Number, marks) }

// Boolean is true or false.
func Boolean(marks ...Mark) *stack.Property { return property(stack.Boolean, marks) }

// Any is a value that is not looked into.
func Any(marks ...Mark) *stack.Property { return property(stack.Any, marks) }

// JSON is a JSON object or its text.
func JSON(marks ...Mark) *stack.Property { return property(stack.JSON, marks) }

// List is a list of items that are all of a kind.
func List(items *stack.Property, marks ...Mark) *stack.Property {
	p := property(stack.List, marks)
	p.Items = items
	return p
}

// Map is an object with any keys.
func Map(values *stack.Property) *stack.Property {
	p := property(stack.Map, nil)
	p.Items = values
	return p
}

// Object is an object with these fields.
func Object(f Fields, marks ...Mark) *stack.Property {
	p := property(stack.Object, marks)
	p.Fields = f
	return p
}

// Tags is a list of tags, as most types have them.
func Tags(marks ...Mark) *stack.Property {
	return List(Object(Fields{"Key": String(Required), "Value": String(Required)}), marks...)
}
