package language

import (
	"errors"
)

// Options are what an expansion knows besides the tree.
type Options struct {
	// Values are those of parameters and pseudo parameters, as Template.Values gives them.
	Values map[string]any
	// Fetch returns the text of a snippet at a location as the template wrote it: s3://bucket/key.
	Fetch func(location string) (string, error)
	// Account is printed before the name of a transform that does not exist.
	Account string
}

// Expand applies the transforms of the tree that are this package's: includes first, then AWS::LanguageExtensions if the template
// lists it. The given tree is not changed. Transforms other than SAM's that it does not know are an error.
func Expand(tree map[string]any, o Options) (map[string]any, error) {
	return nil, errors.New("language: not built yet")
}
