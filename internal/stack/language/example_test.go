package language_test

import (
	"fmt"

	"sluice/internal/stack/language"
	"sluice/internal/stack/template"
)

// A template is expanded with the values of its parameters, and then bound.
func ExampleExpand() {
	parsed, err := template.Parse(`
Transform: AWS::LanguageExtensions
Parameters:
  Stages: {Type: CommaDelimitedList, Default: 'Dev, Prod'}
Resources:
  Fn::ForEach::Aliases:
    - Stage
    - !Ref Stages
    - Alias${Stage}:
        Type: AWS::Lambda::Alias
        Properties: {Name: !Ref Stage}
`)
	if err != nil {
		fmt.Println(err)
		return
	}
	var in template.Inputs
	_, values, err := parsed.Values(in)
	if err != nil {
		fmt.Println(err)
		return
	}
	tree, err := language.Expand(parsed.Tree, language.Options{Values: values})
	if err != nil {
		fmt.Println(err)
		return
	}
	bound, err := parsed.With(tree).Bind(in)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, resource := range bound.Resources {
		fmt.Println(resource.LogicalID, resource.Properties)
	}
	// Output:
	// AliasDev map[Name:Dev]
	// AliasProd map[Name:Prod]
}
