package resource

import "sluice/internal/stack"

// httpDeployment is AWS::ApiGatewayV2::Deployment. Its Ref is the deployment's ID. A repeated order may leave a deployment that nothing
// shows: it goes with the API.
func httpDeployment() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGatewayV2::Deployment", Attributes: []string{"DeploymentId"},
			Properties: fields{"ApiId": text(required, replaces), "Description": text(), "StageName": text()},
		},
		create: func(t *task) (*stack.Made, error) {
			made, err := t.http("CreateDeployment", t.inHTTPAPI(t.lowered("Description", "StageName")))
			return unless(err, identifiedAs("DeploymentId", made["deploymentId"]))
		},
		update: func(t *task) (*stack.Made, error) {
			_, err := t.http("UpdateDeployment", t.inHTTPAPI(members{"DeploymentId": t.PhysicalID, "description": t.text("Description")}))
			if err == nil && t.changed("StageName") && t.has("StageName") {
				_, err = t.http("UpdateStage", t.inHTTPAPI(members{"StageName": t.text("StageName"), "deploymentId": t.PhysicalID}))
			}
			return unless(err, unchanged(t))
		},
		delete: deleteHTTPDeployment,
	}
}

// deleteHTTPDeployment lets the deployment's stage show nothing, if it still shows the deployment.
func deleteHTTPDeployment(t *task) error {
	if name := t.text("StageName"); name != "" {
		shown, err := t.http("GetStage", t.inHTTPAPI(members{"StageName": name}))
		if err == nil && textOf(shown["deploymentId"]) == t.PhysicalID {
			_, err = t.http("UpdateStage", t.inHTTPAPI(members{"StageName": name, "deploymentId": ""}))
		}
		if err != nil && classify(err) != notFound {
			return err
		}
	}
	_, err := t.http("DeleteDeployment", t.inHTTPAPI(members{"DeploymentId": t.PhysicalID}))
	return err
}
