package logs

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// maxName is how long the names of groups, streams and metric filters may be, in characters.
const maxName = 512

const service = "CloudWatch Logs"

var tagging = resource.Tagging{
	Service: service, List: "ListTagsForResource", Tag: "TagResource", Untag: "UntagResource", Shown: "tags", Tags: "tags", Keys: "tagKeys", AsMap: true,
}

// logGroup is AWS::Logs::LogGroup. Its Ref is the group's name.
func logGroup() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::Logs::LogGroup", Attributes: []string{"Arn"},
			Properties: schema.Fields{
				"BearerTokenAuthenticationEnabled": schema.Boolean(schema.Kept), "DataProtectionPolicy": schema.JSON(schema.Kept), "DeletionProtectionEnabled": schema.Boolean(),
				"FieldIndexPolicies": schema.List(schema.Any(), schema.Kept), "KmsKeyId": schema.String(schema.Kept), "LogGroupClass": schema.String(), "LogGroupName": schema.String(schema.Replaces),
				"ResourcePolicyDocument": schema.JSON(schema.Kept), "RetentionInDays": schema.Integer(), "Tags": schema.Tags(),
			},
		},
		Create: createLogGroup, Find: foundLogGroup, Update: updateLogGroup,
		Delete: func(t *task) error {
			_, err := t.Call(service, "DeleteLogGroup", members{"logGroupName": t.PhysicalID})
			return err
		},
	}
}

func createLogGroup(t *task) (*stack.Made, error) {
	name := t.Name("LogGroupName", maxName)
	in := resource.With(t.Lowered("KmsKeyId", "LogGroupClass", "DeletionProtectionEnabled"), members{"logGroupName": name, "tags": resource.TagMap(t.UserTags())})
	if _, err := t.Call(service, "CreateLogGroup", in); err != nil {
		return nil, err
	}
	return logGroupMade(t, name), settle(t, name)
}

func foundLogGroup(t *task) (*stack.Made, error) {
	name := t.Name("LogGroupName", maxName)
	return logGroupMade(t, name), settle(t, name)
}

// settle gives a new group what the operation that makes it does not take: of tags no more than the user may give.
func settle(t *task, name string) error {
	if err := retain(t, name); err != nil {
		return err
	}
	return retag(t, name)
}

func retag(t *task, name string) error {
	return t.Retag(tagging, members{"resourceArn": t.ARN("logs", "log-group:"+name)})
}

func logGroupMade(t *task, name string) *stack.Made {
	return &stack.Made{PhysicalID: name, Attributes: members{"Arn": t.ARN("logs", "log-group:"+name+":*")}}
}

// retain sets how long the group keeps its events.
func retain(t *task, name string) error {
	if !t.Changed("RetentionInDays") {
		return nil
	}
	operation := "PutRetentionPolicy"
	if !t.Has("RetentionInDays") {
		operation = "DeleteRetentionPolicy"
	}
	_, err := t.Call(service, operation, resource.With(t.Lowered("RetentionInDays"), members{"logGroupName": name}))
	return err
}

func updateLogGroup(t *task) (*stack.Made, error) {
	if err := retain(t, t.PhysicalID); err != nil {
		return nil, err
	}
	if t.Changed("DeletionProtectionEnabled") {
		in := members{"logGroupIdentifier": t.PhysicalID, "deletionProtectionEnabled": t.Text("DeletionProtectionEnabled") == "true"}
		if _, err := t.Call(service, "PutLogGroupDeletionProtection", in); err != nil {
			return nil, err
		}
	}
	return logGroupMade(t, t.PhysicalID), retag(t, t.PhysicalID)
}
