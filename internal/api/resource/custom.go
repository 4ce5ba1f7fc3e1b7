package resource

// customType is the type that stands for all custom resources.
const customType = "AWS::CloudFormation::CustomResource"
