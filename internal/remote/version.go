package remote

import (
	"cmp"
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/lambda"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// versions returns what is published, ascending.
func (e *Endpoint) versions(ctx context.Context, name string) (list []deployer.Version, err error) {
	pages := lambda.NewListVersionsByFunctionPaginator(e.lambda, &lambda.ListVersionsByFunctionInput{FunctionName: &name})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, failed(err, "function", "list versions of %s", name)
		}
		for _, c := range page.Versions {
			if text(c.Version) == deployer.Latest {
				continue
			}
			v, err := versionOf(&c)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
	}
	slices.SortFunc(list, func(a, b deployer.Version) int { return cmp.Compare(number(a.Number), number(b.Number)) })
	return list, nil
}

// Publish makes $LATEST a version if code and revision are still these, and waits until it is active. Lambda gives the
// last version back when nothing differs from it. Other code, or another revision, is a fault.Precondition "version".
func (e *Endpoint) Publish(ctx context.Context, name, description, digest, revision string) (deployer.Version, error) {
	out, err := e.lambda.PublishVersion(ctx, &lambda.PublishVersionInput{
		FunctionName: &name, Description: &description, CodeSha256: optional(digest), RevisionId: optional(revision),
	})
	if err != nil {
		return deployer.Version{}, e.outdated(ctx, name, digest, failed(err, "version", "publish %s", name))
	}
	return e.settled(ctx, name, text(out.Version))
}

// outdated tells a digest that is not $LATEST's any more, which Lambda calls a bad parameter, from other refusals.
func (e *Endpoint) outdated(ctx context.Context, name, digest string, refusal error) error {
	if digest == "" || !fault.Is(refusal, fault.Invalid, "version") {
		return refusal
	}
	latest, err := e.function(ctx, name, "")
	if err != nil || text(latest.Configuration.CodeSha256) == digest {
		return refusal
	}
	return fault.Errorf(fault.Precondition, "version", "%w", refusal)
}

// DeleteVersion deletes a published version. Errors: fault.Invalid "version" for anything else, since the same call
// without a version's number deletes the function.
func (e *Endpoint) DeleteVersion(ctx context.Context, name, version string) error {
	if number(version) <= 0 {
		return fault.Errorf(fault.Invalid, "version", "%q is not a version that can be deleted", version)
	}
	_, err := e.lambda.DeleteFunction(ctx, &lambda.DeleteFunctionInput{FunctionName: &name, Qualifier: &version})
	return failed(err, "version", "delete version %s of %s", version, name)
}
