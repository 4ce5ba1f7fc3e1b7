package resource

import "sluice/internal/stack"

// maxLogName is how long the names of groups, streams and metric filters may be, in characters.
const maxLogName = 512

const logs = "CloudWatch Logs"

var logTags = tagging{
	service: logs, list: "ListTagsForResource", tag: "TagResource", untag: "UntagResource", shown: "tags", tags: "tags", keys: "tagKeys", asMap: true,
}

// logGroup is AWS::Logs::LogGroup. Its Ref is the group's name.
func logGroup() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::Logs::LogGroup", Attributes: []string{"Arn"},
			Properties: fields{
				"BearerTokenAuthenticationEnabled": flag(kept), "DataProtectionPolicy": document(kept), "DeletionProtectionEnabled": flag(),
				"FieldIndexPolicies": list(anything(), kept), "KmsKeyId": text(kept), "LogGroupClass": text(), "LogGroupName": text(replaces),
				"ResourcePolicyDocument": document(kept), "RetentionInDays": whole(), "Tags": tagged(),
			},
		},
		create: createLogGroup, find: foundLogGroup, update: updateLogGroup,
		delete: func(t *task) error {
			_, err := t.call(logs, "DeleteLogGroup", members{"logGroupName": t.PhysicalID})
			return err
		},
	}
}

func createLogGroup(t *task) (*stack.Made, error) {
	name := t.name("LogGroupName", maxLogName)
	in := with(t.lowered("KmsKeyId", "LogGroupClass", "DeletionProtectionEnabled"), members{"logGroupName": name, "tags": tagMap(t.tags())})
	if _, err := t.call(logs, "CreateLogGroup", in); err != nil {
		return nil, err
	}
	return t.logGroupMade(name), t.retain(name)
}

func foundLogGroup(t *task) (*stack.Made, error) {
	name := t.name("LogGroupName", maxLogName)
	return t.logGroupMade(name), t.retain(name)
}

func (t *task) logGroupMade(name string) *stack.Made {
	return &stack.Made{PhysicalID: name, Attributes: members{"Arn": t.arn("logs", "log-group:"+name+":*")}}
}

// retain sets how long the group keeps its events.
func (t *task) retain(name string) error {
	if !t.changed("RetentionInDays") {
		return nil
	}
	operation := "PutRetentionPolicy"
	if !t.has("RetentionInDays") {
		operation = "DeleteRetentionPolicy"
	}
	_, err := t.call(logs, operation, with(t.lowered("RetentionInDays"), members{"logGroupName": name}))
	return err
}

func updateLogGroup(t *task) (*stack.Made, error) {
	if err := t.retain(t.PhysicalID); err != nil {
		return nil, err
	}
	if t.changed("DeletionProtectionEnabled") {
		in := members{"logGroupIdentifier": t.PhysicalID, "deletionProtectionEnabled": t.text("DeletionProtectionEnabled") == "true"}
		if _, err := t.call(logs, "PutLogGroupDeletionProtection", in); err != nil {
			return nil, err
		}
	}
	key := members{"resourceArn": t.arn("logs", "log-group:"+t.PhysicalID)}
	return t.logGroupMade(t.PhysicalID), t.retag(logTags, key)
}
