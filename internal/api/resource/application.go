package resource

import "sluice/internal/stack"

// application is AWS::CodeDeploy::Application. Its Ref is the application's name.
func application() *resource {
	return &resource{
		Schema: stack.Schema{
			Type:       "AWS::CodeDeploy::Application",
			Properties: fields{"ApplicationName": text(replaces), "ComputePlatform": text(replaces), "Tags": tagged()},
		},
		create: func(t *task) (*stack.Made, error) {
			name := t.name("ApplicationName", maxCodeDeployName)
			in := with(t.lowered("ComputePlatform"), members{"applicationName": name, "tags": tagList(t.tags())})
			_, err := t.call("CodeDeploy", "CreateApplication", in)
			return unless(err, &stack.Made{PhysicalID: name})
		},
		find: func(t *task) (*stack.Made, error) {
			return &stack.Made{PhysicalID: t.name("ApplicationName", maxCodeDeployName)}, nil
		},
		update: func(t *task) (*stack.Made, error) {
			key := members{"ResourceArn": t.arn("codedeploy", "application:"+t.PhysicalID)}
			return unchanged(t), t.retag(codeDeployTags, key)
		},
		delete: func(t *task) error {
			_, err := t.call("CodeDeploy", "DeleteApplication", members{"applicationName": t.PhysicalID})
			return err
		},
	}
}
