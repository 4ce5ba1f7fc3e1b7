package resource

import (
	"maps"
	"slices"
	"strings"

	"sluice/internal/stack"
)

// stageFields are what a stage and the description of a deployment's stage have in common.
func stageFields() fields {
	return fields{
		"AccessLogSetting":    object(fields{"DestinationArn": text(), "Format": text()}),
		"CacheClusterEnabled": flag(kept), "CacheClusterSize": text(kept),
		"CanarySetting":       object(fields{"DeploymentId": text(), "PercentTraffic": number(), "StageVariableOverrides": table(text()), "UseStageCache": flag(kept)}),
		"ClientCertificateId": text(kept), "Description": text(), "DocumentationVersion": text(kept),
		"MethodSettings": list(object(fields{
			"CacheDataEncrypted": flag(kept), "CacheTtlInSeconds": whole(kept), "CachingEnabled": flag(kept), "DataTraceEnabled": flag(kept),
			"HttpMethod": text(), "LoggingLevel": text(kept), "MetricsEnabled": flag(kept), "ResourcePath": text(),
			"ThrottlingBurstLimit": whole(), "ThrottlingRateLimit": number(),
		})),
		"Tags": tagged(), "TracingEnabled": flag(kept), "Variables": table(text()),
	}
}

// apiStage is AWS::ApiGateway::Stage. Its Ref is the stage's name.
func apiStage() *resource {
	f := stageFields()
	f["DeploymentId"], f["RestApiId"], f["StageName"] = text(), text(required, replaces), text(replaces)
	return &resource{
		Schema: stack.Schema{Type: "AWS::ApiGateway::Stage", Properties: f},
		create: createStage, find: adoptStage, update: updateStage,
		delete: func(t *task) error {
			_, err := t.gateway("DeleteStage", t.inAPI(members{"StageName": t.PhysicalID}))
			return err
		},
	}
}

func (t *task) stageName() string { return t.name("StageName", maxGatewayName) }

func createStage(t *task) (*stack.Made, error) {
	in := t.lowered("CacheClusterEnabled", "CacheClusterSize", "DeploymentId", "Description", "DocumentationVersion", "TracingEnabled", "Variables")
	if canary := objectOf(t.Properties["CanarySetting"]); len(canary) > 0 {
		in["canarySettings"] = lowered(canary, stageFields()["CanarySetting"])
	}
	name := t.stageName()
	if _, err := t.gateway("CreateStage", with(t.inAPI(in), members{"stageName": name, "tags": tagMap(t.tags())})); err != nil {
		return nil, err
	}
	var p patches
	p.accessLog(nil, t.Properties["AccessLogSetting"])
	p.methods(nil, t.Properties["MethodSettings"])
	if t.has("ClientCertificateId") {
		p.add("replace", "/clientCertificateId", t.text("ClientCertificateId"))
	}
	if err := t.patch("UpdateStage", t.inAPI(members{"StageName": name}), p); err != nil {
		t.undone("DeleteStage", t.inAPI(members{"StageName": name}))
		return nil, err
	}
	return &stack.Made{PhysicalID: name}, nil
}

// adoptStage takes a stage over that an earlier order made: it may not have come to the end of it.
func adoptStage(t *task) (*stack.Made, error) {
	if _, err := t.gateway("DeleteStage", t.inAPI(members{"StageName": t.stageName()})); err != nil {
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
	if err := t.patch("UpdateStage", t.inAPI(members{"StageName": t.PhysicalID}), p); err != nil {
		return nil, err
	}
	key := members{"ResourceArn": t.gatewayARN("restapis/" + t.text("RestApiId") + "/stages/" + t.PhysicalID)}
	return unchanged(t), t.retag(apiGatewayTags, key)
}

func (p *patches) accessLog(before, after any) {
	if same(before, after) {
		return
	}
	if len(objectOf(before)) > 0 {
		p.add("remove", "/accessLogSettings", nil)
	}
	now := objectOf(after)
	for _, name := range []string{"DestinationArn", "Format"} {
		if value := textOf(now[name]); value != "" {
			p.add("replace", "/accessLogSettings/"+lower(name), value)
		}
	}
}

func (p *patches) canary(before, after any) {
	if same(before, after) {
		return
	}
	if len(objectOf(before)) > 0 {
		p.add("remove", "/canarySettings", nil)
	}
	now := objectOf(after)
	for _, name := range []string{"DeploymentId", "PercentTraffic", "UseStageCache"} {
		if now[name] != nil {
			p.add("replace", "/canarySettings/"+lower(name), textOf(now[name]))
		}
	}
	overrides := objectOf(now["StageVariableOverrides"])
	for _, name := range slices.Sorted(maps.Keys(overrides)) {
		p.add("replace", "/canarySettings/stageVariableOverrides/"+escaped(name), textOf(overrides[name]))
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
		if !same(old[method], now[method]) {
			p.add("remove", "/"+method, nil)
		}
	}
	for _, method := range slices.Sorted(maps.Keys(now)) {
		if same(old[method], now[method]) {
			continue
		}
		settings := objectOf(now[method])
		for _, each := range methodSettings {
			if value := settings[each.property]; value != nil {
				p.add("replace", "/"+method+"/"+each.path, textOf(value))
			}
		}
	}
}

// settingsByMethod are settings by their resource's path, in which each slash is ~1, and their HTTP method. Without any setting
// there is nothing that a stage could keep.
func settingsByMethod(value any) map[string]any {
	all := map[string]any{}
	for _, each := range listOf(value) {
		settings := objectOf(each)
		path := strings.TrimPrefix(textOf(settings["ResourcePath"]), "/")
		if path == "" {
			path = "~1"
		}
		method := textOf(settings["HttpMethod"])
		if slices.ContainsFunc(methodSettings, func(s struct{ property, path string }) bool { return settings[s.property] != nil }) {
			all[path+"/"+method] = settings
		}
	}
	return all
}
