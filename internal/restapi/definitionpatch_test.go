package restapi_test

import (
	"testing"

	"sluice/internal/restapi"
)

// sample is a definition with one of each part: POST / goes to a function, checked by a validator and an authorizer.
func sample(t *testing.T) (d *restapi.Definition, validator, authorizer string) {
	t.Helper()
	made := restapi.NewDefinition()
	d = &made
	v, err := d.CreateValidator(restapi.RequestValidator{Name: "v"})
	must(t, err)
	z, err := d.CreateAuthorizer(restapi.Authorizer{Name: "z", Type: restapi.TokenAuthorizer, URI: lambdaURI + "f/invocations", Identity: "method.request.header.A"})
	must(t, err)
	_, err = d.CreateModel(restapi.Model{Name: "M", ContentType: "application/json", Schema: "{}"})
	must(t, err)
	_, err = d.PutMethod(d.Root, restapi.Method{
		HTTPMethod: "POST", Authorization: restapi.AuthCustom, AuthorizerID: z.ID, ValidatorID: v.ID,
		Parameters: map[string]bool{"method.request.querystring.q": false}, Models: map[string]string{"application/json": "M"},
	})
	must(t, err)
	_, err = d.PutMethodResponse(d.Root, "POST", restapi.MethodResponse{Status: "200", Models: map[string]string{"text/plain": "M"}})
	must(t, err)
	_, err = d.PutIntegration(d.Root, "POST", restapi.Integration{
		Type: restapi.AWSIntegration, HTTPMethod: "POST", URI: lambdaURI + "f/invocations", CacheNamespace: "space",
		Templates: map[string]string{"application/json": "{}"}, Parameters: map[string]string{"integration.request.header.X": "'x'"}, CacheKeys: []string{"old"},
	})
	must(t, err)
	_, err = d.PutIntegrationResponse(d.Root, "POST", restapi.IntegrationResponse{Status: "200", Templates: map[string]string{"application/json": "{}"}})
	must(t, err)
	return d, v.ID, z.ID
}

const badOperation = "invalid: Invalid patch operation specified. Must be one of: "

// AWS's page "Patch Operations", UpdateMethod.
func TestPatchesOfMethods(t *testing.T) {
	testPatches(t, func() (*restapi.Method, func([]restapi.Patch) (*restapi.Method, error)) {
		d, _, _ := sample(t)
		return edited(d,
			func(d *restapi.Definition) (*restapi.Method, error) { return d.Method(d.Root, "POST") },
			func(d *restapi.Definition, p []restapi.Patch) (*restapi.Method, error) {
				return d.UpdateMethod(d.Root, "POST", p)
			})
	}, []row{
		{"replace", "/authorizationType", "NONE", `{"Authorization":"NONE","AuthorizerID":null}`},
		{"replace", "/authorizationType", "AWS_IAM", `{"Authorization":"AWS_IAM","AuthorizerID":null}`},
		{"replace", "/authorizationType", "TRUST", "invalid: Invalid Authorization Type specified. Valid options are NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS"},
		{"replace", "/authorizerId", "none", "invalid: Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer."},
		{"remove", "/authorizationType", "", badOperation + "[replace]"},
		{"replace", "/apiKeyRequired", "true", `{"KeyRequired":true}`},
		{"replace", "/apiKeyRequired", "perhaps", `{}`},
		{"replace", "/operationName", "op", `{"OperationName":"op"}`},
		{"replace", "/requestValidatorId", "", `{"ValidatorID":null}`},
		{"replace", "/requestValidatorId", "none", "invalid: Invalid Request Validator identifier specified"},
		{"add", "/requestParameters/method.request.header.H", "true", `{"Parameters":{"method.request.header.H":true,"method.request.querystring.q":false}}`},
		{"replace", "/requestParameters/method.request.querystring.q", "true", `{"Parameters":{"method.request.querystring.q":true}}`},
		{"remove", "/requestParameters/method.request.querystring.q", "", `{"Parameters":null}`},
		{"add", "/requestParameters/method.request.header.q", "true", "invalid: Parameter names must be unique across querystring, header and path"},
		{"add", "/requestParameters/header.q", "true", "invalid: Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: header.q]"},
		{"add", "/requestParameters", "true", "invalid: Invalid patch path /requestParameters"},
		{"add", "/requestModels/text~1plain", "M", `{"Models":{"application/json":"M","text/plain":"M"}}`},
		{"add", "/requestModels/text~1plain", "Empty", `{"Models":{"application/json":"M","text/plain":"Empty"}}`},
		{"remove", "/requestModels/application~1json", "", `{"Models":null}`},
		{"replace", "/requestModels/application~1json", "None", "invalid: Invalid model identifier specified: None"},
		{"add", "/authorizationScopes", "read", `{"Scopes":["read"]}`},
		{"remove", "/authorizationScopes", "read", `{}`},
		{"replace", "/authorizationScopes", "read", badOperation + "[add, remove]"},
		{"replace", "/httpMethod", "GET", "invalid: Invalid patch path /httpMethod"},
	})
}

// AWS's page "Patch Operations", UpdateMethodResponse.
func TestPatchesOfMethodResponses(t *testing.T) {
	testPatches(t, func() (*restapi.MethodResponse, func([]restapi.Patch) (*restapi.MethodResponse, error)) {
		d, _, _ := sample(t)
		return edited(d,
			func(d *restapi.Definition) (*restapi.MethodResponse, error) {
				return d.MethodResponse(d.Root, "POST", "200")
			},
			func(d *restapi.Definition, p []restapi.Patch) (*restapi.MethodResponse, error) {
				return d.UpdateMethodResponse(d.Root, "POST", "200", p)
			})
	}, []row{
		{"add", "/responseParameters/method.response.header.H", "true", `{"Parameters":{"method.response.header.H":true}}`},
		{"add", "/responseParameters/method.response.header.", "true", "invalid: Invalid mapping expression specified: ..."},
		{"add", "/responseParameters/method.request.header.H", "true", "invalid: Invalid mapping expression specified: ..."},
		{"replace", "/responseModels/text~1plain", "Empty", `{"Models":{"text/plain":"Empty"}}`},
		{"remove", "/responseModels/text~1plain", "", `{"Models":null}`},
		{"add", "/responseModels/a~1b", "None", "invalid: Invalid model identifier specified: None"},
		{"remove", "/responseModels/a~1b", "", "not found: Content-Type specified was not found"},
		{"replace", "/responseModels/wrong", "Empty", "not found: Content-Type specified was not found"},
		{"remove", "/responseParameters/wrong", "", "not found: Invalid parameter name specified"},
		{"replace", "/responseParameters/method.response.header.None", "true", "not found: Invalid parameter name specified"},
		{"replace", "/statusCode", "201", "invalid: Invalid patch path /statusCode"},
	})
}

// AWS's page "Patch Operations", UpdateIntegration.
func TestPatchesOfIntegrations(t *testing.T) {
	testPatches(t, func() (*restapi.Integration, func([]restapi.Patch) (*restapi.Integration, error)) {
		d, _, _ := sample(t)
		return edited(d,
			func(d *restapi.Definition) (*restapi.Integration, error) { return d.Integration(d.Root, "POST") },
			func(d *restapi.Definition, p []restapi.Patch) (*restapi.Integration, error) {
				return d.UpdateIntegration(d.Root, "POST", p)
			})
	}, []row{
		{"replace", "/type", "MOCK", `{"Type":"MOCK"}`},
		{"replace", "/type", "AWS_PROXY", `{"Type":"AWS_PROXY"}`},
		{"replace", "/type", "MAGIC", "invalid: Invalid integration type specified: MAGIC"},
		{"replace", "/type", "HTTP", "invalid: Invalid HTTP endpoint specified for URI"},
		{"replace", "/httpMethod", "GET", `{"HTTPMethod":"GET"}`},
		{"replace", "/httpMethod", "", "invalid: Enumeration value for HttpMethod must be non-empty"},
		{"replace", "/uri", lambdaURI + "g/invocations", `{"URI":"` + lambdaURI + `g/invocations"}`},
		{"replace", "/uri", "g", "invalid: Invalid ARN specified in the request"},
		{"replace", "/uri", "arn:aws:lambda:eu-west-1:1:function:g", "invalid: AWS ARN for integration must contain path or action"},
		{"replace", "/uri", "arn:aws:apigateway:eu-west-1:sqs:action/SendMessage", `{"URI":"arn:aws:apigateway:eu-west-1:sqs:action/SendMessage"}`},
		{"remove", "/uri", "", badOperation + "[replace]"},
		{"replace", "/credentials", "arn:aws:iam::123456789012:role/r", `{"Credentials":"arn:aws:iam::123456789012:role/r"}`},
		{"replace", "/passthroughBehavior", "NEVER", `{"Passthrough":"NEVER"}`},
		{"replace", "/passthroughBehavior", "OFTEN", "invalid: Invalid passthrough behavior specified. Valid options are WHEN_NO_MATCH, WHEN_NO_TEMPLATES, NEVER"},
		{"replace", "/contentHandling", "CONVERT_TO_TEXT", `{"ContentHandling":"CONVERT_TO_TEXT"}`},
		{"replace", "/connectionType", "INTERNET", `{"ConnectionType":"INTERNET"}`},
		{"replace", "/connectionId", "c", `{"ConnectionID":"c"}`},
		{"replace", "/cacheNamespace", "n", `{"CacheNamespace":"n"}`},
		{"replace", "/responseTransferMode", "STREAM", `{"Transfer":"STREAM"}`},
		{"add", "/requestParameters/integration.request.path.p", "method.request.querystring.q", `{"Parameters":{"integration.request.header.X":"'x'","integration.request.path.p":"method.request.querystring.q"}}`},
		{"replace", "/requestParameters/integration.request.header.X", "context.requestId", `{"Parameters":{"integration.request.header.X":"context.requestId"}}`},
		{"replace", "/requestParameters/integration.request.header.X", "request.id", "invalid: Invalid mapping expression specified: ..."},
		{"add", "/requestParameters/integration.response.header.X", "'x'", "invalid: Invalid mapping expression specified: ..."},
		{"remove", "/requestParameters/integration.request.header.X", "", `{"Parameters":null}`},
		{"add", "/requestTemplates/text~1plain", "x", `{"Templates":{"application/json":"{}","text/plain":"x"}}`},
		{"add", "/requestTemplates/$default", "x", `{"Templates":{"$default":"x","application/json":"{}"}}`},
		{"add", "/requestTemplates/plain", "x", "invalid: Validation Result: warnings : [], errors : [Invalid content type specified: plain]"},
		{"remove", "/requestTemplates/application~1json", "", `{"Templates":null}`},
		{"add", "/cacheKeyParameters/new", "", `{"CacheKeys":["old","new"]}`},
		{"add", "/cacheKeyParameters/old", "", `{}`},
		{"replace", "/cacheKeyParameters/old", "new", `{"CacheKeys":["new"]}`},
		{"remove", "/cacheKeyParameters/old", "", `{"CacheKeys":null}`},
		{"replace", "/timeoutInMillis", "50", `{"Timeout":50}`},
		{"replace", "/timeoutInMillis", "29000", `{}`},
		{"replace", "/timeoutInMillis", "29001", "invalid: Timeout should be between 50 ms and 29000 ms"},
		{"replace", "/timeoutInMillis", "49", "invalid: Timeout should be between 50 ms and 29000 ms"},
		{"replace", "/timeoutInMillis", "long", `invalid: Invalid value "long" of patch path /timeoutInMillis: it has to be a whole number`},
		{"replace", "/tlsConfig/insecureSkipVerification", "true", `{"Insecure":true}`},
		{"replace", "/nothing", "x", "invalid: Invalid patch path /nothing"},
	})
}

// AWS's page "Patch Operations", UpdateIntegrationResponse.
func TestPatchesOfIntegrationResponses(t *testing.T) {
	testPatches(t, func() (*restapi.IntegrationResponse, func([]restapi.Patch) (*restapi.IntegrationResponse, error)) {
		d, _, _ := sample(t)
		return edited(d,
			func(d *restapi.Definition) (*restapi.IntegrationResponse, error) {
				return d.IntegrationResponse(d.Root, "POST", "200")
			},
			func(d *restapi.Definition, p []restapi.Patch) (*restapi.IntegrationResponse, error) {
				return d.UpdateIntegrationResponse(d.Root, "POST", "200", p)
			})
	}, []row{
		{"replace", "/selectionPattern", "2..", `{"Selection":"2.."}`},
		{"replace", "/selectionPattern", "(", "invalid: Invalid selection pattern specified: ("},
		{"replace", "/contentHandling", "CONVERT_TO_BINARY", `{"ContentHandling":"CONVERT_TO_BINARY"}`},
		{"add", "/responseParameters/method.response.header.H", "integration.response.header.h", `{"Parameters":{"method.response.header.H":"integration.response.header.h"}}`},
		{"add", "/responseParameters/method.response.header.H", "integration.response.body.a.b", `{"Parameters":{"method.response.header.H":"integration.response.body.a.b"}}`},
		{"add", "/responseParameters/method.response.header.H", "method.request.header.h", "invalid: Invalid mapping expression specified: ..."},
		{"add", "/responseParameters/header.H", "'h'", "invalid: Invalid mapping expression specified: ..."},
		{"replace", "/responseTemplates/application~1json", "[]", `{"Templates":{"application/json":"[]"}}`},
		{"remove", "/responseTemplates/application~1json", "", `{"Templates":null}`},
		{"add", "/responseTemplates/json", "[]", "invalid: Validation Result: warnings : [], errors : [Invalid content type specified: json]"},
		{"replace", "/statusCode", "201", "invalid: Invalid patch path /statusCode"},
		{"add", "/selectionPattern", "2..", badOperation + "[replace]"},
	})
}

// AWS's page "Patch Operations", UpdateModel.
func TestPatchesOfModels(t *testing.T) {
	testPatches(t, func() (*restapi.Model, func([]restapi.Patch) (*restapi.Model, error)) {
		d, _, _ := sample(t)
		return edited(d,
			func(d *restapi.Definition) (*restapi.Model, error) { return d.Model("M") },
			func(d *restapi.Definition, p []restapi.Patch) (*restapi.Model, error) { return d.UpdateModel("M", p) })
	}, []row{
		{"replace", "/description", "d", `{"Description":"d"}`},
		{"replace", "/schema", `{"a":1}`, `{"Schema":"{\"a\":1}"}`},
		{"replace", "/schema", "", "invalid: Model schema must have at least 1 property or array items defined"},
		{"replace", "/schema", "[]", "invalid: Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified..."},
		{"replace", "/name", "N", "invalid: Invalid patch path  '/name' specified for op 'replace'. Must be one of: [/description, /schema]"},
		{"add", "/schema", "{}", "invalid: Invalid patch path  '/schema' specified for op 'add'. Please choose supported operations"},
	})
}

// AWS's page "Patch Operations", UpdateRequestValidator.
func TestPatchesOfValidators(t *testing.T) {
	testPatches(t, func() (*restapi.RequestValidator, func([]restapi.Patch) (*restapi.RequestValidator, error)) {
		d, id, _ := sample(t)
		return edited(d,
			func(d *restapi.Definition) (*restapi.RequestValidator, error) { return d.Validator(id) },
			func(d *restapi.Definition, p []restapi.Patch) (*restapi.RequestValidator, error) {
				return d.UpdateValidator(id, p)
			})
	}, []row{
		{"replace", "/name", "w", `{"Name":"w"}`},
		{"replace", "/name", "", "invalid: Request Validator name cannot be blank"},
		{"replace", "/validateRequestBody", "TRUE", `{"Body":true}`},
		{"replace", "/validateRequestParameters", "true", `{"Parameters":true}`},
		{"replace", "/validateRequestParameters", "1", `{}`},
		{"remove", "/name", "", "invalid: Invalid patch path  '/name' specified for op 'remove'. Please choose supported operations"},
		{"replace", "/id", "x", "invalid: Invalid patch path  '/id' specified for op 'replace'. Must be one of: [/name, /validateRequestParameters, /validateRequestBody]"},
	})
}

// AWS's page "Patch Operations", UpdateAuthorizer.
func TestPatchesOfAuthorizers(t *testing.T) {
	testPatches(t, func() (*restapi.Authorizer, func([]restapi.Patch) (*restapi.Authorizer, error)) {
		d, _, id := sample(t)
		_, err := d.CreateAuthorizer(restapi.Authorizer{Name: "other", Type: restapi.CognitoAuthorizer})
		must(t, err)
		return edited(d,
			func(d *restapi.Definition) (*restapi.Authorizer, error) { return d.Authorizer(id) },
			func(d *restapi.Definition, p []restapi.Patch) (*restapi.Authorizer, error) {
				return d.UpdateAuthorizer(id, p)
			})
	}, []row{
		{"replace", "/name", "y", `{"Name":"y"}`},
		{"replace", "/name", "", "invalid: Authorizer name cannot be empty"},
		{"replace", "/name", "other", "invalid: Authorizer name must be unique. Authorizer other already exists in this RestApi."},
		{"replace", "/type", "REQUEST", `{"Type":"REQUEST"}`},
		{"replace", "/authType", "custom", `{"AuthType":"custom"}`},
		{"replace", "/authorizerUri", lambdaURI + "g/invocations", `{"URI":"` + lambdaURI + `g/invocations"}`},
		{"replace", "/authorizerUri", "g", "invalid: Invalid Authorizer URI: g. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation."},
		{"replace", "/authorizerCredentials", "role", `{"Credentials":"role"}`},
		{"replace", "/identitySource", "method.request.header.B", `{"Identity":"method.request.header.B"}`},
		{"replace", "/identitySource", "", "invalid: Identity source is required for authorizers of type TOKEN"},
		{"replace", "/identityValidationExpression", "a+", `{"Expression":"a+"}`},
		{"replace", "/identityValidationExpression", "(", "invalid: Invalid identity validation expression specified: ("},
		{"replace", "/authorizerResultTtlInSeconds", "0", `{"TTL":0}`},
		{"replace", "/authorizerResultTtlInSeconds", "3600", `{"TTL":3600}`},
		{"replace", "/authorizerResultTtlInSeconds", "3601", "invalid: Authorizer result TTL must be between 0 and 3600 seconds"},
		{"replace", "/authorizerResultTtlInSeconds", "-1", "invalid: Authorizer result TTL must be between 0 and 3600 seconds"},
		{"replace", "/authorizerResultTtlInSeconds", "soon", `invalid: Invalid value "soon" of patch path /authorizerResultTtlInSeconds: it has to be a whole number`},
		{"add", "/providerARNs", "arn", `{"Providers":["arn"]}`},
		{"remove", "/providerARNs", "arn", `{}`},
		{"replace", "/nothing", "x", "invalid: Invalid patch path  '/nothing' specified for op 'replace'. Must be one of: [/name, /type..."},
	})
}

// Recording TestApiGatewayGatewayResponse.test_update_gateway_response.
func TestPatchesOfGatewayResponses(t *testing.T) {
	testPatches(t, func() (*restapi.GatewayResponse, func([]restapi.Patch) (*restapi.GatewayResponse, error)) {
		d, _, _ := sample(t)
		_, err := d.PutResponse(restapi.GatewayResponse{Type: "THROTTLED", Parameters: map[string]string{"gatewayresponse.header.X": "'x'"}})
		must(t, err)
		return edited(d,
			func(d *restapi.Definition) (*restapi.GatewayResponse, error) {
				r, _ := d.Response("THROTTLED")
				return r, nil
			},
			func(d *restapi.Definition, p []restapi.Patch) (*restapi.GatewayResponse, error) {
				return d.UpdateResponse("THROTTLED", p)
			})
	}, []row{
		{"replace", "/statusCode", "503", `{"Status":"503"}`},
		{"add", "/statusCode", "503", "invalid: Invalid patch path /statusCode"},
		{"add", "/responseParameters/gatewayresponse.header.Y", "'y'", `{"Parameters":{"gatewayresponse.header.X":"'x'","gatewayresponse.header.Y":"'y'"}}`},
		{"replace", "/responseParameters/gatewayresponse.header.X", "'y'", `{"Parameters":{"gatewayresponse.header.X":"'y'"}}`},
		{"replace", "/responseParameters/gatewayresponse.header.Y", "'y'", "not found: Invalid parameter name specified"},
		{"remove", "/responseParameters/gatewayresponse.header.X", "", `{"Parameters":{}}`},
		{"remove", "/responseParameters/gatewayresponse.header.Y", "", "not found: Invalid parameter name specified"},
		{"add", "/responseParameters/gatewayresponse.header.Y", "", "invalid: Invalid null or empty value in responseParameters"},
		{"replace", "/responseTemplates/application~1json", "[]", `{"Templates":{"application/json":"[]"}}`},
		{"replace", "/responseTemplates/application~1json", "", "invalid: Invalid null or empty value in responseTemplates"},
		{"replace", "/responseType", "X", "invalid: Invalid patch path /responseType"},
	})
}
