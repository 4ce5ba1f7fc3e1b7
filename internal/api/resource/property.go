package resource

import "sluice/internal/stack"

// fields are the properties of a type or of an object in it, by name.
type fields = map[string]*stack.Property

// mark says one thing more of a property.
type mark func(*stack.Property)

func required(p *stack.Property) { p.Required = true }

// replaces marks what the property's page says "Update requires: Replacement" of.
func replaces(p *stack.Property) { p.Replaces = true }

// kept marks what has no effect here.
func kept(p *stack.Property) { p.Kept = true }

func property(kind stack.Kind, marks []mark) *stack.Property {
	p := &stack.Property{Kind: kind}
	for _, m := range marks {
		m(p)
	}
	return p
}

func text(marks ...mark) *stack.Property   { return property(stack.String, marks) }
func whole(marks ...mark) *stack.Property  { return property(stack.Integer, marks) }
func number(marks ...mark) *stack.Property { return property(stack.Number, marks) }
func flag(marks ...mark) *stack.Property   { return property(stack.Boolean, marks) }

// anything is a value that is not looked into.
func anything(marks ...mark) *stack.Property { return property(stack.Any, marks) }

// document is a JSON object or its text.
func document(marks ...mark) *stack.Property { return property(stack.JSON, marks) }

func list(items *stack.Property, marks ...mark) *stack.Property {
	p := property(stack.List, marks)
	p.Items = items
	return p
}

// table is an object with any keys.
func table(values *stack.Property) *stack.Property {
	p := property(stack.Map, nil)
	p.Items = values
	return p
}

func object(f fields, marks ...mark) *stack.Property {
	p := property(stack.Object, marks)
	p.Fields = f
	return p
}

// tagged is a list of tags, as most types have them.
func tagged(marks ...mark) *stack.Property {
	return list(object(fields{"Key": text(required), "Value": text(required)}), marks...)
}
