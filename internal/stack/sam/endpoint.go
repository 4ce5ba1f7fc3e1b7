package sam

// endpoint is a resource that a connector connects, and what is known of it. What is not known is nil.
type endpoint struct {
	id, typ                                   string // id is empty for a resource that is not in the template
	arn, role, url, resource, name, qualifier any
}

// plainTypes are the types that SAM's become: connectors may name both.
var plainTypes = map[string]string{
	"AWS::Serverless::Function":     "AWS::Lambda::Function",
	"AWS::Serverless::StateMachine": "AWS::StepFunctions::StateMachine",
	"AWS::Serverless::Api":          "AWS::ApiGateway::RestApi",
	"AWS::Serverless::HttpApi":      "AWS::ApiGatewayV2::Api",
	"AWS::Serverless::SimpleTable":  "AWS::DynamoDB::Table",
}

// endpoint reads one end of a connector: the logical ID of a resource, or a description of one. The other end helps to find
// the role of a rule, which has one for each target.
func (t *transform) endpoint(connector string, given, other map[string]any) (*endpoint, error) {
	described := false
	for name := range given {
		described = described || name != "Id" && name != "Qualifier"
	}
	if hasName(given, "Id") == described {
		return nil, invalidResource(connector, "Must provide 'Id' (with optional 'Qualifier') or a supported combination of other properties.")
	}
	if !truthy(given["Id"]) {
		return describedEndpoint(connector, given)
	}
	id, ok := given["Id"].(string)
	if !ok {
		return nil, invalidResource(connector, "'Id' is missing or not a string.")
	}
	body, _ := t.resources()[id].(map[string]any)
	if len(body) == 0 {
		return nil, invalidResource(connector, "Unable to find resource with logical ID '%s'.", id)
	}
	e := &endpoint{id: id}
	if e.typ, _ = body["Type"].(string); e.typ == "" {
		return nil, invalidResource(connector, "'Type' is missing or not a string.")
	}
	e.lookUp()
	if role := referredID(e.roleIn(body["Properties"], other)); role != "" {
		e.role = ref(role)
	}
	if qualifier, ok := given["Qualifier"]; ok {
		e.qualifier = qualifier
	}
	return e, nil
}

func describedEndpoint(connector string, given map[string]any) (*endpoint, error) {
	typ, _ := given["Type"].(string)
	if typ == "" {
		return nil, invalidResource(connector, "'Type' is missing or not a string.")
	}
	if plain, ok := plainTypes[typ]; ok {
		typ = plain
	}
	return &endpoint{
		typ: typ, arn: given["Arn"], role: given["RoleName"], url: given["QueueUrl"], resource: given["ResourceId"],
		name: given["Name"], qualifier: given["Qualifier"],
	}, nil
}

// lookUp enters what references to a resource of the type yield.
func (e *endpoint) lookUp() {
	switch e.typ {
	case "AWS::StepFunctions::StateMachine":
		e.arn, e.name = ref(e.id), getAtt(e.id, "Name")
	case "AWS::AppSync::GraphQLApi":
		e.arn, e.resource = ref(e.id), getAtt(e.id, "ApiId")
	case "AWS::SNS::Topic", "AWS::AppSync::DataSource":
		e.arn = ref(e.id)
	case "AWS::SQS::Queue":
		e.arn, e.url = getAtt(e.id, "Arn"), ref(e.id)
	case "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api":
		e.arn, e.resource, e.qualifier = getAtt(e.id, "Arn"), ref(e.id), "*"
	case "AWS::Lambda::Function", "AWS::Events::Rule", "AWS::Events::EventBus", "AWS::DynamoDB::Table", "AWS::S3::Bucket",
		"AWS::Location::PlaceIndex":
		e.arn = getAtt(e.id, "Arn")
	}
}

// roleIn returns the role that a resource acts as.
func (e *endpoint) roleIn(properties any, other map[string]any) any {
	switch e.typ {
	case "AWS::Lambda::Function":
		return at(properties, "Role")
	case "AWS::StepFunctions::StateMachine":
		return at(properties, "RoleArn")
	case "AWS::AppSync::DataSource":
		return at(properties, "ServiceRoleArn")
	case "AWS::Events::Rule":
		targets, _ := at(properties, "Targets").([]any)
		for _, target := range targets {
			arn := at(target, "Arn")
			id := referredID(arn)
			if id != "" && other["Id"] == id || truthy(other["Arn"]) && canonical(arn) == canonical(other["Arn"]) {
				return at(target, "RoleArn")
			}
		}
	}
	return nil
}
