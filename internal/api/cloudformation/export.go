package cloudformation

import (
	"context"

	shape "sluice/internal/api/shape/cloudformation"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

func (a *api) listExports(ctx context.Context, r *wire.Request, in *shape.ListExportsInput) (*shape.ListExportsOutput, error) {
	after, err := readToken("exports", in.NextToken)
	if err != nil {
		return nil, err
	}
	found, more, err := a.stacks.Exports(ctx, scope(r), after, pageSize)
	if err != nil {
		return nil, err
	}
	out := &shape.ListExportsOutput{Exports: make([]shape.Export, 0, len(found))}
	for _, e := range found {
		out.Exports = append(out.Exports, shape.Export{ExportingStackId: &e.Stack, Name: &e.Name, Value: &e.Value})
	}
	if more {
		out.NextToken = writeToken("exports", found[len(found)-1].Name)
	}
	return out, nil
}

func (a *api) listImports(ctx context.Context, r *wire.Request, in *shape.ListImportsInput) (*shape.ListImportsOutput, error) {
	all, err := a.stacks.Imports(ctx, scope(r), wire.Value(in.ExportName))
	if err != nil && !fault.Is(err, fault.NotFound, "export") {
		return nil, err
	}
	if len(all) == 0 { // AWS does not tell an export that nobody imports from one that is not there
		return nil, fault.Errorf(fault.NotFound, "import", "Export '%s' is not imported by any stack.", wire.Value(in.ExportName))
	}
	cut, next, err := pageOf("imports", all, in.NextToken)
	return &shape.ListImportsOutput{Imports: cut, NextToken: next}, err
}
