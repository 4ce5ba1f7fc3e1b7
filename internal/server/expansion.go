package server

import (
	"context"
	"time"

	"sluice/internal/api/cloudformation"
	"sluice/internal/fault"
	"sluice/internal/stack"
	"sluice/internal/stack/language"
	"sluice/internal/stack/sam"
)

// samTransform is the name of SAM's macro.
const samTransform = "AWS::Serverless-2016-10-31"

// expansion applies the transforms of templates.
type expansion struct{ documents documents }

// expand includes snippets, applies AWS::LanguageExtensions and SAM's transform last, as CloudFormation does. It implements stack.Expand.
func (x expansion) expand(ctx context.Context, source stack.Source) (map[string]any, error) {
	declared := source.Template.Transforms()
	if len(declared) == 0 && !transformsWithin(source.Template.Tree) {
		return nil, nil
	}
	tree, err := language.Expand(source.Template.Tree, language.Options{
		Values: source.Values, Account: source.Scope.Account,
		Fetch: func(location string) (string, error) {
			return cloudformation.ReadTemplate(ctx, x.documents, source.Scope, location, "")
		},
	})
	if err != nil {
		return nil, failed("", err)
	}
	for _, name := range declared {
		if name != samTransform {
			continue
		}
		tree, err = sam.Transform(tree, sam.Options{
			Region: source.Scope.Region, Parameters: source.Values, Position: source.Template.Position,
			Now: time.Now(),
		})
		if err != nil {
			return nil, failed("Transform "+samTransform+" failed with: ", err)
		}
	}
	return tree, nil
}

// failed is the error of a transform, which fails a change set.
func failed(prefix string, err error) error {
	if kind := fault.Of(err).Kind; prefix == "" && kind != fault.Invalid {
		return err
	}
	return &fault.Error{Kind: fault.Invalid, Noun: "transform", Message: prefix + err.Error(), Cause: err}
}

// transformsWithin reports whether a tree has Fn::Transform in it.
func transformsWithin(value any) bool {
	switch value := value.(type) {
	case map[string]any:
		if _, found := value["Fn::Transform"]; found {
			return true
		}
		for _, each := range value {
			if transformsWithin(each) {
				return true
			}
		}
	case []any:
		for _, each := range value {
			if transformsWithin(each) {
				return true
			}
		}
	}
	return false
}
