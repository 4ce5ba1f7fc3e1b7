package cloudformation

import (
	"context"
	"slices"
	"strings"

	shape "sluice/internal/api/shape/cloudformation"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/stack"
	"sluice/internal/stack/template"
)

func (a *api) getTemplate(ctx context.Context, r *wire.Request, in *shape.GetTemplateInput) (*shape.GetTemplateOutput, error) {
	goal, err := a.goal(ctx, r, in)
	if err != nil {
		return nil, err
	}
	body := goal.Text
	if wire.Value(in.TemplateStage) == "Processed" && goal.Processed != "" {
		body = goal.Processed
	}
	return &shape.GetTemplateOutput{TemplateBody: &body, StagesAvailable: []string{"Original", "Processed"}}, nil
}

// goal is that of a change set if the request names one, and else of a stack.
func (a *api) goal(ctx context.Context, r *wire.Request, in *shape.GetTemplateInput) (*stack.Goal, error) {
	switch {
	case in.ChangeSetName != nil:
		if in.StackName == nil && !strings.HasPrefix(*in.ChangeSetName, "arn:") {
			return nil, fault.Errorf(fault.Invalid, "request", "StackName is a required parameter.")
		}
		found, err := a.changeSet(ctx, r, in.ChangeSetName, in.StackName)
		if err != nil {
			return nil, err
		}
		return &found.Goal, nil
	case in.StackName == nil:
		return nil, fault.Errorf(fault.Invalid, "request", "StackName is required if ChangeSetName is not specified.")
	}
	return a.stacks.Goal(ctx, scope(r), *in.StackName)
}

// summary reads a template as far as it can be without parameters.
func summary(body string) (*template.Summary, error) {
	parsed, err := template.Parse(body)
	if err != nil {
		return nil, err
	}
	if err := parsed.Check(); err != nil {
		return nil, err
	}
	return parsed.Summary()
}

func (a *api) validate(ctx context.Context, r *wire.Request, in *shape.ValidateTemplateInput) (*shape.ValidateTemplateOutput, error) {
	body, err := a.template(ctx, r, in.TemplateBody, in.TemplateURL)
	if err != nil {
		return nil, err
	}
	found, err := summary(body)
	if err != nil {
		return nil, err
	}
	out := &shape.ValidateTemplateOutput{
		Parameters: make([]shape.TemplateParameter, 0, len(found.Parameters)), Description: text(found.Description), Capabilities: found.Capabilities,
		CapabilitiesReason: text(found.Reason), DeclaredTransforms: found.Transforms,
	}
	for _, p := range found.Parameters {
		out.Parameters = append(out.Parameters, shape.TemplateParameter{
			ParameterKey: &p.Key, DefaultValue: p.Default, NoEcho: &p.NoEcho, Description: text(p.Description),
		})
	}
	return out, nil
}

func (a *api) getSummary(ctx context.Context, r *wire.Request, in *shape.GetTemplateSummaryInput) (*shape.GetTemplateSummaryOutput, error) {
	body, err := a.summarized(ctx, r, in)
	if err != nil {
		return nil, err
	}
	found, err := summary(body)
	if err != nil {
		return nil, err
	}
	out := &shape.GetTemplateSummaryOutput{
		Parameters: declarations(found.Parameters), Description: text(found.Description), Capabilities: found.Capabilities,
		CapabilitiesReason: text(found.Reason), ResourceTypes: append([]string{}, found.ResourceTypes...), Version: text(found.Version),
		DeclaredTransforms: found.Transforms, ResourceIdentifierSummaries: identifierSummaries(found.Resources),
	}
	if in.StackName != nil && out.Version == nil { // recorded: test_get_template_summary_failed_stack
		out.Version = new("2010-09-09")
	}
	if wire.Value(in.TemplateSummaryConfig).TreatUnrecognizedResourceTypesAsWarnings != nil {
		out.Warnings = &shape.Warnings{UnrecognizedResourceTypes: a.unrecognized(found.ResourceTypes)}
	}
	if found.Metadata == nil {
		return out, nil
	}
	out.Metadata, err = document(found.Metadata)
	return out, err
}

// summarized is the template that a request for a summary means.
func (a *api) summarized(ctx context.Context, r *wire.Request, in *shape.GetTemplateSummaryInput) (string, error) {
	if in.StackSetName != nil {
		return "", fault.Errorf(fault.Invalid, "request", "Sluice has no stack sets: name a stack or give a template.")
	}
	if in.StackName == nil {
		return a.template(ctx, r, in.TemplateBody, in.TemplateURL)
	}
	found, err := a.stacks.Stack(ctx, scope(r), *in.StackName)
	if err != nil {
		return "", err
	}
	if found.Status == stack.ReviewInProgress {
		return "", fault.Errorf(fault.Invalid, "stack", "GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.")
	}
	goal, err := a.stacks.Goal(ctx, scope(r), *in.StackName)
	if err != nil {
		return "", err
	}
	return goal.Text, nil
}

func declarations(parameters []template.Parameter) []shape.ParameterDeclaration {
	all := make([]shape.ParameterDeclaration, 0, len(parameters))
	for _, p := range parameters {
		all = append(all, shape.ParameterDeclaration{
			ParameterKey: &p.Key, DefaultValue: p.Default, ParameterType: &p.Type, NoEcho: &p.NoEcho, Description: text(p.Description),
			ParameterConstraints: &shape.ParameterConstraints{AllowedValues: p.AllowedValues},
		})
	}
	return all
}

// identifierSummaries gathers the resources of each type that could be imported, the types in their first one's order.
func identifierSummaries(resources []template.ResourceSummary) (all []shape.ResourceIdentifierSummary) {
	for _, each := range resources {
		id, known := identifiers[each.Type]
		if !known {
			continue
		}
		i := slices.IndexFunc(all, func(s shape.ResourceIdentifierSummary) bool { return *s.ResourceType == each.Type })
		if i < 0 {
			i = len(all)
			all = append(all, shape.ResourceIdentifierSummary{ResourceType: &each.Type, ResourceIdentifiers: []string{id}})
		}
		all[i].LogicalResourceIds = append(all[i].LogicalResourceIds, each.LogicalID)
	}
	return all
}

func (a *api) unrecognized(types []string) []string {
	unknown := []string{}
	for _, t := range types {
		if _, known := a.types.Schema(t); !known {
			unknown = append(unknown, t)
		}
	}
	return unknown
}
