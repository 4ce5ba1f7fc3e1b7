package transform

import (
	"time"

	"sluice/internal/fault"
	"sluice/internal/stack"
	"sluice/internal/stack/language"
	"sluice/internal/stack/sam"
)

// serverless is the name of SAM's macro.
const serverless = "AWS::Serverless-2016-10-31"

// Options are what an expansion knows besides its source.
type Options struct {
	// Fetch returns the text of a snippet at a location as the template wrote it: s3://bucket/key.
	Fetch func(location string) (string, error)
	// Now is when the stack is made or changed.
	Now time.Time
}

// Expand applies the transforms that a template lists, and what it includes anywhere. It returns nil for a template without any, and never
// changes the tree that it was given. Errors: fault.Invalid "transform" for what fails by the template's own fault; what else Fetch fails
// with.
func Expand(source stack.Source, o Options) (map[string]any, error) {
	declared := source.Template.Transforms()
	if len(declared) == 0 && !source.Template.Includes() {
		return nil, nil
	}
	tree, err := language.Expand(source.Template.Tree, language.Options{Values: source.Values, Account: source.Scope.Account, Fetch: o.Fetch})
	if err != nil && fault.Of(err).Kind != fault.Invalid {
		return nil, err
	}
	if err != nil {
		return nil, failed("", err)
	}
	for _, name := range declared {
		if name != serverless {
			continue
		}
		tree, err = sam.Transform(tree, sam.Options{
			Region: source.Scope.Region, Parameters: source.Values, Position: source.Template.Position, Now: o.Now,
		})
		if err != nil {
			return nil, failed("Transform "+serverless+" failed with: ", err)
		}
	}
	return tree, nil
}

// failed is the error of a transform, which fails a change set.
func failed(prefix string, err error) error {
	return &fault.Error{Kind: fault.Invalid, Noun: "transform", Message: prefix + err.Error(), Cause: err}
}
