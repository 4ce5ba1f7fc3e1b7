package codedeploy

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// deploymentConfig is AWS::CodeDeploy::DeploymentConfig. Its Ref is the configuration's name.
func deploymentConfig() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::CodeDeploy::DeploymentConfig",
			Properties: schema.Fields{
				"ComputePlatform": schema.String(schema.Replaces), "DeploymentConfigName": schema.String(schema.Replaces),
				"MinimumHealthyHosts": schema.Object(schema.Fields{"Type": schema.String(schema.Required), "Value": schema.Integer(schema.Required)}, schema.Replaces),
				"TrafficRoutingConfig": schema.Object(schema.Fields{
					"TimeBasedCanary": schema.Object(schema.Fields{"CanaryInterval": schema.Integer(schema.Required), "CanaryPercentage": schema.Integer(schema.Required)}),
					"TimeBasedLinear": schema.Object(schema.Fields{"LinearInterval": schema.Integer(schema.Required), "LinearPercentage": schema.Integer(schema.Required)}),
					"Type":            schema.String(schema.Required),
				}, schema.Replaces),
				"ZonalConfig": schema.Object(schema.Fields{
					"FirstZoneMonitorDurationInSeconds": schema.Integer(), "MonitorDurationInSeconds": schema.Integer(),
					"MinimumHealthyHostsPerZone": schema.Object(schema.Fields{"Type": schema.String(schema.Required), "Value": schema.Integer(schema.Required)}),
				}, schema.Replaces),
			},
		},
		Create: func(t *task) (*stack.Made, error) {
			name := t.Name("DeploymentConfigName", maxName)
			in := resource.With(t.Lowered("ComputePlatform", "MinimumHealthyHosts", "TrafficRoutingConfig", "ZonalConfig"), members{"deploymentConfigName": name})
			_, err := t.Call("CodeDeploy", "CreateDeploymentConfig", in)
			return resource.Unless(err, &stack.Made{PhysicalID: name})
		},
		Find: func(t *task) (*stack.Made, error) {
			return &stack.Made{PhysicalID: t.Name("DeploymentConfigName", maxName)}, nil
		},
		Delete: func(t *task) error {
			_, err := t.Call("CodeDeploy", "DeleteDeploymentConfig", members{"deploymentConfigName": t.PhysicalID})
			return err
		},
	}
}
