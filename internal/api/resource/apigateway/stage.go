package apigateway

import (
	"maps"
	"slices"
	"strings"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// stageFields are what a stage and the description of a deployment's stage have in common.
func stageFields() schema.Fields {
	return schema.Fields{
		"AccessLogSetting":    schema.Object(schema.Fields{"DestinationArn": schema.String(), "Format": schema.String()}),
		"CacheClusterEnabled": schema.Boolean(schema.Kept), "CacheClusterSize": schema.String(schema.Kept),
		"CanarySetting":       schema.Object(schema.Fields{"DeploymentId": schema.String(), "PercentTraffic": schema.Number(), "StageVariableOverrides": schema.Map(schema.String()), "UseStageCache": schema.Boolean(schema.Kept)}),
		"ClientCertificateId": schema.String(schema.Kept), "Description": schema.String(), "DocumentationVersion": schema.String(schema.Kept),
		"MethodSettings": schema.List(schema.Object(schema.Fields{
			"CacheDataEncrypted": schema.Boolean(schema.Kept), "CacheTtlInSeconds": schema.Integer(schema.Kept), "CachingEnabled": schema.Boolean(schema.Kept), "DataTraceEnabled": schema.Boolean(schema.Kept),
			"HttpMethod": schema.String(), "LoggingLevel": schema.String(schema.Kept), "MetricsEnabled": schema.Boolean(schema.Kept), "ResourcePath": schema.String(),
			"ThrottlingBurstLimit": schema.Integer(), "ThrottlingRateLimit": schema.Number(),
		})),
		"Tags": schema.Tags(), "TracingEnabled": schema.Boolean(schema.Kept), "Variables": schema.Map(schema.String()),
	}
}

// stage is AWS::ApiGateway::Stage. Its Ref is the stage's name.
func stage() *resource.Type {
	f := stageFields()
	f["DeploymentId"], f["RestApiId"], f["StageName"] = schema.String(), schema.String(schema.Required, schema.Replaces), schema.String(schema.Replaces)
	return &resource.Type{
		Schema: stack.Schema{Type: "AWS::ApiGateway::Stage", Properties: f},
		Create: createStage, Find: adoptStage, Update: updateStage,
		Delete: func(t *task) error {
			_, err := call(t, "DeleteStage", inAPI(t, members{"StageName": t.PhysicalID}))
			return err
		},
	}
}

func stageName(t *task) string { return t.Name("StageName", maxName) }

func createStage(t *task) (*stack.Made, error) {
	in := t.Lowered("CacheClusterEnabled", "CacheClusterSize", "DeploymentId", "Description", "DocumentationVersion", "TracingEnabled", "Variables")
	if canary := resource.ObjectOf(t.Properties["CanarySetting"]); len(canary) > 0 {
		in["canarySettings"] = resource.Lowered(canary, stageFields()["CanarySetting"])
	}
	name := stageName(t)
	if _, err := call(t, "CreateStage", resource.With(inAPI(t, in), members{"stageName": name, "tags": resource.TagMap(t.Tags())})); err != nil {
		return nil, err
	}
	var p patches
	p.accessLog(nil, t.Properties["AccessLogSetting"])
	p.methods(nil, t.Properties["MethodSettings"])
	if t.Has("ClientCertificateId") {
		p.add("replace", "/clientCertificateId", t.Text("ClientCertificateId"))
	}
	if err := patch(t, "UpdateStage", inAPI(t, members{"StageName": name}), p); err != nil {
		undone(t, "DeleteStage", inAPI(t, members{"StageName": name}))
		return nil, err
	}
	return &stack.Made{PhysicalID: name}, nil
}

// adoptStage takes a stage over that an earlier order made: it may not have come to the end of it.
func adoptStage(t *task) (*stack.Made, error) {
	if _, err := call(t, "DeleteStage", inAPI(t, members{"StageName": stageName(t)})); err != nil {
		return nil, err
	}
	return createStage(t)
}

func updateStage(t *task) (*stack.Made, error) {
	var p patches
	p.replace(t, "DeploymentId", "/deploymentId", "")
	p.replace(t, "Description", "/description", "")
	p.replace(t, "CacheClusterEnabled", "/cacheClusterEnabled", "false")
	p.replace(t, "CacheClusterSize", "/cacheClusterSize", "")
	p.replace(t, "ClientCertificateId", "/clientCertificateId", "")
	p.replace(t, "DocumentationVersion", "/documentationVersion", "")
	p.replace(t, "TracingEnabled", "/tracingEnabled", "false")
	p.table(t.Old["Variables"], t.Properties["Variables"], "/variables")
	p.accessLog(t.Old["AccessLogSetting"], t.Properties["AccessLogSetting"])
	p.methods(t.Old["MethodSettings"], t.Properties["MethodSettings"])
	p.canary(t.Old["CanarySetting"], t.Properties["CanarySetting"])
	if err := patch(t, "UpdateStage", inAPI(t, members{"StageName": t.PhysicalID}), p); err != nil {
		return nil, err
	}
	key := members{"ResourceArn": arn(t, "restapis/"+t.Text("RestApiId")+"/stages/"+t.PhysicalID)}
	return resource.Unchanged(t), t.Retag(tagging, key)
}

func (p *patches) accessLog(before, after any) {
	if resource.Same(before, after) {
		return
	}
	if len(resource.ObjectOf(before)) > 0 {
		p.add("remove", "/accessLogSettings", nil)
	}
	now := resource.ObjectOf(after)
	for _, name := range []string{"DestinationArn", "Format"} {
		if value := resource.TextOf(now[name]); value != "" {
			p.add("replace", "/accessLogSettings/"+resource.Lower(name), value)
		}
	}
}

func (p *patches) canary(before, after any) {
	if resource.Same(before, after) {
		return
	}
	if len(resource.ObjectOf(before)) > 0 {
		p.add("remove", "/canarySettings", nil)
	}
	now := resource.ObjectOf(after)
	for _, name := range []string{"DeploymentId", "PercentTraffic", "UseStageCache"} {
		if now[name] != nil {
			p.add("replace", "/canarySettings/"+resource.Lower(name), resource.TextOf(now[name]))
		}
	}
	overrides := resource.ObjectOf(now["StageVariableOverrides"])
	for _, name := range slices.Sorted(maps.Keys(overrides)) {
		p.add("replace", "/canarySettings/stageVariableOverrides/"+escaped(name), resource.TextOf(overrides[name]))
	}
}

// methodSettings are a method's settings as properties, and where a patch finds them.
var methodSettings = []struct{ property, path string }{
	{"MetricsEnabled", "metrics/enabled"}, {"LoggingLevel", "logging/loglevel"}, {"DataTraceEnabled", "logging/dataTrace"},
	{"ThrottlingBurstLimit", "throttling/burstLimit"}, {"ThrottlingRateLimit", "throttling/rateLimit"},
	{"CachingEnabled", "caching/enabled"}, {"CacheTtlInSeconds", "caching/ttlInSeconds"}, {"CacheDataEncrypted", "caching/dataEncrypted"},
}

// methods changes a stage's settings of methods: those of a method that differ are made anew.
func (p *patches) methods(before, after any) {
	old, now := settingsByMethod(before), settingsByMethod(after)
	for _, method := range slices.Sorted(maps.Keys(old)) {
		if !resource.Same(old[method], now[method]) {
			p.add("remove", "/"+method, nil)
		}
	}
	for _, method := range slices.Sorted(maps.Keys(now)) {
		if resource.Same(old[method], now[method]) {
			continue
		}
		settings := resource.ObjectOf(now[method])
		for _, each := range methodSettings {
			if value := settings[each.property]; value != nil {
				p.add("replace", "/"+method+"/"+each.path, resource.TextOf(value))
			}
		}
	}
}

// settingsByMethod are settings by their resource's path, in which each slash is ~1, and their HTTP method. Without any setting
// there is nothing that a stage could keep.
func settingsByMethod(value any) map[string]any {
	all := map[string]any{}
	for _, each := range resource.ListOf(value) {
		settings := resource.ObjectOf(each)
		path := strings.TrimPrefix(resource.TextOf(settings["ResourcePath"]), "/")
		if path == "" {
			path = "~1"
		}
		method := resource.TextOf(settings["HttpMethod"])
		if slices.ContainsFunc(methodSettings, func(s struct{ property, path string }) bool { return settings[s.property] != nil }) {
			all[path+"/"+method] = settings
		}
	}
	return all
}
