package sam

import "slices"

// pullSource is an event source that Lambda reads on the function's behalf: an event source mapping, for which the function's
// role needs permissions.
type pullSource struct {
	typ string
	// arn is the property that names the source; empty if nothing does.
	arn string
	// managed is the path of the managed policy that lets a function read the source; empty if there is none.
	managed string
	// policies are inline policies that it takes besides; nil if none.
	policies func(t *transform, e *event) (*pullPolicy, error)
	// extra properties besides those that all have.
	extra []property
}

// pullPolicy is an inline policy that a source needs.
type pullPolicy struct {
	name       string
	version    bool // whether its document tells the version of its language
	statements []any
}

func (p *pullPolicy) policy() map[string]any {
	document := map[string]any{"Statement": p.statements}
	if p.version {
		document["Version"] = "2012-10-17"
	}
	return inlinePolicy(p.name, document)
}

var pullProperties = []property{
	{name: "BatchSize", is: integer}, {name: "StartingPosition"}, {name: "StartingPositionTimestamp"},
	{name: "Enabled", is: boolean, vague: true}, {name: "MaximumBatchingWindowInSeconds", is: integer}, {name: "MaximumRetryAttempts", is: integer},
	{name: "BisectBatchOnFunctionError", is: boolean}, {name: "MaximumRecordAgeInSeconds", is: integer},
	{name: "DestinationConfig", is: object}, {name: "ParallelizationFactor", is: integer}, {name: "Topics", is: list},
	{name: "Queues", is: list}, {name: "SourceAccessConfigurations", is: list}, {name: "SecretsManagerKmsKeyId", is: text},
	{name: "TumblingWindowInSeconds", is: integer}, {name: "FunctionResponseTypes", is: list}, {name: "KafkaBootstrapServers", is: list},
	{name: "FilterCriteria", is: object}, {name: "KmsKeyArn"}, {name: "ConsumerGroupId", is: text}, {name: "ScalingConfig", is: object},
	{name: "ProvisionedPollerConfig", is: object}, {name: "SchemaRegistryConfig", is: object}, {name: "MetricsConfig", is: object},
	{name: "LoggingConfig", is: object},
}

// mappingProperties are those of the event that the mapping has as they are.
var mappingProperties = []string{
	"StartingPosition", "StartingPositionTimestamp", "BatchSize", "Enabled", "MaximumBatchingWindowInSeconds", "MaximumRetryAttempts",
	"BisectBatchOnFunctionError", "MaximumRecordAgeInSeconds", "ParallelizationFactor", "Topics", "Queues", "SourceAccessConfigurations",
	"TumblingWindowInSeconds", "FunctionResponseTypes", "FilterCriteria", "KmsKeyArn", "ScalingConfig", "ProvisionedPollerConfig",
	"MetricsConfig", "LoggingConfig",
}

// kind makes an event kind of the source. Streams have to say where to start.
func (p pullSource) kind(required ...string) eventKind {
	properties := slices.Concat(pullProperties, p.extra)
	for _, name := range required {
		if i := slices.IndexFunc(properties, func(q property) bool { return q.name == name }); i >= 0 {
			properties[i] = property{name: name, required: true}
			continue
		}
		properties = append(properties, property{name: name, required: true})
	}
	return eventKind{properties: properties, expand: p.expand}
}

var (
	kinesisEvent  = pullSource{typ: "Kinesis", arn: "Stream", managed: "service-role/AWSLambdaKinesisExecutionRole"}.kind("Stream", "StartingPosition")
	dynamoDBEvent = pullSource{typ: "DynamoDB", arn: "Stream", managed: "service-role/AWSLambdaDynamoDBExecutionRole"}.kind("Stream", "StartingPosition")
	sqsEvent      = pullSource{typ: "SQS", arn: "Queue", managed: "service-role/AWSLambdaSQSQueueExecutionRole"}.kind("Queue")
	mskEvent      = pullSource{
		typ: "MSK", arn: "Stream", managed: "service-role/AWSLambdaMSKExecutionRole", policies: mskPolicy,
	}.kind("Stream", "StartingPosition")
	mqEvent = pullSource{
		typ: "MQ", arn: "Broker", policies: mqPolicy,
		extra: []property{{name: "DynamicPolicyName", is: boolean, literal: true, vague: true}},
	}.kind("Broker")
	kafkaEvent      = pullSource{typ: "SelfManagedKafka", policies: kafkaPolicy}.kind()
	documentDBEvent = pullSource{
		typ: "DocumentDB", arn: "Cluster", policies: documentDBPolicy, extra: named("CollectionName FullDocument"),
	}.kind("Cluster", "DatabaseName")
)

func (p pullSource) expand(t *transform, e *event) ([]*resource, error) {
	mapping := e.make(e.id, "AWS::Lambda::EventSourceMapping", map[string]any{"FunctionName": e.targetName()})
	for _, name := range mappingProperties {
		mapping.properties[name] = e.properties[name]
	}
	if p.arn != "" {
		mapping.properties["EventSourceArn"] = e.properties[p.arn]
	}
	if err := checkFilter(e); err != nil {
		return nil, err
	}
	if servers := e.properties["KafkaBootstrapServers"]; truthy(servers) {
		mapping.properties["SelfManagedEventSource"] = map[string]any{"Endpoints": map[string]any{"KafkaBootstrapServers": servers}}
	}
	if err := p.configureKafka(e, mapping); err != nil {
		return nil, err
	}
	failed, err := failurePolicy(e)
	if err != nil {
		return nil, err
	}
	if truthy(e.properties["DestinationConfig"]) {
		mapping.properties["DestinationConfig"] = e.properties["DestinationConfig"]
	}
	if p.typ == "DocumentDB" {
		mapping.properties["DocumentDBEventSourceConfig"] = documentDBConfig(e)
	}
	return []*resource{mapping}, p.extendRole(t, e, failed)
}

// checkFilter refuses a filter of another form than {Filters: ...}.
func checkFilter(e *event) error {
	filter, _ := e.properties["FilterCriteria"].(map[string]any)
	if len(filter) == 0 || isIntrinsic(filter) {
		return nil
	}
	if _, ok := filter["Filters"]; !ok || len(filter) != 1 {
		return invalidEvent(e.name, "FilterCriteria field has a wrong format")
	}
	return nil
}

// configureKafka enters what only sources of Kafka have.
func (p pullSource) configureKafka(e *event, mapping *resource) error {
	name := map[string]string{"MSK": "AmazonManagedKafkaEventSourceConfig", "SelfManagedKafka": "SelfManagedKafkaEventSourceConfig"}[p.typ]
	config := map[string]any{}
	if group := e.properties["ConsumerGroupId"]; truthy(group) {
		if name == "" {
			return invalidEvent(e.id, "Property ConsumerGroupId not defined for resource of type %s.", p.typ)
		}
		config["ConsumerGroupId"] = group
	}
	if registry := e.properties["SchemaRegistryConfig"]; truthy(registry) && name != "" {
		config["SchemaRegistryConfig"] = registry
	}
	if len(config) > 0 {
		mapping.properties[name] = config
	}
	return nil
}

// failurePolicy lets the function send what it failed at to its destination, whose type the event gives for this alone. It is
// nil if there is nothing to allow.
func failurePolicy(e *event) (map[string]any, error) {
	config, _ := e.properties["DestinationConfig"].(map[string]any)
	if len(config) == 0 {
		return nil, nil
	}
	if err := expectInEvent(e.id, "DestinationConfig.OnFailure", config["OnFailure"], object); err != nil {
		return nil, err
	}
	onFailure := config["OnFailure"].(map[string]any)
	typ := onFailure["Type"]
	if !truthy(typ) {
		return nil, nil
	}
	delete(onFailure, "Type")
	switch name, _ := typ.(string); name {
	case "SQS", "SNS", "S3":
		return destinationPolicy(name, e.id, onFailure["Destination"]), nil
	case "Kafka":
		return nil, nil
	}
	return nil, invalidEvent(e.id, "The only valid values for 'Type' are 'SQS', 'SNS', 'S3', and 'Kafka'")
}

// extendRole gives the role that is made for the function what the source needs, unless it has it.
func (p pullSource) extendRole(t *transform, e *event, failed map[string]any) error {
	var needed *pullPolicy
	if p.policies != nil {
		var err error
		if needed, err = p.policies(t, e); err != nil {
			return err
		}
	}
	if e.role == nil {
		return nil
	}
	if managed, _ := e.role.properties["ManagedPolicyArns"].([]any); p.managed != "" && !contains(managed, t.managedARN(p.managed)) {
		e.role.properties["ManagedPolicyArns"] = append(managed, t.managedARN(p.managed))
	}
	if needed != nil {
		e.role.addPolicy(needed.policy())
	}
	if failed != nil {
		e.role.addPolicy(failed)
	}
	return nil
}

// addPolicy adds an inline policy to a role, unless it has one with that document.
func (r *resource) addPolicy(policy map[string]any) {
	policies, _ := r.properties["Policies"].([]any)
	for _, there := range policies {
		if contains([]any{at(there, "PolicyDocument")}, policy["PolicyDocument"]) {
			return
		}
	}
	r.properties["Policies"] = append(policies, policy)
}
