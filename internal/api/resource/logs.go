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

// logStream is AWS::Logs::LogStream. Its Ref is the stream's name.
func logStream() *resource {
	return &resource{
		Schema: stack.Schema{
			Type:       "AWS::Logs::LogStream",
			Properties: fields{"LogGroupName": text(required, replaces), "LogStreamName": text(replaces)},
		},
		create: func(t *task) (*stack.Made, error) {
			name := t.name("LogStreamName", maxLogName)
			_, err := t.call(logs, "CreateLogStream", with(t.lowered("LogGroupName"), members{"logStreamName": name}))
			return unless(err, &stack.Made{PhysicalID: name})
		},
		find: func(t *task) (*stack.Made, error) {
			return &stack.Made{PhysicalID: t.name("LogStreamName", maxLogName)}, nil
		},
		delete: func(t *task) error {
			_, err := t.call(logs, "DeleteLogStream", with(t.lowered("LogGroupName"), members{"logStreamName": t.PhysicalID}))
			return err
		},
	}
}

// metricFilter is AWS::Logs::MetricFilter. Its Ref is the filter's name.
func metricFilter() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::Logs::MetricFilter",
			Properties: fields{
				"ApplyOnTransformedLogs": flag(kept), "EmitSystemFieldDimensions": list(text(), kept), "FieldSelectionCriteria": text(kept),
				"FilterName": text(replaces), "FilterPattern": text(required), "LogGroupName": text(required, replaces),
				"MetricTransformations": list(object(fields{
					"DefaultValue": number(), "Dimensions": list(object(fields{"Key": text(required), "Value": text(required)})),
					"MetricName": text(required), "MetricNamespace": text(required), "MetricValue": text(required), "Unit": text(),
				}), required),
			},
		},
		create: func(t *task) (*stack.Made, error) { return t.putFilter(t.name("FilterName", maxLogName)) },
		update: func(t *task) (*stack.Made, error) { return t.putFilter(t.PhysicalID) },
		delete: func(t *task) error {
			_, err := t.call(logs, "DeleteMetricFilter", with(t.lowered("LogGroupName"), members{"filterName": t.PhysicalID}))
			return err
		},
	}
}

// putFilter puts the filter, whose transformations have their dimensions in a map where the template has a list.
func (t *task) putFilter(name string) (*stack.Made, error) {
	in := with(t.lowered("FilterPattern", "LogGroupName", "MetricTransformations"), members{"filterName": name})
	for _, each := range listOf(in["metricTransformations"]) {
		transformation, _ := each.(map[string]any)
		if given, there := transformation["dimensions"]; there {
			dimensions := members{}
			for _, each := range listOf(given) {
				pair := objectOf(each)
				dimensions[textOf(pair["key"])] = pair["value"]
			}
			transformation["dimensions"] = dimensions
		}
	}
	_, err := t.call(logs, "PutMetricFilter", in)
	return unless(err, &stack.Made{PhysicalID: name})
}
