package apigateway

import (
	"maps"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// deployment is AWS::ApiGateway::Deployment. Its Ref is the deployment's ID. A repeated order may leave a deployment that
// nothing shows: it goes with the API.
func deployment() *resource.Type {
	description := stageFields()
	for name, more := range generalSettings() {
		description[name] = more
	}
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::Deployment", Attributes: []string{"DeploymentId"},
			Properties: schema.Fields{
				"DeploymentCanarySettings": schema.Object(schema.Fields{"PercentTraffic": schema.Number(), "StageVariableOverrides": schema.Map(schema.String()), "UseStageCache": schema.Boolean(schema.Kept)}, schema.Replaces),
				"Description":              schema.String(), "RestApiId": schema.String(schema.Required, schema.Replaces), "StageDescription": schema.Object(description), "StageName": schema.String(),
			},
		},
		Create: createDeployment, Update: updateDeployment, Delete: deleteDeployment,
	}
}

// generalSettings are the settings of all methods that a deployment's stage has besides those of a stage.
func generalSettings() schema.Fields {
	return schema.Fields{
		"CacheDataEncrypted": schema.Boolean(schema.Kept), "CacheTtlInSeconds": schema.Integer(schema.Kept), "CachingEnabled": schema.Boolean(schema.Kept), "DataTraceEnabled": schema.Boolean(schema.Kept),
		"LoggingLevel": schema.String(schema.Kept), "MetricsEnabled": schema.Boolean(schema.Kept), "ThrottlingBurstLimit": schema.Integer(), "ThrottlingRateLimit": schema.Number(),
	}
}

func createDeployment(t *task) (*stack.Made, error) {
	in := inAPI(t, t.Lowered("Description"))
	if canary := resource.ObjectOf(t.Properties["DeploymentCanarySettings"]); len(canary) > 0 {
		in["canarySettings"] = resource.Lowered(canary, stageFields()["CanarySetting"])
	}
	if t.Has("StageName") {
		in["stageName"] = t.Text("StageName")
		resource.With(in, describedStage(t))
	}
	made, err := call(t, "CreateDeployment", in)
	if err != nil {
		return nil, err
	}
	if err := settleStage(t, nil); err != nil {
		return nil, err
	}
	return resource.Identified("DeploymentId", made["id"]), nil
}

// describedStage is what the operation takes of a stage's description.
func describedStage(t *task) members {
	d := resource.ObjectOf(t.Properties["StageDescription"])
	return resource.With(members{}, members{
		"stageDescription": d["Description"], "variables": d["Variables"], "tracingEnabled": d["TracingEnabled"],
		"cacheClusterEnabled": d["CacheClusterEnabled"], "cacheClusterSize": d["CacheClusterSize"],
	})
}

// settleStage gives the deployment's stage what the operation does not take. before is the description that it had.
func settleStage(t *task, before members) error {
	if !t.Has("StageName") {
		return nil
	}
	now := resource.ObjectOf(t.Properties["StageDescription"])
	var p patches
	p.accessLog(before["AccessLogSetting"], now["AccessLogSetting"])
	p.methods(allMethods(before), allMethods(now))
	return patch(t, "UpdateStage", inAPI(t, members{"StageName": t.Text("StageName")}), p)
}

// allMethods are the settings of single methods, and before them those of all.
func allMethods(description members) any {
	general := members{"ResourcePath": "/*", "HttpMethod": "*"}
	for name := range generalSettings() {
		if description[name] != nil {
			general[name] = description[name]
		}
	}
	return append([]any{general}, resource.ListOf(description["MethodSettings"])...)
}

// updateDeployment changes what a deployment is called, and its stage: the snapshot stays.
func updateDeployment(t *task) (*stack.Made, error) {
	var p patches
	p.replace(t, "Description", "/description", "")
	if err := patch(t, "UpdateDeployment", inAPI(t, members{"DeploymentId": t.PhysicalID}), p); err != nil {
		return nil, err
	}
	if !t.Has("StageName") || !t.Changed("StageName", "StageDescription") {
		return resource.Unchanged(t), nil
	}
	if t.Changed("StageName") {
		d := describedStage(t)
		d["description"] = d["stageDescription"]
		delete(d, "stageDescription")
		_, err := call(t, "CreateStage", resource.With(inAPI(t, d), members{"stageName": t.Text("StageName"), "deploymentId": t.PhysicalID}))
		if err != nil {
			return nil, err
		}
		return resource.Unless(settleStage(t, nil), resource.Unchanged(t))
	}
	before, now := resource.ObjectOf(t.Old["StageDescription"]), resource.ObjectOf(t.Properties["StageDescription"])
	var stage patches
	if !resource.Same(before["Description"], now["Description"]) {
		stage.add("replace", "/description", resource.TextOf(now["Description"]))
	}
	stage.table(before["Variables"], now["Variables"], "/variables")
	if err := patch(t, "UpdateStage", inAPI(t, members{"StageName": t.Text("StageName")}), stage); err != nil {
		return nil, err
	}
	return resource.Unless(settleStage(t, before), resource.Unchanged(t))
}

// deleteDeployment deletes a deployment with what came with it.
func deleteDeployment(t *task) error {
	if name := t.Text("StageName"); name != "" {
		if err := leaveStage(t, inAPI(t, members{"StageName": name})); err != nil && !resource.Gone(err) {
			return err
		}
	}
	_, err := call(t, "DeleteDeployment", inAPI(t, members{"DeploymentId": t.PhysicalID}))
	return err
}

// leaveStage takes away what the deployment made of its stage: the stage itself, if that shows no other one since, or the canary
// in a stage that goes after it, and without which the deployment is in use.
func leaveStage(t *task, stage members) error {
	shown, err := call(t, "GetStage", maps.Clone(stage))
	switch {
	case err != nil:
		return err
	case resource.TextOf(shown["deploymentId"]) == t.PhysicalID:
		_, err = call(t, "DeleteStage", stage)
	case resource.TextOf(resource.ObjectOf(shown["canarySettings"])["deploymentId"]) == t.PhysicalID:
		var p patches
		p.add("remove", "/canarySettings", nil)
		err = patch(t, "UpdateStage", stage, p)
	}
	return err
}
