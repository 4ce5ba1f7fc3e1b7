package cloudformation

// identifiers are the properties by which resources are imported (each type's primaryIdentifier in the registry).
// GetTemplateSummary shows them.
var identifiers = map[string]string{
	"AWS::ApiGateway::RestApi":          "RestApiId",
	"AWS::ApiGatewayV2::Api":            "ApiId",
	"AWS::CloudFormation::Stack":        "StackId",
	"AWS::CloudWatch::Alarm":            "AlarmName",
	"AWS::CloudWatch::CompositeAlarm":   "AlarmName",
	"AWS::CodeDeploy::Application":      "ApplicationName",
	"AWS::CodeDeploy::DeploymentConfig": "DeploymentConfigName",
	"AWS::DynamoDB::Table":              "TableName",
	"AWS::IAM::ManagedPolicy":           "PolicyArn",
	"AWS::IAM::Role":                    "RoleName",
	"AWS::Lambda::Alias":                "AliasArn",
	"AWS::Lambda::EventSourceMapping":   "Id",
	"AWS::Lambda::Function":             "FunctionName",
	"AWS::Lambda::LayerVersion":         "LayerVersionArn",
	"AWS::Lambda::Url":                  "FunctionArn",
	"AWS::Lambda::Version":              "FunctionArn",
	"AWS::Logs::LogGroup":               "LogGroupName",
	"AWS::S3::Bucket":                   "BucketName",
	"AWS::S3::BucketPolicy":             "Bucket",
	"AWS::SNS::Topic":                   "TopicArn",
	"AWS::SQS::Queue":                   "QueueUrl",
	"AWS::SSM::Parameter":               "Name",
}
