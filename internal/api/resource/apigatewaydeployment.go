package resource

import (
	"sluice/internal/stack"
)

// apiDeployment is AWS::ApiGateway::Deployment. Its Ref is the deployment's ID. A repeated order may leave a deployment that
// nothing shows: it goes with the API.
func apiDeployment() *resource {
	description := stageFields()
	for name, more := range generalSettings() {
		description[name] = more
	}
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::Deployment", Attributes: []string{"DeploymentId"},
			Properties: fields{
				"DeploymentCanarySettings": object(fields{"PercentTraffic": number(), "StageVariableOverrides": table(text()), "UseStageCache": flag(kept)}, replaces),
				"Description":              text(), "RestApiId": text(required, replaces), "StageDescription": object(description), "StageName": text(),
			},
		},
		create: createDeployment, update: updateDeployment, delete: deleteDeployment,
	}
}

// generalSettings are the settings of all methods that a deployment's stage has besides those of a stage.
func generalSettings() fields {
	return fields{
		"CacheDataEncrypted": flag(kept), "CacheTtlInSeconds": whole(kept), "CachingEnabled": flag(kept), "DataTraceEnabled": flag(kept),
		"LoggingLevel": text(kept), "MetricsEnabled": flag(kept), "ThrottlingBurstLimit": whole(), "ThrottlingRateLimit": number(),
	}
}

func createDeployment(t *task) (*stack.Made, error) {
	in := t.inAPI(t.lowered("Description"))
	if canary := objectOf(t.Properties["DeploymentCanarySettings"]); len(canary) > 0 {
		in["canarySettings"] = lowered(canary, stageFields()["CanarySetting"])
	}
	if t.has("StageName") {
		in["stageName"] = t.text("StageName")
		with(in, t.describedStage())
	}
	made, err := t.gateway("CreateDeployment", in)
	if err != nil {
		return nil, err
	}
	if err := t.settleStage(nil); err != nil {
		return nil, err
	}
	return identifiedAs("DeploymentId", made["id"]), nil
}

// describedStage is what the operation takes of a stage's description.
func (t *task) describedStage() members {
	d := objectOf(t.Properties["StageDescription"])
	return with(members{}, members{
		"stageDescription": d["Description"], "variables": d["Variables"], "tracingEnabled": d["TracingEnabled"],
		"cacheClusterEnabled": d["CacheClusterEnabled"], "cacheClusterSize": d["CacheClusterSize"],
	})
}

// settleStage gives the deployment's stage what the operation does not take. before is the description that it had.
func (t *task) settleStage(before members) error {
	if !t.has("StageName") {
		return nil
	}
	now := objectOf(t.Properties["StageDescription"])
	var p patches
	p.accessLog(before["AccessLogSetting"], now["AccessLogSetting"])
	p.methods(allMethods(before), allMethods(now))
	return t.patch("UpdateStage", t.inAPI(members{"StageName": t.text("StageName")}), p)
}

// allMethods are the settings of single methods, and before them those of all.
func allMethods(description members) any {
	general := members{"ResourcePath": "/*", "HttpMethod": "*"}
	for name := range generalSettings() {
		if description[name] != nil {
			general[name] = description[name]
		}
	}
	return append([]any{general}, listOf(description["MethodSettings"])...)
}

// updateDeployment changes what a deployment is called, and its stage: the snapshot stays.
func updateDeployment(t *task) (*stack.Made, error) {
	var p patches
	p.replace(t, "Description", "/description", "")
	if err := t.patch("UpdateDeployment", t.inAPI(members{"DeploymentId": t.PhysicalID}), p); err != nil {
		return nil, err
	}
	if !t.has("StageName") || !t.changed("StageName", "StageDescription") {
		return unchanged(t), nil
	}
	if t.changed("StageName") {
		d := t.describedStage()
		d["description"] = d["stageDescription"]
		delete(d, "stageDescription")
		_, err := t.gateway("CreateStage", with(t.inAPI(d), members{"stageName": t.text("StageName"), "deploymentId": t.PhysicalID}))
		if err != nil {
			return nil, err
		}
		return unless(t.settleStage(nil), unchanged(t))
	}
	before, now := objectOf(t.Old["StageDescription"]), objectOf(t.Properties["StageDescription"])
	var stage patches
	if !same(before["Description"], now["Description"]) {
		stage.add("replace", "/description", textOf(now["Description"]))
	}
	stage.table(before["Variables"], now["Variables"], "/variables")
	if err := t.patch("UpdateStage", t.inAPI(members{"StageName": t.text("StageName")}), stage); err != nil {
		return nil, err
	}
	return unless(t.settleStage(before), unchanged(t))
}

// deleteDeployment deletes a deployment with the stage that came with it, if that shows no other one since.
func deleteDeployment(t *task) error {
	if name := t.text("StageName"); name != "" {
		shown, err := t.gateway("GetStage", t.inAPI(members{"StageName": name}))
		if err == nil && textOf(shown["deploymentId"]) == t.PhysicalID {
			_, err = t.gateway("DeleteStage", t.inAPI(members{"StageName": name}))
		}
		if err != nil && classify(err) != notFound {
			return err
		}
	}
	_, err := t.gateway("DeleteDeployment", t.inAPI(members{"DeploymentId": t.PhysicalID}))
	return err
}
