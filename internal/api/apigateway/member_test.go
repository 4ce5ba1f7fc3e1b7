package apigateway_test

import (
	"fmt"
	"reflect"
	"testing"
)

// wantMembers looks whether an answer has these members, and those that are nil not at all.
func wantMembers(t *testing.T, answer, members object) {
	t.Helper()
	for name, want := range members {
		if got, there := answer[name]; !reflect.DeepEqual(got, want) || want == nil && there {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

// shop is an API with what others refer to: a mock, GET /, that is deployed at dev.
type shop struct {
	*desk
	base, root, method string
	id, authorizer     string
	validator          string
	deployment         string
}

func newShop(t *testing.T) *shop {
	t.Helper()
	d := newDesk(t)
	api := d.Must("POST", "/restapis", object{"name": "a"})
	s := &shop{desk: d, base: fmt.Sprintf("/restapis/%v", api["id"]), id: fmt.Sprint(api["id"])}
	s.root = fmt.Sprintf("%s/resources/%v", s.base, api["rootResourceId"])
	s.method = s.root + "/methods/GET"
	d.Must("PUT", s.method, object{"authorizationType": "NONE"})
	d.Must("PUT", s.method+"/responses/200", object{})
	d.Must("PUT", s.method+"/integration", object{"type": "MOCK"})
	s.authorizer = fmt.Sprint(d.Must("POST", s.base+"/authorizers", object{
		"name": "pool", "type": "COGNITO_USER_POOLS", "identitySource": "method.request.header.A", "providerARNs": []string{"arn:aws:cognito-idp:us-east-1:000000000000:userpool/p"},
	})["id"])
	s.validator = fmt.Sprint(d.Must("POST", s.base+"/requestvalidators", object{"name": "v"})["id"])
	s.deployment = fmt.Sprint(d.Must("POST", s.base+"/deployments", object{"stageName": "dev"})["id"])
	return s
}

// What a client says when it makes something is what it is told afterwards, member by member.
func TestMembersComeBack(t *testing.T) {
	s := newShop(t)
	s.Must("PUT", s.root+"/methods/POST", object{"authorizationType": "NONE"})
	for _, tt := range []struct {
		name, method, path string
		at                 func(made object) string // where it is found
		body               object
		besides            object // members that are told otherwise; nil is not at all
	}{
		{
			"an API", "POST", "/restapis", func(o object) string { return fmt.Sprint("/restapis/", o["id"]) },
			object{
				"name":                      "n",
				"description":               "d",
				"version":                   "v",
				"binaryMediaTypes":          []any{"image/png", "*/*"},
				"minimumCompressionSize":    0.0,
				"apiKeySource":              "AUTHORIZER",
				"disableExecuteApiEndpoint": true,
				"policy":                    `{}`,
				"tags":                      object{"a": "b"},
				"endpointConfiguration":     object{"types": []any{"REGIONAL"}, "ipAddressType": "dualstack"},
			}, nil,
		},
		{
			"a method", "PUT", s.root + "/methods/PUT", func(object) string { return s.root + "/methods/PUT" },
			object{
				"authorizationType":   "COGNITO_USER_POOLS",
				"authorizerId":        s.authorizer,
				"authorizationScopes": []any{"pets/read"},
				"apiKeyRequired":      true,
				"operationName":       "put",
				"requestParameters":   object{"method.request.header.a": true, "method.request.querystring.b": false},
				"requestModels":       object{"application/json": "Error"},
				"requestValidatorId":  s.validator,
			}, object{"httpMethod": "PUT"},
		},
		{
			"an answer of a method", "PUT", s.method + "/responses/404", func(object) string { return s.method + "/responses/404" },
			object{
				"responseParameters": object{"method.response.header.a": true},
				"responseModels":     object{"application/json": "Empty"},
			}, object{"statusCode": "404"},
		},
		{
			"an integration", "PUT", s.root + "/methods/POST/integration", func(object) string { return s.root + "/methods/POST/integration" },
			object{
				"type":                "AWS",
				"httpMethod":          "POST",
				"uri":                 authorizerURI,
				"credentials":         "arn:aws:iam::000000000000:role/r",
				"requestParameters":   object{"integration.request.header.a": "'b'"},
				"requestTemplates":    object{"application/json": "{}"},
				"passthroughBehavior": "NEVER",
				"cacheNamespace":      "n",
				"cacheKeyParameters":  []any{"integration.request.header.a"},
				"contentHandling":     "CONVERT_TO_TEXT",
				"timeoutInMillis":     50.0,
			}, nil,
		},
		{
			"an integration's answer", "PUT", s.method + "/integration/responses/200", func(object) string { return s.method + "/integration/responses/200" },
			object{
				"selectionPattern":  "2..",
				"responseTemplates": object{"application/json": "$input.body"},
				"contentHandling":   "CONVERT_TO_BINARY",
			}, object{"statusCode": "200"},
		},
		{
			"a model", "POST", s.base + "/models", func(o object) string { return fmt.Sprint(s.base, "/models/", o["name"]) },
			object{
				"name":        "Pet",
				"contentType": "application/json",
				"description": "d",
				"schema":      `{"type": "object"}`,
			}, nil,
		},
		{
			"a validator", "POST", s.base + "/requestvalidators", func(o object) string { return fmt.Sprint(s.base, "/requestvalidators/", o["id"]) },
			object{
				"name":                      "w",
				"validateRequestBody":       true,
				"validateRequestParameters": true,
			}, nil,
		},
		{
			"an authorizer that is a function", "POST", s.base + "/authorizers", func(o object) string { return fmt.Sprint(s.base, "/authorizers/", o["id"]) },
			object{
				"name":                         "z",
				"type":                         "TOKEN",
				"authorizerUri":                authorizerURI,
				"authorizerCredentials":        "arn:aws:iam::000000000000:role/r",
				"identitySource":               "method.request.header.Authorization",
				"identityValidationExpression": "a.*",
				"authorizerResultTtlInSeconds": 0.0,
				"authType":                     "custom",
			}, nil,
		},
		{
			"a gateway response", "PUT", s.base + "/gatewayresponses/UNAUTHORIZED", func(object) string { return s.base + "/gatewayresponses/UNAUTHORIZED" },
			object{
				"statusCode":         "418",
				"responseParameters": object{"gatewayresponse.header.a": "'b'"},
				"responseTemplates":  object{"application/json": "{}"},
			}, object{"responseType": "UNAUTHORIZED", "defaultResponse": false},
		},
		{
			"a stage", "POST", s.base + "/stages", func(o object) string { return fmt.Sprint(s.base, "/stages/", o["stageName"]) },
			object{
				"stageName":           "test",
				"deploymentId":        s.deployment,
				"description":         "d",
				"variables":           object{"a": "b"},
				"tags":                object{"c": "d"},
				"tracingEnabled":      true,
				"cacheClusterEnabled": true,
				"cacheClusterSize":    "0.5",
			}, object{"cacheClusterStatus": "NOT_AVAILABLE"},
		},
		{
			"a key", "POST", "/apikeys", func(o object) string { return fmt.Sprintf("/apikeys/%v?includeValue=true", o["id"]) },
			object{
				"name":        "k",
				"description": "d",
				"enabled":     true,
				"customerId":  "c",
				"value":       "01234567890123456789",
				"tags":        object{"a": "b"},
			}, nil,
		},
		{
			"a usage plan", "POST", "/usageplans", func(o object) string { return fmt.Sprint("/usageplans/", o["id"]) },
			object{
				"name":        "p",
				"description": "d",
				"throttle":    object{"burstLimit": 0.0, "rateLimit": 1.5},
				"quota":       object{"limit": 5.0, "offset": 6.0, "period": "WEEK"},
				"tags":        object{"a": "b"},
				"apiStages":   []any{object{"apiId": s.id, "stage": "dev", "throttle": object{"//GET": object{"burstLimit": 1.0, "rateLimit": 2.0}}}},
			}, nil,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s.T = t
			made := s.Must(tt.method, tt.path, tt.body)
			wantMembers(t, made, tt.body)
			wantMembers(t, made, tt.besides)
			if found := s.Must("GET", tt.at(made), nil); !reflect.DeepEqual(found, made) {
				t.Errorf("it is found as\n%v, was made as\n%v", found, made)
			}
		})
	}
}

// What nobody said is there with AWS's usual value, or not at all (nil).
func TestMembersThatNobodyGave(t *testing.T) {
	s := newShop(t)
	for _, tt := range []struct {
		name, path string
		want       object
	}{
		{
			"an API", s.base,
			object{
				"apiKeySource":              "HEADER",
				"disableExecuteApiEndpoint": false,
				"endpointConfiguration":     object{"types": []any{"EDGE"}, "ipAddressType": "ipv4"},
				"description":               nil,
				"version":                   nil,
				"binaryMediaTypes":          nil,
				"minimumCompressionSize":    nil,
				"policy":                    nil,
				"warnings":                  nil,
			},
		},
		{
			"a method", s.method,
			object{
				"authorizationType":  "NONE",
				"apiKeyRequired":     false,
				"httpMethod":         "GET",
				"authorizerId":       nil,
				"operationName":      nil,
				"requestValidatorId": nil,
				"requestModels":      nil,
			},
		},
		{
			"an integration", s.method + "/integration",
			object{
				"type":                "MOCK",
				"passthroughBehavior": "WHEN_NO_MATCH",
				"timeoutInMillis":     29000.0,
				"cacheKeyParameters":  []any{},
				"uri":                 nil,
				"httpMethod":          nil,
				"credentials":         nil,
				"contentHandling":     nil,
			},
		},
		{
			"a stage", s.base + "/stages/dev",
			object{
				"cacheClusterEnabled": false,
				"cacheClusterStatus":  "NOT_AVAILABLE",
				"methodSettings":      object{},
				"tracingEnabled":      false,
				"description":         nil,
				"variables":           nil,
				"accessLogSettings":   nil,
				"canarySettings":      nil,
			},
		},
		{
			"a validator", s.base + "/requestvalidators/" + s.validator,
			object{
				"validateRequestBody":       false,
				"validateRequestParameters": false,
			},
		},
		{
			"a gateway response", s.base + "/gatewayresponses/ACCESS_DENIED",
			object{
				"responseType":    "ACCESS_DENIED",
				"defaultResponse": true,
				"statusCode":      "403",
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s.T = t
			wantMembers(t, s.Must("GET", tt.path, nil), tt.want)
		})
	}
}
