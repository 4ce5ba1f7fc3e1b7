package resource

import (
	"sluice/internal/stack"
)

// part is a type whose resources are parts of an API and have an ID: a route, an integration or an authorizer.
type part struct {
	noun   string // of the operations' names, and of the type's
	id     string // the property and the attribute
	fields fields
	// unset are the members that stand for properties that the template does not give, of an update.
	unset members
	// members are what an operation takes of the properties.
	members func(t *task) members
	// same tells whether an item is what an earlier order made; nil: nobody can tell.
	same func(t *task, item members) bool
}

// resource makes a type of a part. An earlier order may leave one that nobody can tell from others: it goes with the API.
func (p *part) resource() *resource {
	p.fields["ApiId"] = text(required, replaces)
	return &resource{
		Schema: stack.Schema{Type: "AWS::ApiGatewayV2::" + p.noun, Attributes: []string{p.id}, Properties: p.fields},
		create: p.create, update: p.update,
		delete: func(t *task) error {
			_, err := t.http("Delete"+p.noun, t.inHTTPAPI(members{p.id: t.PhysicalID}))
			return err
		},
	}
}

func (p *part) create(t *task) (*stack.Made, error) {
	if p.same != nil {
		before, err := t.foundHTTP("Get"+p.noun+"s", t.inHTTPAPI(nil), func(item members) bool { return p.same(t, item) })
		if err != nil {
			return nil, err
		}
		if before != nil {
			t.PhysicalID = textOf(before[lower(p.id)])
			return p.update(t)
		}
	}
	made, err := t.http("Create"+p.noun, t.inHTTPAPI(p.members(t)))
	return unless(err, identifiedAs(p.id, made[lower(p.id)]))
}

func (p *part) update(t *task) (*stack.Made, error) {
	in := with(t.inHTTPAPI(members{p.id: t.PhysicalID}), p.unset)
	_, err := t.http("Update"+p.noun, with(in, p.members(t)))
	return unless(err, identifiedAs(p.id, t.PhysicalID))
}
