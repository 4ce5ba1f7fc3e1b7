package codedeploy_test

import (
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func look(operation string, in object, at ...any) resourcetest.Look {
	return resourcetest.Look{Service: "CodeDeploy", Operation: operation, In: in, At: at}
}

func TestLives(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	f.Create(f.Order("Here", "AWS::CodeDeploy::Application", object{"ApplicationName": "here", "ComputePlatform": "Lambda"}))
	f.Live(t,
		resourcetest.Life{
			Type:       "AWS::CodeDeploy::Application",
			Properties: object{"ComputePlatform": "Lambda"},
			Ref:        "app-Application-0123456789AB",
			Look: func(ref string) resourcetest.Look {
				return look("GetApplication", object{"applicationName": ref}, "application")
			},
			Gone:        "ApplicationDoesNotExistException",
			Shown:       object{"computePlatform": "Lambda", "applicationName": "app-Application-0123456789AB"},
			Changes:     object{"Tags": []any{object{"Key": "k", "Value": "v"}}},
			Changed:     object{"computePlatform": "Lambda"},
			Replacement: object{"ApplicationName": "other"},
			Repeated:    true,
		},
		resourcetest.Life{
			Type: "AWS::CodeDeploy::DeploymentConfig",
			Properties: object{"ComputePlatform": "Lambda", "TrafficRoutingConfig": object{
				"Type": "TimeBasedCanary", "TimeBasedCanary": object{"CanaryInterval": "2", "CanaryPercentage": "20"},
			}},
			Ref: "app-DeploymentConfig-0123456789AB",
			Look: func(ref string) resourcetest.Look {
				return look("GetDeploymentConfig", object{"deploymentConfigName": ref}, "deploymentConfigInfo")
			},
			Gone: "DeploymentConfigDoesNotExistException",
			Shown: object{
				"trafficRoutingConfig.type": "TimeBasedCanary", "trafficRoutingConfig.timeBasedCanary.canaryInterval": 2,
				"trafficRoutingConfig.timeBasedCanary.canaryPercentage": 20,
			},
			Replacement: object{"DeploymentConfigName": "other"},
			Repeated:    true,
		},
		resourcetest.Life{
			Type: "AWS::CodeDeploy::DeploymentGroup",
			Properties: object{
				"ApplicationName": "here", "ServiceRoleArn": resourcetest.RoleARN, "DeploymentConfigName": "CodeDeployDefault.LambdaAllAtOnce",
				"AutoRollbackConfiguration": object{"Enabled": "true", "Events": []any{"DEPLOYMENT_FAILURE"}},
				"DeploymentStyle":           object{"DeploymentType": "BLUE_GREEN", "DeploymentOption": "WITH_TRAFFIC_CONTROL"},
			},
			Ref: "app-DeploymentGroup-0123456789AB",
			Look: func(ref string) resourcetest.Look {
				return look("GetDeploymentGroup", object{"applicationName": "here", "deploymentGroupName": ref}, "deploymentGroupInfo")
			},
			Gone:        "DeploymentGroupDoesNotExistException",
			Shown:       object{"autoRollbackConfiguration.enabled": true, "deploymentStyle.deploymentType": "BLUE_GREEN", "serviceRoleArn": resourcetest.RoleARN},
			Changes:     object{"AutoRollbackConfiguration": nil, "ServiceRoleArn": resourcetest.RoleARN + "2"},
			Changed:     object{"autoRollbackConfiguration.enabled": false, "serviceRoleArn": resourcetest.RoleARN + "2"},
			Replacement: object{"DeploymentGroupName": "other"},
			Repeated:    true,
		},
	)
}
