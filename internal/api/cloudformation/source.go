package cloudformation

import (
	"context"
	"fmt"

	"sluice/internal/api/shape"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/stack/template"
)

// bodyLimit is how long a template within a request may be, in bytes: as long as one in a bucket. AWS takes 51,200 (CloudFormation
// User Guide, "CloudFormation quotas"); see docs/decisions/0013-stacks.md.
const bodyLimit = template.MaxSize

// source returns the text of a template that a request has in it or by URL, none without either.
func (a *api) source(ctx context.Context, r *wire.Request, body, address *string) (string, error) {
	switch {
	case body != nil && address != nil:
		return "", fault.Errorf(fault.Invalid, "template", "Either Template URL or Template Body must be specified, not both.")
	case address != nil:
		return a.read(ctx, r, *address, "TemplateURL", templateLimit)
	case len(wire.Value(body)) > bodyLimit:
		return "", fault.Errorf(fault.Invalid, "template", "%s", shape.Message([]shape.Violation{{
			Path: "templateBody", Value: *body, Demand: fmt.Sprintf("Member must have length less than or equal to %d", bodyLimit),
		}}))
	}
	return wire.Value(body), nil
}

// template is source for requests that need one (recording test_no_template_error).
func (a *api) template(ctx context.Context, r *wire.Request, body, address *string) (string, error) {
	found, err := a.source(ctx, r, body, address)
	if err == nil && found == "" && address == nil {
		err = fault.Errorf(fault.Invalid, "template", "Either Template URL or Template Body must be specified.")
	}
	return found, err
}

// policy returns the text of a stack policy that a request has in it or by URL, none without either.
func (a *api) policy(ctx context.Context, r *wire.Request, member string, body, address *string) (string, error) {
	switch {
	case body != nil && address != nil:
		return "", fault.Errorf(fault.Invalid, "policy", "You cannot specify both %sURL and %sBody", member, member)
	case address != nil:
		return a.read(ctx, r, *address, member+"URL", policyLimit)
	}
	return wire.Value(body), nil
}
