package sam

import (
	"strconv"
	"strings"

	"sluice/internal/stack/sam/openapi"
)

// deploymentAndStage makes the deployment, whose ID follows what it deploys, and the stage that shows it.
func (a *restBuild) deploymentAndStage() (deployment, stage *resource) {
	deployment = a.make(a.id+"Deployment", "AWS::ApiGateway::Deployment", map[string]any{"RestApiId": ref(a.id)})
	if !truthy(a.properties["OpenApiVersion"]) {
		deployment.properties["StageName"] = "Stage"
	}
	if content := a.deployed(); content != "" {
		digest := hashOf(content)
		deployment.id += digest[:10]
		deployment.properties["Description"] = "RestApi deployment id: " + digest
	}
	return deployment, a.stage(deployment.id)
}

// deployed is the text whose change makes a new deployment.
func (a *restBuild) deployed() string {
	content := a.body
	if content == nil {
		content = a.location
	}
	if content.Len() == 0 {
		return ""
	}
	if truthy(a.properties["AlwaysDeploy"]) {
		return strconv.FormatInt(a.t.now.Unix(), 10)
	}
	parts := []string{openapi.Print(content)}
	if version := a.properties["OpenApiVersion"]; truthy(version) {
		parts = append(parts, str(version))
	}
	if a.domain.Len() > 0 {
		parts = append(parts, openapi.JSON(a.domain))
	}
	if names := a.functionNames(); names != "" {
		parts = append(parts, names)
	}
	return strings.Join(parts, "||")
}

// functionNames are the names of the functions that have events on the API, one after the other.
func (a *restBuild) functionNames() string {
	var names strings.Builder
	for _, id := range a.t.apis.resources.Keys() {
		resource, _ := a.t.given[id].(map[string]any)
		if resource["Type"] != "AWS::Serverless::Function" {
			continue
		}
		name := a.t.functionName(resource)
		if name == "" {
			continue
		}
		events, _ := at(resource, "Properties", "Events").(map[string]any)
		for _, event := range events {
			if at(event, "Type") == "Api" && apiID(at(event, "Properties", "RestApiId")) == a.id {
				names.WriteString(name)
			}
		}
	}
	return names.String()
}

// functionName is the name that a template gives a function, with parameters replaced; empty if it gives none.
func (t *transform) functionName(function map[string]any) string {
	switch name := t.resolve(clone(at(function, "Properties", "FunctionName"))).(type) {
	case nil:
		return ""
	case string:
		return name
	default:
		if !truthy(name) {
			return ""
		}
		return openapi.Print(t.tree(name))
	}
}

// stageOf names a stage's resource: by the stage's name, if that is alphanumeric text, else by its hash.
func (s *source) stageID(name any) string {
	stage, _ := name.(string)
	if alphanumeric(stage) {
		return s.id + stage + "Stage"
	}
	return s.id + "Stage" + hash10(stage)
}

func (a *restBuild) stage(deployment string) *resource {
	a.stageName = a.stageID(a.properties["StageName"])
	stage := a.make(a.stageName, "AWS::ApiGateway::Stage", map[string]any{"RestApiId": ref(a.id), "DeploymentId": ref(deployment)})
	for _, name := range [...]string{
		"StageName", "CacheClusterEnabled", "CacheClusterSize", "Variables", "MethodSettings", "AccessLogSetting", "CanarySetting", "TracingEnabled",
	} {
		stage.properties[name] = a.properties[name]
	}
	if tags, ok := a.properties["Tags"].(map[string]any); ok {
		stage.properties["Tags"] = a.t.tagList(tags)
	}
	return stage
}
