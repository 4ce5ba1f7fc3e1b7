package remote

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// aliases returns all aliases of a function.
func (e *Endpoint) aliases(ctx context.Context, name string) (list []deployer.Alias, err error) {
	pages := lambda.NewListAliasesPaginator(e.lambda, &lambda.ListAliasesInput{FunctionName: &name})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, failed(err, "function", "list aliases of %s", name)
		}
		for _, a := range page.Aliases {
			list = append(list, aliasOf(a.Name, a.FunctionVersion, a.Description, a.RevisionId, a.RoutingConfig))
		}
	}
	return list, nil
}

// Alias returns an alias, or nil if there is none.
func (e *Endpoint) Alias(ctx context.Context, function, name string) (*deployer.Alias, error) {
	out, err := e.lambda.GetAlias(ctx, &lambda.GetAliasInput{FunctionName: &function, Name: &name})
	if err = failed(err, "alias", "read the alias %s of %s", name, function); fault.Is(err, fault.NotFound, "alias") {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	a := aliasOf(out.Name, out.FunctionVersion, out.Description, out.RevisionId, out.RoutingConfig)
	return &a, nil
}

// CreateAlias makes an alias. That it exists already is a Conflict, unless it is just what was asked for.
func (e *Endpoint) CreateAlias(ctx context.Context, function string, a deployer.Alias) (deployer.Alias, error) {
	out, err := e.lambda.CreateAlias(ctx, &lambda.CreateAliasInput{
		FunctionName: &function, Name: &a.Name, FunctionVersion: &a.Version, Description: &a.Description, RoutingConfig: routing(a),
	})
	if err != nil {
		return e.asAsked(ctx, function, a, failed(err, "alias", "create the alias %s of %s", a.Name, function))
	}
	return aliasOf(out.Name, out.FunctionVersion, out.Description, out.RevisionId, out.RoutingConfig), nil
}

// UpdateAlias makes the alias what a says, if its revision is still a.Revision (empty: whichever it has), and returns it
// with the new revision. Another revision is a Precondition, unless the alias is just what was asked for.
func (e *Endpoint) UpdateAlias(ctx context.Context, function string, a deployer.Alias) (deployer.Alias, error) {
	out, err := e.lambda.UpdateAlias(ctx, &lambda.UpdateAliasInput{
		FunctionName: &function, Name: &a.Name, FunctionVersion: &a.Version, Description: &a.Description,
		RoutingConfig: routing(a), RevisionId: optional(a.Revision),
	})
	if err != nil {
		return e.asAsked(ctx, function, a, failed(err, "alias", "update the alias %s of %s", a.Name, function))
	}
	return aliasOf(out.Name, out.FunctionVersion, out.Description, out.RevisionId, out.RoutingConfig), nil
}

// asAsked looks whether a refusal comes from a first attempt of ours that took effect and whose answer was lost: then the
// alias is what was asked for, the record in its description included.
func (e *Endpoint) asAsked(ctx context.Context, function string, asked deployer.Alias, refusal error) (deployer.Alias, error) {
	if !fault.Is(refusal, fault.Precondition, "alias") && !fault.Is(refusal, fault.Conflict, "alias") {
		return deployer.Alias{}, refusal
	}
	found, err := e.Alias(ctx, function, asked.Name)
	if err != nil || found == nil {
		return deployer.Alias{}, refusal
	}
	asked.Revision = found.Revision
	if *found != asked {
		return deployer.Alias{}, refusal
	}
	return *found, nil
}

func aliasOf(name, version, description, revision *string, routing *types.AliasRoutingConfiguration) deployer.Alias {
	a := deployer.Alias{Name: text(name), Version: text(version), Description: text(description), Revision: text(revision)}
	if routing == nil {
		return a
	}
	for additional, weight := range routing.AdditionalVersionWeights { // one at most ("AliasRoutingConfiguration")
		if weight > 0 {
			a.Additional, a.Weight = additional, weight
		}
	}
	return a
}

// routing is what a stable alias needs too: without it an update would keep the additional version that was there.
func routing(a deployer.Alias) *types.AliasRoutingConfiguration {
	weights := map[string]float64{}
	if !a.Stable() {
		weights[a.Additional] = a.Weight
	}
	return &types.AliasRoutingConfiguration{AdditionalVersionWeights: weights}
}
