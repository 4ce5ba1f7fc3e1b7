package storetest

import "sluice/internal/restapi"

func restID(api string) restapi.ID { return restapi.ID{Scope: scope, API: api} }

// NewRESTAPI returns a REST API with every field set.
func NewRESTAPI(id string) *restapi.API {
	return &restapi.API{
		ID: restID(id), Name: "pets", Description: "all of them", Version: "1", Created: when, DisableEndpoint: true,
		Endpoint:       restapi.Endpoint{Type: "REGIONAL", IPAddressType: "ipv4", VPCEndpoints: []string{"vpce-1"}},
		SecurityPolicy: "TLS_1_2", AccessMode: "BASIC", Tags: map[string]string{"team": "a"}, Definition: newDefinition(),
	}
}

func newDefinition() restapi.Definition {
	return restapi.Definition{
		Settings: restapi.Settings{
			BinaryMediaTypes: []string{"image/png"}, MinimumCompression: new(int64(10)), KeySource: "HEADER", Policy: "{}",
		},
		Root:        "root",
		Resources:   map[string]*restapi.Resource{"r": {ID: "r", Parent: "root", Part: "x", Path: "/x", Methods: map[string]*restapi.Method{"GET": newMethod()}}},
		Models:      map[string]*restapi.Model{"M": {ID: "m", Name: "M", Description: "d", ContentType: "application/json", Schema: "{}"}},
		Validators:  map[string]*restapi.RequestValidator{"v": {ID: "v", Name: "all", Body: true, Parameters: true}},
		Authorizers: map[string]*restapi.Authorizer{"a": newAuthorizer()},
		Responses: map[string]*restapi.GatewayResponse{"THROTTLED": {
			Type: "THROTTLED", Status: "429", Parameters: map[string]string{"gatewayresponse.header.X": "'y'"}, Templates: map[string]string{"a/b": "t"},
		}},
		Documentation:         []restapi.DocumentationPart{newDocumentation()},
		DocumentationVersions: []restapi.DocumentationVersion{{Version: "v", Description: "d", Created: when, Parts: []restapi.DocumentationPart{newDocumentation()}}},
	}
}

func newDocumentation() restapi.DocumentationPart {
	return restapi.DocumentationPart{
		ID: "p", Location: restapi.DocumentationLocation{Type: "RESPONSE", Path: "/", Method: "GET", StatusCode: "200", Name: "n"}, Properties: "{}",
	}
}

func newAuthorizer() *restapi.Authorizer {
	return &restapi.Authorizer{
		ID: "a", Name: "who", Type: restapi.TokenAuthorizer, URI: "arn", Credentials: "role", Providers: []string{"pool"}, AuthType: "custom",
		Identity: "method.request.header.A", Expression: ".+", TTL: new(int64(5)),
	}
}

func newMethod() *restapi.Method {
	return &restapi.Method{
		HTTPMethod: "GET", Authorization: restapi.AuthCustom, AuthorizerID: "a", Scopes: []string{"read"}, KeyRequired: true, ValidatorID: "v",
		OperationName: "get", Parameters: map[string]bool{"method.request.querystring.q": true}, Models: map[string]string{"a/b": "M"},
		Responses: map[string]*restapi.MethodResponse{"200": {
			Status: "200", Parameters: map[string]bool{"method.response.header.X": true}, Models: map[string]string{"a/b": "M"},
		}},
		Integration: &restapi.Integration{
			Type: restapi.AWSIntegration, HTTPMethod: "POST", URI: "arn", ConnectionType: "INTERNET", ConnectionID: "c", Credentials: "role",
			Parameters: map[string]string{"integration.request.header.X": "'y'"}, Templates: map[string]string{"a/b": "t"},
			Passthrough: restapi.PassNever, ContentHandling: restapi.ToText, Timeout: 1000, CacheNamespace: "n", CacheKeys: []string{"k"},
			Responses: map[string]*restapi.IntegrationResponse{"200": {
				Status: "200", Selection: new("x"), Parameters: map[string]string{"method.response.header.X": "'y'"},
				Templates: map[string]string{"a/b": "t"}, ContentHandling: restapi.ToBinary,
			}},
			Insecure: new(true), Transfer: "BUFFERED",
		},
	}
}

// NewRESTDeployment returns a deployment of an API with every field set.
func NewRESTDeployment(api, id string) *restapi.Deployment {
	return &restapi.Deployment{API: restID(api), ID: id, Description: "first", Created: when, Definition: newDefinition()}
}

// NewRESTStage returns a stage of an API with every field set.
func NewRESTStage(api, name string) *restapi.Stage {
	return &restapi.Stage{
		API: restID(api), Name: name, Deployment: "d", Description: "live", Variables: map[string]string{"alias": "live"},
		Methods: map[string]*restapi.MethodSettings{"*/*": {
			Metrics: true, LoggingLevel: "INFO", DataTrace: true, Burst: 5, Rate: 2.5, Caching: true, CacheTTL: 300, CacheEncrypted: true,
			CacheControlRequired: true, CacheControlStrategy: "FAIL_WITH_403",
		}},
		AccessLog:    &restapi.AccessLog{Destination: "arn", Format: "$context.requestId"},
		CacheEnabled: true, CacheSize: "0.5", ClientCertificate: "c", Documentation: "1", Tracing: true, Firewall: "arn",
		Canary: &restapi.Canary{Deployment: "d2", Percent: 10, Variables: map[string]string{"alias": "next"}, UseCache: true},
		Tags:   map[string]string{"team": "a"}, Created: when, Updated: when,
	}
}

// NewAPIKey returns an API key with every field set.
func NewAPIKey(id string) *restapi.APIKey {
	return &restapi.APIKey{
		Scope: scope, ID: id, Name: "k", Value: "01234567890123456789", Description: "d", Customer: "c", Enabled: true, Stages: []string{"api/dev"},
		Tags: map[string]string{"team": "a"}, Created: when, Updated: when,
	}
}

// NewUsagePlan returns a usage plan with every field set.
func NewUsagePlan(id string) *restapi.UsagePlan {
	return &restapi.UsagePlan{
		Scope: scope, ID: id, Name: "p", Description: "d", Throttle: &restapi.Throttle{Burst: 1, Rate: 2},
		Stages: []restapi.PlanStage{{API: "api", Stage: "dev", Throttle: map[string]restapi.Throttle{"/x/GET": {Burst: 1, Rate: 0.5}}}},
		Quota:  &restapi.Quota{Limit: 5, Offset: 1, Period: "DAY"}, ProductCode: "c", Keys: []string{"k"}, Tags: map[string]string{"team": "a"},
	}
}

// NewRESTAccount returns what is kept of an account, with every field set.
func NewRESTAccount() *restapi.Account { return &restapi.Account{Scope: scope, LogRole: "arn"} }
