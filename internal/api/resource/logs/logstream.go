package logs

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// logStream is AWS::Logs::LogStream. Its Ref is the stream's name.
func logStream() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type:       "AWS::Logs::LogStream",
			Properties: schema.Fields{"LogGroupName": schema.String(schema.Required, schema.Replaces), "LogStreamName": schema.String(schema.Replaces)},
		},
		Create: func(t *task) (*stack.Made, error) {
			name := t.Name("LogStreamName", maxName)
			_, err := t.Call(service, "CreateLogStream", resource.With(t.Lowered("LogGroupName"), members{"logStreamName": name}))
			return resource.Unless(err, &stack.Made{PhysicalID: name})
		},
		Find: func(t *task) (*stack.Made, error) {
			return &stack.Made{PhysicalID: t.Name("LogStreamName", maxName)}, nil
		},
		Delete: func(t *task) error {
			_, err := t.Call(service, "DeleteLogStream", resource.With(t.Lowered("LogGroupName"), members{"logStreamName": t.PhysicalID}))
			return err
		},
	}
}
