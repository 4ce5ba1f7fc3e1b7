package apigatewayv2

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// deployment is AWS::ApiGatewayV2::Deployment. Its Ref is the deployment's ID. A repeated order may leave a deployment that nothing
// shows: it goes with the API.
func deployment() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::ApiGatewayV2::Deployment", Attributes: []string{"DeploymentId"},
			Properties: schema.Fields{"ApiId": schema.String(schema.Required, schema.Replaces), "Description": schema.String(), "StageName": schema.String()},
		},
		Create: func(t *task) (*stack.Made, error) {
			made, err := call(t, "CreateDeployment", inAPI(t, t.Lowered("Description", "StageName")))
			return resource.Unless(err, resource.Identified("DeploymentId", made["deploymentId"]))
		},
		Update: func(t *task) (*stack.Made, error) {
			_, err := call(t, "UpdateDeployment", inAPI(t, members{"DeploymentId": t.PhysicalID, "description": t.Text("Description")}))
			if err == nil && t.Changed("StageName") && t.Has("StageName") {
				_, err = call(t, "UpdateStage", inAPI(t, members{"StageName": t.Text("StageName"), "deploymentId": t.PhysicalID}))
			}
			return resource.Unless(err, resource.Unchanged(t))
		},
		Delete: deleteDeployment,
	}
}

// deleteDeployment lets the deployment's stage show nothing, if it still shows the deployment.
func deleteDeployment(t *task) error {
	if name := t.Text("StageName"); name != "" {
		shown, err := call(t, "GetStage", inAPI(t, members{"StageName": name}))
		if err == nil && resource.TextOf(shown["deploymentId"]) == t.PhysicalID {
			_, err = call(t, "UpdateStage", inAPI(t, members{"StageName": name, "deploymentId": ""}))
		}
		if err != nil && !resource.Gone(err) {
			return err
		}
	}
	_, err := call(t, "DeleteDeployment", inAPI(t, members{"DeploymentId": t.PhysicalID}))
	return err
}
