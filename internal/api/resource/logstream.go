package resource

import "sluice/internal/stack"

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
