package restapi_test

import (
	"strings"
	"testing"

	"sluice/internal/restapi"
)

const compressions = "invalid: Invalid minimum compression size, must be between 0 and 10485760"

// AWS's page "Patch Operations", UpdateRestApi.
func TestPatchesOfAPIs(t *testing.T) {
	s, _ := newService(t)
	testPatches(t, func() (*restapi.API, func([]restapi.Patch) (*restapi.API, error)) {
		a, err := s.Create(t.Context(), scope, restapi.Creation{Name: "a", Description: "d", Settings: restapi.Settings{BinaryMediaTypes: []string{"image/png"}},
			Endpoint: restapi.Endpoint{Type: "PRIVATE", VPCEndpoints: []string{"vpce-1"}}})
		return updated(t, a, err, func(p []restapi.Patch) (*restapi.API, error) { return s.Update(t.Context(), a.ID, p) })
	}, []row{
		{"replace", "/name", "b", `{"Name":"b"}`},
		{"replace", "/name", "", "invalid: REST API name must not be empty."},
		{"remove", "/name", "", badOperation + "[replace]"},
		{"replace", "/description", "", `{"Description":""}`},
		{"replace", "/version", "v2", `{"Version":"v2"}`},
		{"replace", "/apiKeySource", "AUTHORIZER", `{"KeySource":"AUTHORIZER"}`},
		{"replace", "/apiKeySource", "BODY", "invalid: Invalid API key source specified. Valid options are HEADER, AUTHORIZER"},
		{"replace", "/policy", "{}", `{"Policy":"{}"}`},
		{"replace", "/policy", "{", "invalid: Invalid policy document. Please check the policy syntax and ensure that Principals are valid."},
		{"replace", "/securityPolicy", "TLS_1_2", `{"SecurityPolicy":"TLS_1_2"}`},
		{"replace", "/endpointAccessMode", "STRICT", `{"AccessMode":"STRICT"}`},
		{"replace", "/disableExecuteApiEndpoint", "true", `{"DisableEndpoint":true}`},
		{"add", "/binaryMediaTypes/a~1b", "", `{"BinaryMediaTypes":["image/png","a/b"]}`},
		{"add", "/binaryMediaTypes/image~1png", "", `{}`},
		{"replace", "/binaryMediaTypes/image~1png", "a/b", `{"BinaryMediaTypes":["a/b"]}`},
		{"remove", "/binaryMediaTypes/image~1png", "", `{"BinaryMediaTypes":null}`},
		{"replace", "/minimumCompressionSize", "0", `{"MinimumCompression":0}`},
		{"replace", "/minimumCompressionSize", "10485760", `{"MinimumCompression":10485760}`},
		{"replace", "/minimumCompressionSize", "10485761", compressions},
		{"replace", "/minimumCompressionSize", "-1", compressions},
		{"replace", "/minimumCompressionSize", "small", compressions},
		{"replace", "/minimumCompressionSize", "", `{}`},
		{"replace", "/endpointConfiguration/types/PRIVATE", "REGIONAL", `{"Endpoint":{"Type":"REGIONAL","IPAddressType":"dualstack","VPCEndpoints":["vpce-1"]}}`},
		{"replace", "/endpointConfiguration/types", "EDGE", `{"Endpoint":{"Type":"EDGE","IPAddressType":"dualstack","VPCEndpoints":["vpce-1"]}}`},
		{"replace", "/endpointConfiguration/types/EDGE", "MOON", "invalid: Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE"},
		{"remove", "/endpointConfiguration/types/0", "EDGE", "invalid: Invalid patch operation specified. Must be 'add'|'remove'|'replace'"},
		{"replace", "/endpointConfiguration/ipAddressType", "wrong", "invalid: ipAddressType must be either ipv4 or dualstack."},
		{"remove", "/endpointConfiguration/ipAddressType", "", badOperation + "[replace]"},
		{"replace", "/endpointConfiguration/ipAddressType", "ipv4", "invalid: Only dualstack ipAddressType is supported for Private APIs."},
		{"add", "/endpointConfiguration/vpcEndpointIds", "vpce-2", `{"Endpoint":{"Type":"PRIVATE","IPAddressType":"dualstack","VPCEndpoints":["vpce-1","vpce-2"]}}`},
		{"remove", "/endpointConfiguration/vpcEndpointIds", "vpce-1", `{"Endpoint":{"Type":"PRIVATE","IPAddressType":"dualstack"}}`},
		{"replace", "/endpointConfiguration/vpcEndpointIds", "x", badOperation + "[add, remove]"},
		{"replace", "/id", "x", "invalid: Invalid patch path /id"},
	})
}

// AWS's page "Patch Operations", UpdateStage. The canary has the stage's own deployment, so that its ID does not show.
func TestPatchesOfStages(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	deploy(t, s, a.ID, restapi.Release{Stage: "dev"})
	found, err := s.Stage(t.Context(), a.ID, "dev")
	must(t, err)
	testPatches(t, func() (*restapi.Stage, func([]restapi.Patch) (*restapi.Stage, error)) {
		if err := s.DeleteStage(t.Context(), a.ID, "dev"); err != nil {
			t.Fatal(err)
		}
		stage, err := s.CreateStage(t.Context(), restapi.Stage{
			API: a.ID, Name: "dev", Deployment: found.Deployment, Variables: map[string]string{"v": "1"},
			Methods:   map[string]*restapi.MethodSettings{"*/*": {LoggingLevel: "OFF", Burst: 1, Rate: 2}},
			AccessLog: &restapi.AccessLog{Destination: "arn", Format: "f"},
		})
		return updated(t, stage, err, func(p []restapi.Patch) (*restapi.Stage, error) { return s.UpdateStage(t.Context(), a.ID, "dev", p) })
	}, []row{
		{"replace", "/deploymentId", "none", "invalid: Deployment id does not exist"},
		{"remove", "/deploymentId", "", "invalid: Invalid method setting path: /deploymentId. Must be one of: [/deploymentId, ..."},
		{"replace", "/description", "d", `{"Description":"d"}`},
		{"replace", "/cacheClusterEnabled", "true", `{"CacheEnabled":true}`},
		{"replace", "/cacheClusterSize", "0.5", `{"CacheSize":"0.5"}`},
		{"replace", "/clientCertificateId", "c", `{"ClientCertificate":"c"}`},
		{"replace", "/documentationVersion", "1", `{"Documentation":"1"}`},
		{"replace", "/tracingEnabled", "true", `{"Tracing":true}`},
		{"replace", "/webAclArn", "arn", `{"Firewall":"arn"}`},
		{"replace", "/variables/w", "2", `{"Variables":{"v":"1","w":"2"}}`},
		{"add", "/variables/v", "2", `{"Variables":{"v":"2"}}`},
		{"remove", "/variables/v", "", `{"Variables":null}`},
		{"replace", "/variables/v-w", "2", "invalid: Stage variable name is invalid: v-w. Valid names consist of a-zA-Z0-9_"},
		{"replace", "/variables/v", "<2>", "invalid: Stage variable value is invalid: <2>. Valid values consist of A-Za-z0-9-._~:/?#&=,"},
		{"replace", "/variables", "2", "invalid: Invalid method setting path: /variables. Must be one of: ..."},
		{"replace", "/*/*/throttling/burstLimit", "7", `{"Methods":{"*/*":` + settings(`"Burst":7,"Rate":2`) + `}}`},
		{"replace", "/*/*/throttling/rateLimit", "0.5", `{"Methods":{"*/*":` + settings(`"Burst":1,"Rate":0.5`) + `}}`},
		{"replace", "/*/*/throttling/rateLimit", "Infinity", `invalid: Invalid value "Infinity" of patch path /throttling/rateLimit: it has to be a number`},
		{"replace", "/*/*/logging/loglevel", "INFO", `{"Methods":{"*/*":{"Metrics":false,"LoggingLevel":"INFO",...`},
		{"replace", "/*/*/logging/dataTrace", "true", `{"Methods":{"*/*":{"Metrics":false,"LoggingLevel":"OFF","DataTrace":true,...`},
		{"replace", "/*/*/metrics/enabled", "true", `{"Methods":{"*/*":{"Metrics":true,...`},
		{"replace", "/~1p~1{id}/GET/caching/enabled", "true", `{"Methods":{"*/*":` + settings(`"Burst":1,"Rate":2`) +
			`,"~1p~1{id}/GET":{"Metrics":false,"LoggingLevel":"OFF","DataTrace":false,"Burst":1,"Rate":2,"Caching":true,"CacheTTL":0,"CacheEncrypted":false,"CacheControlRequired":false}}}`},
		{"replace", "/*/GET/caching/ttlInSeconds", "x", `invalid: Invalid value "x" of patch path /caching/ttlInSeconds: it has to be a whole number`},
		{"replace", "/*/GET/caching/other", "x", "invalid: Invalid method setting path: /*/GET/caching/other. Must be one of: ..."},
		{"remove", "/*/*", "", `{"Methods":null}`},
		{"remove", "/*/GET", "", "invalid: Cannot remove method setting */GET because there is no method setting for this method "},
		{"remove", "/*/*/metrics/enabled", "", "invalid: Invalid method setting path: /*/*/metrics/enabled. Must be one of: ..."},
		{"replace", "/accessLogSettings/format", "g", `{"AccessLog":{"Destination":"arn","Format":"g"}}`},
		{"replace", "/accessLogSettings/format", "", "invalid: Access Log value must not be empty"},
		{"replace", "/accessLogSettings/level", "g", "invalid: Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]"},
		{"remove", "/accessLogSettings", "", `{"AccessLog":null}`},
		{"remove", "/accessLogSettings/format", "", "invalid: Cannot remove method setting accessLogSettings/format because there is no method setting for this method "},
		{"replace", "/canarySettings/percentTraffic", "12.5", `{"Canary":{"Deployment":"` + found.Deployment + `","Percent":12.5,"UseCache":false}}`},
		{"replace", "/canarySettings/percentTraffic", "100", `{"Canary":{"Deployment":"` + found.Deployment + `","Percent":100,"UseCache":false}}`},
		{"replace", "/canarySettings/percentTraffic", "-0.1", "invalid: Invalid canary percent traffic: -0.1. It has to be between 0.0 and 100.0"},
		{"replace", "/canarySettings/percentTraffic", "half", `invalid: Invalid value "half" of patch path /canarySettings/percentTraffic: it has to be a number`},
		{"replace", "/canarySettings/useStageCache", "true", `{"Canary":{"Deployment":"` + found.Deployment + `","Percent":0,"UseCache":true}}`},
		{"replace", "/canarySettings/stageVariableOverrides/w", "2", `{"Canary":{"Deployment":"` + found.Deployment + `","Percent":0,"Variables":{"w":"2"},"UseCache":false}}`},
		{"replace", "/canarySettings/stageVariableOverrides/w", "<2>", "invalid: Stage variable value is invalid: <2>. Valid values consist of A-Za-z0-9-._~:/?#&=,"},
		{"replace", "/canarySettings/deploymentId", "none", "invalid: Deployment id does not exist"},
		{"replace", "/canarySettings/other", "x", "invalid: Invalid method setting path: /canarySettings/other. Must be one of: ..."},
		{"add", "/canarySettings/useStageCache", "true", "invalid: Invalid add operation with path: /canarySettings/useStageCache"},
		{"add", "/canarySettings/other", "x", "invalid: Cannot add method setting canarySettings/other because there is no method setting for this method "},
		{"remove", "/canarySettings", "", `{}`},
	})
}

// settings are those that the stage of TestPatchesOfStages has for all methods, with other limits.
func settings(limits string) string {
	return `{"Metrics":false,"LoggingLevel":"OFF","DataTrace":false,` + limits + `,"Caching":false,"CacheTTL":0,"CacheEncrypted":false,"CacheControlRequired":false}`
}

// AWS's page "Patch Operations", UpdateUsagePlan.
func TestPatchesOfPlans(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	deploy(t, s, a.ID, restapi.Release{Stage: "dev"})
	deploy(t, s, a.ID, restapi.Release{Stage: "prd"})
	api := a.ID.API
	const quota = "invalid: Usage Plan quota must have a positive limit, and a period of DAY, WEEK or MONTH"
	testPatches(t, func() (*restapi.UsagePlan, func([]restapi.Patch) (*restapi.UsagePlan, error)) {
		p, err := s.CreatePlan(t.Context(), restapi.UsagePlan{
			Scope: scope, Name: "p", Throttle: &restapi.Throttle{Burst: 1, Rate: 2}, Quota: &restapi.Quota{Limit: 3, Period: "DAY"},
			Stages: []restapi.PlanStage{{API: api, Stage: "dev", Throttle: map[string]restapi.Throttle{"/x/GET": {Burst: 4, Rate: 5}}}},
		})
		return updated(t, p, err, func(patches []restapi.Patch) (*restapi.UsagePlan, error) {
			return s.UpdatePlan(t.Context(), scope, p.ID, patches)
		})
	}, []row{
		{"replace", "/name", "q", `{"Name":"q"}`},
		{"replace", "/name", "", "invalid: Usage Plan name cannot be blank"},
		{"replace", "/description", "d", `{"Description":"d"}`},
		{"add", "/productCode", "c", `{"ProductCode":"c"}`},
		{"replace", "/throttle/burstLimit", "9", `{"Throttle":{"Burst":9,"Rate":2}}`},
		{"add", "/throttle/rateLimit", "0.5", `{"Throttle":{"Burst":1,"Rate":0.5}}`},
		{"remove", "/throttle/rateLimit", "", `{"Throttle":{"Burst":1,"Rate":0}}`},
		{"replace", "/throttle/rateLimit", "-Inf", `invalid: Invalid value "-Inf" of patch path /rateLimit: it has to be a number`},
		{"replace", "/throttle/burstLimit", "1.5", `invalid: Invalid value "1.5" of patch path /burstLimit: it has to be a whole number`},
		{"remove", "/throttle", "", `{"Throttle":null}`},
		{"replace", "/throttle", "9", "invalid: Invalid patch path  '/throttle' specified for op 'replace'. Must be one of: [/name, /description, /productCode, /throttle/burstLimit, /throttle/rateLimit, /quota/limit, /quota/offset, /quota/period]"},
		{"replace", "/quota/limit", "9", `{"Quota":{"Limit":9,"Offset":0,"Period":"DAY"}}`},
		{"replace", "/quota/limit", "0", quota},
		{"replace", "/quota/period", "MONTH", `{"Quota":{"Limit":3,"Offset":0,"Period":"MONTH"}}`},
		{"replace", "/quota/period", "YEAR", quota},
		{"replace", "/quota/offset", "1", "invalid: Usage Plan quota offset must be zero in the DAY period"},
		{"replace", "/quota/offset", "x", `invalid: Invalid value "x" of patch path /quota/offset: it has to be a whole number`},
		{"remove", "/quota", "", `{"Quota":null}`},
		{"add", "/apiStages", api + ":prd", `{"Stages":[{"API":"` + api + `","Stage":"dev","Throttle":{"/x/GET":{"Burst":4,"Rate":5}}},{"API":"` + api + `","Stage":"prd"}]}`},
		{"add", "/apiStages", api + ":dev", `{}`},
		{"add", "/apiStages", api + ":tst", "not found: Invalid API Stage {api: " + api + ", stage: tst} specified for usageplan ..."},
		{"add", "/apiStages", api, "invalid: Invalid API Stage specified"},
		{"remove", "/apiStages", api + ":dev", `{"Stages":null}`},
		{"remove", "/apiStages", api + ":prd", "not found: Invalid API Stage {api: " + api + ", stage: prd} specified for usageplan ..."},
		{"replace", "/apiStages/" + api + ":dev/throttle/~1x/GET/rateLimit", "6", `{"Stages":[{"API":"` + api + `","Stage":"dev","Throttle":{"/x/GET":{"Burst":4,"Rate":6}}}]}`},
		{"add", "/apiStages/" + api + ":dev/throttle/~1y~1{id}/PUT/burstLimit", "6", `{"Stages":[{"API":"` + api + `","Stage":"dev","Throttle":{"/x/GET":{"Burst":4,"Rate":5},"/y/{id}/PUT":{"Burst":6,"Rate":0}}}]}`},
		{"remove", "/apiStages/" + api + ":dev/throttle/~1x/GET", "", `{"Stages":[{"API":"` + api + `","Stage":"dev"}]}`},
		{"remove", "/apiStages/" + api + ":dev/throttle", "", `{"Stages":[{"API":"` + api + `","Stage":"dev"}]}`},
		{"replace", "/apiStages/" + api + ":dev/throttle/~1x", "6", "invalid: Invalid patch path /apiStages/" + api + ":dev/throttle/~1x"},
		{"replace", "/apiStages/" + api + ":dev/throttle/~1x/GET", "6", "invalid: Invalid patch path /apiStages/" + api + ":dev/throttle/~1x/GET"},
		{"replace", "/apiStages/" + api + ":dev/throttle/~1x/GET/level", "6", "invalid: Invalid patch path /level"},
		{"replace", "/apiStages/" + api + ":prd/throttle/~1x/GET/rateLimit", "6", "invalid: Invalid API Stage specified"},
		{"add", "/nothing", "x", "invalid: Invalid patch path  '/nothing' specified for op 'add'. Must be one of: [/productCode, /apiStages, /throttle/burstLimit, ..."},
	})
}

// AWS's page "Patch Operations", UpdateApiKey.
func TestPatchesOfKeys(t *testing.T) {
	s, _ := newService(t)
	testPatches(t, func() (*restapi.APIKey, func([]restapi.Patch) (*restapi.APIKey, error)) {
		k, err := s.CreateKey(t.Context(), restapi.APIKey{Scope: scope, Name: "k", Enabled: true, Stages: []string{"a/dev"}})
		return updated(t, k, err, func(p []restapi.Patch) (*restapi.APIKey, error) { return s.UpdateKey(t.Context(), scope, k.ID, p) })
	}, []row{
		{"replace", "/name", "l", `{"Name":"l"}`},
		{"replace", "/description", "d", `{"Description":"d"}`},
		{"replace", "/customerId", "c", `{"Customer":"c"}`},
		{"replace", "/enabled", "false", `{"Enabled":false}`},
		{"add", "/stages", "a/prd", `{"Stages":["a/dev","a/prd"]}`},
		{"remove", "/stages", "a/dev", `{"Stages":null}`},
		{"replace", "/value", "x", "invalid: Invalid patch path  '/value' specified for op 'replace'. Must be one of: [/description, /enabled, /name, /customerId]"},
		{"replace", "/description", strings.Repeat("a", 125_001), "invalid: Invalid API Key description specified."},
		{"copy", "/name", "x", "invalid: Invalid patch path  '/name' specified for op 'copy'. Please choose supported operations"},
	})
}

// AWS's page "Patch Operations", UpdateAccount.
func TestPatchesOfAccounts(t *testing.T) {
	s, _ := newService(t)
	testPatches(t, func() (*restapi.Account, func([]restapi.Patch) (*restapi.Account, error)) {
		return &restapi.Account{Scope: scope}, func(p []restapi.Patch) (*restapi.Account, error) { return s.UpdateAccount(t.Context(), scope, p) }
	}, []row{
		{"add", "/features", "UsagePlans", `{}`},
		{"replace", "/throttleSettings", "x", "invalid: Invalid patch path  '/throttleSettings' specified for op 'replace'. Must be one of: [/cloudwatchRoleArn]"},
		{"replace", "/cloudwatchRoleArn", "role", `{"LogRole":"role"}`},
	})
	if a, err := s.Account(t.Context(), scope); err != nil || a.LogRole != "role" {
		t.Errorf("kept is %+v, %v", a, err)
	}
}

// AWS's page "Patch Operations", UpdateDeployment.
func TestPatchesOfDeployments(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	testPatches(t, func() (*restapi.Deployment, func([]restapi.Patch) (*restapi.Deployment, error)) {
		d, err := s.Deploy(t.Context(), a.ID, restapi.Release{})
		return updated(t, d, err, func(p []restapi.Patch) (*restapi.Deployment, error) {
			return s.UpdateDeployment(t.Context(), a.ID, d.ID, p)
		})
	}, []row{
		{"replace", "/description", "d", `{"Description":"d"}`},
		{"remove", "/description", "", "invalid: Invalid patch path  '/description' specified for op 'remove'. Please choose supported operations"},
		{"replace", "/createdDate", "d", "invalid: Invalid patch path  '/createdDate' specified for op 'replace'. Must be one of: [/description]"},
	})
}
