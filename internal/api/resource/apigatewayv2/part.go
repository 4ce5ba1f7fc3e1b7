package apigatewayv2

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// part is a type whose resources are parts of an API and have an ID: a route, an integration or an authorizer.
type part struct {
	noun   string // of the operations' names, and of the type's
	id     string // the property and the attribute
	fields schema.Fields
	// unset are the members that stand for properties that the template does not give, of an update.
	unset members
	// members are what an operation takes of the properties.
	members func(t *task) members
	// same tells whether an item is what an earlier order made; nil: nobody can tell.
	same func(t *task, item members) bool
}

// resource makes a type of a part. An earlier order may leave one that nobody can tell from others: it goes with the API.
func (p *part) resource() *resource.Type {
	p.fields["ApiId"] = schema.String(schema.Required, schema.Replaces)
	return &resource.Type{
		Schema: stack.Schema{Type: "AWS::ApiGatewayV2::" + p.noun, Attributes: []string{p.id}, Properties: p.fields},
		Create: p.create, Update: p.update,
		Delete: func(t *task) error {
			_, err := call(t, "Delete"+p.noun, inAPI(t, members{p.id: t.PhysicalID}))
			return err
		},
	}
}

func (p *part) create(t *task) (*stack.Made, error) {
	if p.same != nil {
		before, err := t.Earlier(listing, "Get"+p.noun+"s", inAPI(t, nil), func(item members) bool { return p.same(t, item) })
		if err != nil {
			return nil, err
		}
		if before != nil {
			t.PhysicalID = resource.TextOf(before[resource.Lower(p.id)])
			return p.update(t)
		}
	}
	made, err := call(t, "Create"+p.noun, inAPI(t, p.members(t)))
	return resource.Unless(err, resource.Identified(p.id, made[resource.Lower(p.id)]))
}

func (p *part) update(t *task) (*stack.Made, error) {
	in := resource.With(inAPI(t, members{p.id: t.PhysicalID}), p.unset)
	_, err := call(t, "Update"+p.noun, resource.With(in, p.members(t)))
	return resource.Unless(err, resource.Identified(p.id, t.PhysicalID))
}
