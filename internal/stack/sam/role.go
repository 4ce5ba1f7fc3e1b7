package sam

import (
	_ "embed"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// makeRole makes the role that the function runs as, unless the template gives one.
func (w *functionWork) makeRole() error {
	role, err := w.executionRole()
	if err != nil {
		return err
	}
	w.role = role
	switch given := w.function.properties["Role"]; {
	case given == nil:
		w.function.properties["Role"] = arnOf(role)
		w.made = append(w.made, role)
	case isIf(given):
		return w.makeConditionalRole(given)
	}
	return nil
}

func (w *functionWork) executionRole() (*resource, error) {
	basic := "service-role/AWSLambdaBasicExecutionRole"
	if w.has("DurableConfig") {
		basic = "service-role/AWSLambdaBasicDurableExecutionRolePolicy"
	}
	managed := []any{w.managedARN(basic)}
	if w.traced() {
		managed = append(managed, w.managedARN(w.tracingPolicy()))
	}
	if w.has("VpcConfig") {
		managed = append(managed, w.managedARN("service-role/AWSLambdaVPCAccessExecutionRole"))
	}
	var policies []any
	if queue, _ := w.properties["DeadLetterQueue"].(map[string]any); len(queue) > 0 {
		policies = append(policies, inlinePolicy("DeadLetterQueuePolicy", map[string]any{
			"Version": "2012-10-17", "Statement": []any{allow(deadLetterActions[queue["Type"].(string)], queue["TargetArn"])},
		}))
	}
	assume := w.properties["AssumeRolePolicyDocument"]
	if assume == nil {
		assume = assumedBy("lambda.amazonaws.com")
	}
	return w.roleOf(w.source, assume, managed, append(policies, w.policies...))
}

// roleOf returns the role of a source with its policies, and others that it needs.
func (t *transform) roleOf(s *source, assume any, managed, policies []any) (*resource, error) {
	tags, err := t.createdTags(s)
	if err != nil {
		return nil, err
	}
	role := s.make(s.id+"Role", "AWS::IAM::Role", map[string]any{
		"AssumeRolePolicyDocument": assume, "Path": s.properties["RolePath"], "PermissionsBoundary": s.properties["PermissionsBoundary"],
		"Tags": tags,
	})
	entries := policyEntries(s.properties["Policies"])
	kinds, err := policyKinds(entries)
	if err != nil {
		return nil, err
	}
	for i, policy := range entries {
		name := role.id + "Policy" + strconv.Itoa(i)
		switch kinds[i] {
		case policyStatement:
			policies = append(policies, inline(name, policy))
		case managedPolicy:
			if arn := t.policyARN(policy); !contains(managed, arn) {
				managed = append(managed, arn)
			}
		default:
			return nil, invalidResource(s.id, "Policy at index %d in the 'Policies' property is not valid", i)
		}
	}
	if managed == nil {
		managed = []any{}
	}
	role.properties["ManagedPolicyArns"] = managed
	if len(policies) > 0 {
		role.properties["Policies"] = policies
	}
	return role, nil
}

// inline makes an inline policy of a document, or of each that a condition chooses between.
func inline(name string, document any) any {
	arguments, ok := ifArguments(document)
	if !ok {
		return inlinePolicy(name, document)
	}
	choice := []any{arguments[0], arguments[1], arguments[2]}
	for i := 1; i < 3; i++ {
		if !isNoValue(choice[i]) {
			choice[i] = inlinePolicy(name, choice[i])
		}
	}
	return map[string]any{"Fn::If": choice}
}

func inlinePolicy(name string, document any) map[string]any {
	return map[string]any{"PolicyName": name, "PolicyDocument": document}
}

// allow is a statement that allows an action, or a list of some, on a resource.
func allow(action, resource any) map[string]any {
	return map[string]any{"Action": action, "Effect": "Allow", "Resource": resource}
}

// assumedBy is the document that lets a service assume a role.
func assumedBy(service string) map[string]any {
	return map[string]any{"Version": "2012-10-17", "Statement": []any{map[string]any{
		"Action": []any{"sts:AssumeRole"}, "Effect": "Allow", "Principal": map[string]any{"Service": []any{service}},
	}}}
}

// destinationPolicy lets a function send results to a destination of a type.
func destinationPolicy(typ, id string, destination any) map[string]any {
	var name string
	var statements []any
	switch typ {
	case "SQS":
		name, statements = "SQSPolicy", []any{allow("sqs:SendMessage", destination)}
	case "SNS":
		name, statements = "SNSPolicy", []any{allow("sns:publish", destination)}
	case "EventBridge":
		name, statements = "EventBridgePolicy", []any{allow("events:PutEvents", destination)}
	case "Lambda":
		name, statements = "LambdaPolicy", []any{allow("lambda:InvokeFunction", destination)}
	case "S3", "S3Bucket":
		name, statements = "S3Policy", []any{allow("s3:PutObject", join("/", destination, "*")), allow("s3:ListBucket", destination)}
	}
	return inlinePolicy(id+name, map[string]any{"Statement": statements})
}

// makeConditionalRole makes the role for the branch of Fn::If that gives none.
func (w *functionWork) makeConditionalRole(given any) error {
	arguments, ok := ifArguments(w.resolve(given))
	if !ok {
		return invalidResource(w.id, "Malformed 'Role' property: %s.", wrongIf)
	}
	condition := arguments[0]
	arn := arnOf(w.role)
	switch then, otherwise := isNoValue(arguments[1]), isNoValue(arguments[2]); {
	case then && otherwise:
		w.function.properties["Role"] = arn
	case then:
		w.function.properties["Role"] = conditional(condition, arn, arguments[2])
		w.role.attributes["Condition"] = condition
	case otherwise:
		w.function.properties["Role"] = conditional(condition, arguments[1], arn)
		not := "NOT" + str(condition)
		w.role.attributes["Condition"] = not
		w.conditions()[not] = notCondition(condition)
	default:
		return nil
	}
	w.made = append(w.made, w.role)
	return nil
}

// managedARN is the ARN of a managed policy of AWS whose path is known.
func (t *transform) managedARN(name string) string {
	return "arn:" + t.partition + ":iam::aws:policy/" + name
}

// tracingPolicy is the managed policy that lets a function write traces: AWS's first partition has an older one.
func (t *transform) tracingPolicy() string {
	if t.partition == "aws" {
		return "AWSXrayWriteOnlyAccess"
	}
	return "AWSXRayDaemonWriteAccess"
}

//go:embed data/managed-policies.json
var managedPolicyText []byte

var managedPolicies = sync.OnceValue(func() map[string]string {
	var byName map[string]string
	if err := json.Unmarshal(managedPolicyText, &byName); err != nil {
		panic("managed-policies.json: " + err.Error()) // embedded, and read by every test
	}
	return byName
})

// policyARN returns the ARN of a managed policy of which the template gives the name. Everything else stays as it is.
func (t *transform) policyARN(policy any) any {
	switch p := policy.(type) {
	case string:
		if arn, ok := managedPolicies()[p]; ok {
			return strings.Replace(arn, "arn:aws:", "arn:"+t.partition+":", 1)
		}
	case map[string]any:
		arguments, ok := ifArguments(p)
		if !ok {
			return policy
		}
		return map[string]any{"Fn::If": []any{arguments[0], t.branchARN(arguments[1]), t.branchARN(arguments[2])}}
	}
	return policy
}

func (t *transform) branchARN(policy any) any {
	if s, ok := policy.(string); ok {
		return t.policyARN(s)
	}
	return policy
}

// contains reports whether a list has a value.
func contains(values []any, value any) bool {
	for _, v := range values {
		if reflect.DeepEqual(v, value) {
			return true
		}
	}
	return false
}
