package remote

import (
	"context"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"golang.org/x/sync/errgroup"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// Find returns a function with all its versions, its aliases and its tags, or nil if there is none. Its three questions
// are asked at once. An update in progress, such as a run that was interrupted leaves, is waited for: until it ends no
// other is taken, and its end changes the revision.
func (e *Endpoint) Find(ctx context.Context, name, alias string) (*deployer.Found, error) {
	var (
		function *lambda.GetFunctionOutput
		versions []deployer.Version
		aliases  []deployer.Alias
	)
	group, asking := errgroup.WithContext(ctx)
	group.Go(func() (err error) { function, err = e.atRest(asking, name); return err })
	group.Go(func() (err error) { versions, err = e.versions(asking, name); return err })
	group.Go(func() (err error) { aliases, err = e.aliases(asking, name); return err })
	if err := group.Wait(); fault.Is(err, fault.NotFound, "function") {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	latest, err := versionOf(function.Configuration)
	if err != nil {
		return nil, err
	}
	found := &deployer.Found{Name: name, Latest: latest, Versions: versions, Tags: function.Tags, Named: map[string][]string{}}
	found.ARN = text(function.Configuration.FunctionArn)
	for _, a := range aliases {
		found.Named[a.Version] = append(found.Named[a.Version], a.Name)
		if !a.Stable() {
			found.Named[a.Additional] = append(found.Named[a.Additional], a.Name)
		}
		if a.Name == alias {
			found.Alias = &a
		}
	}
	return found, nil
}

// function asks for $LATEST or, with a qualifier, for a version. This one call serves all questions about a configuration,
// so that whoever deploys needs one permission for them.
func (e *Endpoint) function(ctx context.Context, name, qualifier string) (*lambda.GetFunctionOutput, error) {
	in := &lambda.GetFunctionInput{FunctionName: &name}
	if qualifier != "" {
		in.Qualifier = &qualifier
	}
	out, err := e.lambda.GetFunction(ctx, in)
	if err != nil {
		return nil, failed(err, "function", "read %s", strings.TrimSuffix(name+":"+qualifier, ":"))
	}
	if out.Configuration == nil {
		return nil, fault.Errorf(fault.Unavailable, "function", "read %s: the answer has no configuration", name)
	}
	return out, nil
}

// Create makes a function without publishing it and waits until it is active.
func (e *Endpoint) Create(ctx context.Context, f deployer.Function) (deployer.Version, error) {
	zip, err := contents(f.Code)
	if err != nil {
		return deployer.Version{}, err
	}
	in := &lambda.CreateFunctionInput{FunctionName: &f.Name, Code: &types.FunctionCode{ZipFile: zip}, Tags: f.Tags}
	if o := f.Code.Object; o != nil {
		in.Code.S3Bucket, in.Code.S3Key, in.Code.S3ObjectVersion = &o.Bucket, &o.Key, optional(o.Version)
	}
	create(in, f.Settings)
	if _, err := e.lambda.CreateFunction(ctx, in); err != nil {
		return deployer.Version{}, failed(err, "function", "create %s", f.Name)
	}
	return e.settled(ctx, f.Name, "")
}

// UpdateCode sends code to $LATEST, if its revision is still this one, and waits until it is in effect.
func (e *Endpoint) UpdateCode(ctx context.Context, name string, code deployer.Code, architecture, revision string) (deployer.Version, error) {
	zip, err := contents(code)
	if err != nil {
		return deployer.Version{}, err
	}
	in := &lambda.UpdateFunctionCodeInput{FunctionName: &name, ZipFile: zip, RevisionId: optional(revision), Architectures: architectures(architecture)}
	if o := code.Object; o != nil {
		in.S3Bucket, in.S3Key, in.S3ObjectVersion = &o.Bucket, &o.Key, optional(o.Version)
	}
	if _, err := e.lambda.UpdateFunctionCode(ctx, in); err != nil {
		return deployer.Version{}, failed(err, "function", "send code to %s", name)
	}
	return e.settled(ctx, name, "")
}

// UpdateSettings changes those settings of $LATEST that are not zero, if its revision is still this one, and waits until
// they are in effect.
func (e *Endpoint) UpdateSettings(ctx context.Context, name string, s deployer.Settings, revision string) (deployer.Version, error) {
	in := &lambda.UpdateFunctionConfigurationInput{FunctionName: &name, RevisionId: optional(revision)}
	update(in, s)
	if _, err := e.lambda.UpdateFunctionConfiguration(ctx, in); err != nil {
		return deployer.Version{}, failed(err, "function", "change settings of %s", name)
	}
	return e.settled(ctx, name, "")
}

// Tag changes tags of the function with this ARN.
func (e *Endpoint) Tag(ctx context.Context, arn string, change deployer.TagChange) error {
	if len(change.Set) > 0 {
		_, err := e.lambda.TagResource(ctx, &lambda.TagResourceInput{Resource: &arn, Tags: change.Set})
		if err != nil {
			return failed(err, "function", "tag %s with %s", arn, strings.Join(slices.Sorted(maps.Keys(change.Set)), ", "))
		}
	}
	if len(change.Remove) == 0 {
		return nil
	}
	_, err := e.lambda.UntagResource(ctx, &lambda.UntagResourceInput{Resource: &arn, TagKeys: change.Remove})
	return failed(err, "function", "remove the tags %s of %s", strings.Join(change.Remove, ", "), arn)
}

// contents reads a package that is sent with the request.
func contents(code deployer.Code) ([]byte, error) {
	if code.Object != nil {
		return nil, nil
	}
	zip, err := os.ReadFile(code.File)
	if err != nil {
		return nil, fault.Errorf(fault.Invalid, "package", "read the package of %s: %w", code.Source, err)
	}
	return zip, nil
}

// optional is nil for the empty string: left out of the request.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// number is a version's number, for ordering.
func number(version string) int {
	n, _ := strconv.Atoi(version) // versions that the endpoint lists are numbers, but for $LATEST
	return n
}
