package resource

import "sluice/internal/stack"

// deploymentConfig is AWS::CodeDeploy::DeploymentConfig. Its Ref is the configuration's name.
func deploymentConfig() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::CodeDeploy::DeploymentConfig",
			Properties: fields{
				"ComputePlatform": text(replaces), "DeploymentConfigName": text(replaces),
				"MinimumHealthyHosts": object(fields{"Type": text(required), "Value": whole(required)}, replaces),
				"TrafficRoutingConfig": object(fields{
					"TimeBasedCanary": object(fields{"CanaryInterval": whole(required), "CanaryPercentage": whole(required)}),
					"TimeBasedLinear": object(fields{"LinearInterval": whole(required), "LinearPercentage": whole(required)}),
					"Type":            text(required),
				}, replaces),
				"ZonalConfig": object(fields{
					"FirstZoneMonitorDurationInSeconds": whole(), "MonitorDurationInSeconds": whole(),
					"MinimumHealthyHostsPerZone": object(fields{"Type": text(required), "Value": whole(required)}),
				}, replaces),
			},
		},
		create: func(t *task) (*stack.Made, error) {
			name := t.name("DeploymentConfigName", maxCodeDeployName)
			in := with(t.lowered("ComputePlatform", "MinimumHealthyHosts", "TrafficRoutingConfig", "ZonalConfig"), members{"deploymentConfigName": name})
			_, err := t.call("CodeDeploy", "CreateDeploymentConfig", in)
			return unless(err, &stack.Made{PhysicalID: name})
		},
		find: func(t *task) (*stack.Made, error) {
			return &stack.Made{PhysicalID: t.name("DeploymentConfigName", maxCodeDeployName)}, nil
		},
		delete: func(t *task) error {
			_, err := t.call("CodeDeploy", "DeleteDeploymentConfig", members{"deploymentConfigName": t.PhysicalID})
			return err
		},
	}
}
