package codedeploy

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// application is AWS::CodeDeploy::Application. Its Ref is the application's name.
func application() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type:       "AWS::CodeDeploy::Application",
			Properties: schema.Fields{"ApplicationName": schema.String(schema.Replaces), "ComputePlatform": schema.String(schema.Replaces), "Tags": schema.Tags()},
		},
		Create: func(t *task) (*stack.Made, error) {
			name := t.Name("ApplicationName", maxName)
			in := resource.With(t.Lowered("ComputePlatform"), members{"applicationName": name, "tags": resource.TagList(t.Tags())})
			_, err := t.Call("CodeDeploy", "CreateApplication", in)
			return resource.Unless(err, &stack.Made{PhysicalID: name})
		},
		Find: func(t *task) (*stack.Made, error) {
			return &stack.Made{PhysicalID: t.Name("ApplicationName", maxName)}, nil
		},
		Update: func(t *task) (*stack.Made, error) {
			key := members{"ResourceArn": t.ARN("codedeploy", "application:"+t.PhysicalID)}
			return resource.Unchanged(t), t.Retag(tagging, key)
		},
		Delete: func(t *task) error {
			_, err := t.Call("CodeDeploy", "DeleteApplication", members{"applicationName": t.PhysicalID})
			return err
		},
	}
}
