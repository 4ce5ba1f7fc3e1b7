package template_test

import (
	"fmt"

	"sluice/internal/stack/template"
)

// A stack parses its template, binds it to the values of its parameters, makes the resources in the order in which they depend on
// each other, and evaluates their properties before.
func Example() {
	parsed, err := template.Parse(`
Parameters:
  Stage: {Type: String, Default: dev}
Resources:
  Alias:
    Type: AWS::Lambda::Alias
    Properties:
      FunctionName: !Ref Function
      Name: !Sub '${Stage}-live'
  Function:
    Type: AWS::Lambda::Function
`)
	if err != nil {
		fmt.Println(err)
		return
	}
	bound, err := parsed.Bind(template.Inputs{Parameters: map[string]string{"Stage": "prod"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, resource := range bound.Resources {
		properties, err := bound.Evaluate(resource.Properties, stack{})
		fmt.Println(resource.LogicalID, resource.DependsOn, properties, err)
	}
	// Output:
	// Alias [Function] map[FunctionName:ref-Function Name:prod-live] <nil>
	// Function [] map[] <nil>
}

// An error says what is wrong, and where.
func ExampleParse_error() {
	parsed, err := template.Parse("Resources:\n  Alias:\n    Type: AWS::Lambda::Alias\n    Properties:\n      FunctionName: !Ref Function\n")
	if err == nil {
		_, err = parsed.Bind(template.Inputs{})
	}
	fmt.Println(err)
	// Output: Template format error: Unresolved resource dependencies [Function] in the Resources block of the template (line 5, column 21)
}
