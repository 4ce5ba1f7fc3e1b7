package sam

// kind says what becomes of the resources of a type of SAM.
type kind struct {
	rank       rank
	properties []property
	// before, if there is one, is called before the properties are checked, and may change them.
	before func(s *source) error
	// referable are the properties that !Ref Resource.Property may name, each with the type of the made resource that it
	// stands for.
	referable map[string]string
	// expand returns what a resource becomes. It may change the resource's id: references to it follow.
	expand func(t *transform, s *source) ([]*resource, error)
}

// rank is the order in which resources are expanded.
type rank int

const (
	functionRank rank = iota
	stateMachineRank
	apiRank
	otherRank
	connectorRank
	lastRank = connectorRank
)

// kindOf returns the kind of a type of SAM. It is a function, not a map, since expansions look kinds up too.
func kindOf(typ string) (*kind, bool) {
	k := kinds(typ)
	return k, k != nil
}

func kinds(typ string) *kind {
	switch typ {
	case "AWS::Serverless::Function":
		return &serverlessFunction
	case "AWS::Serverless::LayerVersion":
		return &serverlessLayer
	case "AWS::Serverless::SimpleTable":
		return &simpleTable
	case "AWS::Serverless::StateMachine":
		return &stateMachine
	case "AWS::Serverless::CapacityProvider":
		return &capacityProvider
	case "AWS::Serverless::Connector":
		return &connector
	case "AWS::Serverless::Application":
		return &application
	case "AWS::Serverless::Api":
		return &restAPI
	case "AWS::Serverless::HttpApi":
		return &httpAPI
	case "AWS::Serverless::WebSocketApi":
		return &webSocketAPI
	}
	return nil
}

// globalType reports whether resources of a type may have defaults in the section Globals, or be of such a kind: the
// reference checks these first.
func globalType(typ any) bool {
	switch typ {
	case "AWS::Serverless::Api", "AWS::Serverless::Function", "AWS::Serverless::SimpleTable", "AWS::Serverless::Application",
		"AWS::Serverless::LayerVersion", "AWS::Serverless::HttpApi", "AWS::Serverless::WebSocketApi", "AWS::Serverless::StateMachine",
		"AWS::Serverless::CapacityProvider":
		return true
	}
	return false
}

// becomes are the types whose logical ID may be that of a given resource of another (or the same) type: a function of SAM
// becomes one of Lambda under its own name.
var becomes = map[string][]string{
	"AWS::Lambda::Function":            {"AWS::Serverless::Function"},
	"AWS::Lambda::LayerVersion":        {"AWS::Serverless::LayerVersion"},
	"AWS::Lambda::CapacityProvider":    {"AWS::Serverless::CapacityProvider"},
	"AWS::ApiGateway::RestApi":         {"AWS::Serverless::Api"},
	"AWS::ApiGatewayV2::Api":           {"AWS::Serverless::HttpApi", "AWS::Serverless::WebSocketApi"},
	"AWS::S3::Bucket":                  {"AWS::S3::Bucket"},
	"AWS::SNS::Topic":                  {"AWS::SNS::Topic"},
	"AWS::DynamoDB::Table":             {"AWS::Serverless::SimpleTable"},
	"AWS::CloudFormation::Stack":       {"AWS::Serverless::Application"},
	"AWS::Cognito::UserPool":           {"AWS::Cognito::UserPool"},
	"AWS::ApiGateway::DomainName":      {"AWS::ApiGateway::DomainName"},
	"AWS::ApiGateway::BasePathMapping": {"AWS::ApiGateway::BasePathMapping"},
	"AWS::ApiGateway::DomainNameV2":    {"AWS::ApiGateway::DomainNameV2"},

	"AWS::ApiGateway::BasePathMappingV2": {"AWS::ApiGateway::BasePathMappingV2"},
	"AWS::StepFunctions::StateMachine":   {"AWS::Serverless::StateMachine"},
	"AWS::AppSync::GraphQLApi":           {"AWS::Serverless::GraphQLApi"},
}

// mayMake reports whether a made resource's logical ID is free.
func (t *transform) mayMake(r *resource) bool {
	there, taken := t.given[r.id].(map[string]any)
	if !taken {
		return true
	}
	for _, typ := range becomes[r.typ] {
		if there["Type"] == typ {
			return true
		}
	}
	return false
}
