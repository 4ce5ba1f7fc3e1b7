package sam_test

import (
	"fmt"
	"maps"
	"slices"

	"sluice/internal/stack/sam"
	"sluice/internal/stack/template"
)

// A function that publishes an alias and moves it gradually becomes what CodeDeploy needs for this.
func ExampleTransform() {
	parsed, err := template.Parse(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Func1:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.12
      Handler: index.handler
      CodeUri: s3://bucket/func1.zip
      AutoPublishAlias: dev
      DeploymentPreference: {Type: Linear10PercentEvery1Minute}
`)
	if err != nil {
		fmt.Println(err)
		return
	}
	plain, err := sam.Transform(parsed.Tree, sam.Options{Region: "eu-west-1", Position: parsed.Position})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, id := range slices.Sorted(maps.Keys(plain["Resources"].(map[string]any))) {
		fmt.Println(id)
	}
	// Output:
	// CodeDeployServiceRole
	// Func1
	// Func1Aliasdev
	// Func1DeploymentGroup
	// Func1Role
	// Func1Version65119ddd99
	// ServerlessDeploymentApplication
}

// Everything that is wrong is told at once, by resource.
func ExampleError() {
	_, err := sam.Transform(map[string]any{"Resources": map[string]any{
		"Two": map[string]any{"Type": "AWS::Serverless::Function", "Properties": map[string]any{"CodeUri": "./src"}},
		"One": map[string]any{"Type": "AWS::Serverless::Function"},
	}}, sam.Options{Region: "eu-west-1"})
	fmt.Println(err)
	// Output:
	// Invalid Serverless Application Specification document. Number of errors found: 2. Resource with id [One] is invalid. Only one of 'InlineCode' or 'CodeUri' can be set. Resource with id [Two] is invalid. 'CodeUri' is not a valid S3 Uri of the form 's3://bucket/key' with optional versionId query parameter.
}
