package rest

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/gateway/address"
	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/gatewaytest"
	"sluice/internal/restapi"
)

const missingText = `403 MissingAuthenticationTokenException {"message":"Missing Authentication Token"}`

func TestRequestsFindTheirMethod(t *testing.T) {
	f := newFixture(t, map[string]*restapi.Method{
		"GET /": proxied(), "GET /pets": proxied(), "GET /pets/{id}": proxied(), "ANY /files/{path+}": proxied(),
	})
	for _, tt := range []struct{ method, path, resource, seen, full string }{
		{"GET", "/dev", "/", "/", "/dev"},
		{"GET", "/dev/", "/", "/", "/dev/"},
		{"GET", "/dev/pets", "/pets", "/pets", "/dev/pets"},
		{"GET", "/dev/pets/", "/pets", "/pets/", "/dev/pets/"},
		{"GET", "/dev/pets/a%20b", "/pets/{id}", "/pets/a%20b", "/dev/pets/a%20b"},
		{"DELETE", "/dev/files/a/b", "/files/{path+}", "/files/a/b", "/dev/files/a/b"},
		{"GET", "//dev/pets", "/pets", "/pets", "/dev/pets"}, // these: recording test_lambda_aws_proxy_integration
		{"GET", "/dev//pets", "/pets", "/pets", "/dev//pets"},
		{"GET", "/dev/files/a//b", "/files/{path+}", "/files/a//b", "/dev/files/a//b"},
	} {
		t.Run(tt.method+tt.path, func(t *testing.T) {
			if got := f.ask(t, tt.method, tt.path, ""); got.StatusCode != http.StatusOK || got.Text != "hello" {
				t.Fatalf("%s: %s", got.Status, got.Text)
			}
			event := f.Event(t)
			if event["resource"] != tt.resource || event["path"] != tt.seen || event["requestContext"].(map[string]any)["path"] != tt.full {
				t.Errorf("resource %v, path %v of %v", event["resource"], event["path"], event["requestContext"].(map[string]any)["path"])
			}
		})
	}
}

func TestRequestsThatFindNoMethod(t *testing.T) {
	f := newFixture(t, map[string]*restapi.Method{"GET /pets": proxied(), "GET /none": {}})
	for _, tt := range []struct{ name, method, path, want string }{
		{"another path", "GET", "/dev/cats", missingText},
		{"another method", "POST", "/dev/pets", missingText},
		{"the stage alone", "GET", "/dev", missingText},
		{"another stage", "GET", "/prd/pets", `403 ForbiddenException {"message":"Forbidden"}`},
		{"no stage", "GET", "/", `403 ForbiddenException {"message":"Forbidden"}`},
		{"a method without an integration", "GET", "/dev/none", `500 InternalServerErrorException {"message":"No integration defined for method"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wantAnswer(t, f.ask(t, tt.method, tt.path, "body"), tt.want)
			if len(f.Called) > 0 {
				t.Error("the function was called")
			}
		})
	}
	t.Run("another API", func(t *testing.T) {
		r, _ := http.NewRequestWithContext(t.Context(), "GET", "http://other.execute-api.us-east-1.amazonaws.com/dev/pets", nil)
		wantAnswer(t, f.Do(t, r), `403 ForbiddenException {"message":"Forbidden"}`)
	})
	t.Run("another region", func(t *testing.T) {
		r, _ := http.NewRequestWithContext(t.Context(), "GET", "http://"+apiID+".execute-api.eu-west-1.amazonaws.com/dev/pets", nil)
		wantAnswer(t, f.Do(t, r), `403 ForbiddenException {"message":"Forbidden"}`)
	})
	t.Run("a stage that can not be looked up", func(t *testing.T) {
		f.unread = errors.New("no disk")
		wantAnswer(t, f.ask(t, "GET", "/dev/pets", ""), internalText)
	})
}

func TestPathFormReachesTheStage(t *testing.T) {
	f := newFixture(t, map[string]*restapi.Method{"GET /pets": proxied()})
	for _, path := range []string{address.APIPath + apiID + "/dev/pets", "/restapis/" + apiID + "/dev/_user_request_/pets"} {
		r, _ := http.NewRequestWithContext(t.Context(), "GET", f.URL+path, nil)
		if got := f.Do(t, r); got.Text != "hello" {
			t.Errorf("%s: %s", got.Status, got.Text)
		}
		context := f.Event(t)["requestContext"].(map[string]any)
		if context["path"] != "/dev/pets" || context["domainName"] != apiID+".execute-api.us-east-1.localhost:4566" {
			t.Errorf("%v of %v", context["path"], context["domainName"])
		}
	}
}

func TestProxiedRequestBecomesAnEvent(t *testing.T) {
	f := newFixture(t, map[string]*restapi.Method{"ANY /pets/{id}": proxied()})
	f.view.Stage.Variables = map[string]string{"color": "red"}
	f.view.Deployment.BinaryMediaTypes = []string{"image/png"}
	r, err := http.NewRequestWithContext(t.Context(), "POST", "http://"+apiHost+"/dev/pets/7?a=1&a=2", strings.NewReader("\x00\xff"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header["x-color"] = []string{"blue"}
	r.Header["Content-Type"] = []string{"image/png; v=1"}
	got := f.Do(t, r)
	if got.StatusCode != http.StatusOK || !strings.HasPrefix(got.Header.Get("X-Amzn-Trace-Id"), "Root=1-") {
		t.Fatalf("%s %v", got.Status, got.Header)
	}
	event := f.Event(t)
	context := event["requestContext"].(map[string]any)
	for name, pair := range map[string][2]any{
		"the variable":   {event["pathParameters"].(map[string]any)["id"], "7"},
		"the stage's":    {event["stageVariables"].(map[string]any)["color"], "red"},
		"the last":       {event["queryStringParameters"].(map[string]any)["a"], "2"},
		"the header":     {event["headers"].(map[string]any)["x-color"], "blue"},
		"the body":       {event["body"], "AP8="},
		"the encoding":   {event["isBase64Encoded"], true},
		"the API":        {context["apiId"], apiID},
		"the stage":      {context["stage"], "dev"},
		"the host":       {context["domainName"], apiHost},
		"the resource":   {context["resourcePath"], "/pets/{id}"},
		"the snapshot":   {context["deploymentId"], "dep123"},
		"the account":    {context["accountId"], owner},
		"the request":    {context["requestId"], got.Header.Get("X-Amzn-Requestid")},
		"its other ID":   {context["extendedRequestId"], got.Header.Get("X-Amz-Apigw-Id")},
		"the source":     {context["identity"].(map[string]any)["sourceIp"], "127.0.0.1"},
		"the invocation": {f.Called[0].Call.RequestID, got.Header.Get("X-Amzn-Requestid")},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s is %v, want %v", name, pair[0], pair[1])
		}
	}
}

func TestFunctionsOfIntegrations(t *testing.T) {
	for _, tt := range []struct {
		name, uri string
		variables map[string]string
		want      string // function and qualifier
	}{
		{"an ARN", lambdaURI + "/invocations", nil, "f:"},
		{"an alias", lambdaURI + ":live/invocations", nil, "f:live"},
		{"an alias of the stage", lambdaURI + ":${stageVariables.alias}/invocations", map[string]string{"alias": "blue"}, "f:blue"},
		{"a name alone", "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/g/invocations", nil, "g:"},
		{"a name of the stage", "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${stageVariables.f}/invocations", map[string]string{"f": "h:9"}, "h:9"},
		{"a variable that is not there", lambdaURI + ":${stageVariables.alias}/invocations", nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := proxied()
			m.Integration.URI = tt.uri
			f := newFixture(t, map[string]*restapi.Method{"GET /": m})
			f.view.Stage.Variables = tt.variables
			got := f.ask(t, "GET", "/dev", "")
			if tt.want == "" {
				wantAnswer(t, got, internalText)
				return
			}
			if inv := f.Called[0]; inv.Function.Name+":"+inv.Qualifier != tt.want || inv.Function.Account != owner || inv.Function.Region != "us-east-1" {
				t.Errorf("called %+v", inv)
			}
		})
	}
}

func TestFunctionsLetAPIGatewayIn(t *testing.T) {
	t.Run("its permission is asked for", func(t *testing.T) {
		f := newFixture(t, map[string]*restapi.Method{"ANY /pets/{id}": proxied()})
		f.ask(t, "PUT", "/dev/pets/7", "")
		if asked := f.Asked[0]; asked.Caller != "apigateway.amazonaws.com" || asked.Action != "lambda:InvokeFunction" ||
			asked.Context["aws:SourceArn"] != "arn:aws:execute-api:us-east-1:"+owner+":"+apiID+"/dev/PUT/pets/{id}" || asked.Context["aws:SourceAccount"] != owner {
			t.Errorf("asked %+v", asked)
		}
	})
	t.Run("without it the function is not called", func(t *testing.T) {
		f := newFixture(t, map[string]*restapi.Method{"GET /": proxied()})
		f.Denied = true
		wantAnswer(t, f.ask(t, "GET", "/dev", ""), internalText)
		if len(f.Called) > 0 {
			t.Error("the function was called")
		}
	})
	t.Run("with a role nobody is asked", func(t *testing.T) { // recorded: test_lambda_selection_patterns
		m := proxied()
		m.Integration.Credentials = "arn:aws:iam::111111111111:role/r"
		f := newFixture(t, map[string]*restapi.Method{"GET /": m})
		f.Denied = true
		if got := f.ask(t, "GET", "/dev", ""); got.StatusCode != http.StatusOK || len(f.Asked) > 0 {
			t.Errorf("%s, asked %v", got.Status, f.Asked)
		}
	})
}

func TestAnswersOfProxiedFunctionsAreSent(t *testing.T) {
	f := newFixture(t, map[string]*restapi.Method{"GET /": proxied()})
	f.view.Deployment.BinaryMediaTypes = []string{"image/*"}
	f.Handler = gatewaytest.Says(`{"statusCode":418,"headers":{"Content-Type":"image/png"},"multiValueHeaders":{"Set-Cookie":["a=1","b=2"]},"body":"AP8=","isBase64Encoded":true}`)
	got := f.ask(t, "GET", "/dev", "", "Accept", "image/png,*/*")
	if got.StatusCode != 418 || got.Text != "\x00\xff" || len(got.Header["Set-Cookie"]) != 2 || got.Header.Get("Content-Type") != "image/png" || got.ContentLength != 2 {
		t.Errorf("%s %v %q", got.Status, got.Header, got.Text)
	}
	if got := f.ask(t, "GET", "/dev", "", "Accept", "text/html"); got.Text != "AP8=" {
		t.Errorf("who accepts no bytes gets %q", got.Text)
	}
}

func TestFailuresOfIntegrations(t *testing.T) {
	failed := gatewaytest.Answering(`{"errorMessage":"boom"}`)
	failed.Failed = true
	const gateway502 = `502 InternalServerErrorException {"message":"Internal server error"}`
	for _, tt := range []struct {
		name    string
		outcome *function.Outcome
		err     error
		want    string
	}{
		{"the function failed", failed, nil, gateway502},
		{"the answer is malformed", gatewaytest.Answering(`"hi"`), nil, gateway502},
		{"the answer is not in base64", gatewaytest.Answering(`{"body":"%","isBase64Encoded":true}`), nil, internalText},
		{"the function is throttled", nil, fault.Errorf(fault.Throttled, "concurrency", "x"), internalText},
		{"the function has gone", nil, fault.Errorf(fault.NotFound, "function", "x"), internalText},
		{"the server is stopping", nil, fault.Errorf(fault.Unavailable, "host", "x"), internalText},
		{"something else", nil, errors.New("secret"), internalText},
		{"the event is too large", nil, fault.Errorf(fault.TooLarge, "payload", "x"), `413 RequestTooLargeException {"message":"Request Too Long"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFixture(t, map[string]*restapi.Method{"GET /": proxied()})
			f.view.Deployment.BinaryMediaTypes = []string{"*/*"}
			f.Handler = func(context.Context, *function.Call) (*function.Outcome, error) { return tt.outcome, tt.err }
			wantAnswer(t, f.ask(t, "GET", "/dev", ""), tt.want)
		})
	}
	t.Run("the integration's method is not POST", func(t *testing.T) {
		m := proxied()
		m.Integration.HTTPMethod = "GET"
		f := newFixture(t, map[string]*restapi.Method{"GET /": m})
		wantAnswer(t, f.ask(t, "GET", "/dev", ""), internalText)
	})
	t.Run("the function takes too long", func(t *testing.T) {
		m := proxied()
		m.Integration.Timeout = 50
		f := newFixture(t, map[string]*restapi.Method{"GET /": m})
		f.Handler = func(ctx context.Context, _ *function.Call) (*function.Outcome, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		wantAnswer(t, f.ask(t, "GET", "/dev", ""), `504 InternalServerErrorException {"message":"Endpoint request timed out"}`)
	})
	t.Run("another service", func(t *testing.T) {
		m := proxied()
		m.Integration.URI = "arn:aws:apigateway:us-east-1:sqs:path/1/queue"
		f := newFixture(t, map[string]*restapi.Method{"GET /": m})
		wantAnswer(t, f.ask(t, "GET", "/dev", ""),
			`501 NotImplementedException {"message":"Sluice answers integrations with Lambda functions (AWS_PROXY, AWS) and MOCK; this method's is another one (AWS_PROXY)."}`)
	})
	t.Run("an integration that is not served", func(t *testing.T) {
		m := proxied()
		m.Integration.Type = restapi.HTTPProxy
		f := newFixture(t, map[string]*restapi.Method{"GET /": m})
		wantAnswer(t, f.ask(t, "GET", "/dev", ""),
			`501 NotImplementedException {"message":"Sluice answers integrations with Lambda functions (AWS_PROXY, AWS) and MOCK; this method's is another one (HTTP_PROXY)."}`)
	})
}

func TestBodiesOfRequestsToAPIs(t *testing.T) {
	t.Run("more than an API takes", func(t *testing.T) {
		f := newFixture(t, map[string]*restapi.Method{"POST /": proxied()})
		wantAnswer(t, f.ask(t, "POST", "/dev", strings.Repeat("x", executeapi.MaxBody+1)), `413 RequestTooLargeException {"message":"Request Too Long"}`)
	})
	t.Run("more than a function takes", func(t *testing.T) {
		f := newFixture(t, map[string]*restapi.Method{"POST /": proxied()})
		wantAnswer(t, f.ask(t, "POST", "/dev", strings.Repeat("x", function.MaxPayload)), `413 RequestTooLargeException {"message":"Request Too Long"}`)
	})
	t.Run("one that stalls", func(t *testing.T) {
		f := newFixture(t, map[string]*restapi.Method{"POST /": proxied()})
		f.apis.BodyTime = 50 * time.Millisecond
		got := f.Raw(t, "POST /dev HTTP/1.1\r\nHost: "+apiHost+"\r\nContent-Length: 10\r\n\r\n12345")
		if got != `408 {"message":"The request's body did not arrive."}` {
			t.Error(got)
		}
	})
	t.Run("one that nobody wants is not waited for", func(t *testing.T) {
		f := newFixture(t, map[string]*restapi.Method{"GET /": proxied()})
		if got := f.Raw(t, "POST /dev HTTP/1.1\r\nHost: "+apiHost+"\r\nContent-Length: 1000000\r\n\r\n"); !strings.HasPrefix(got, "403 ") {
			t.Error(got)
		}
	})
}

func TestHeadersOfRequestsAreBounded(t *testing.T) {
	f := newFixture(t, map[string]*restapi.Method{"GET /": proxied()})
	const refused = `413 RequestTooLargeException {"message":"HTTP header is larger than 10240 bytes."}`
	t.Run("many that are not too large together", func(t *testing.T) {
		wantAnswer(t, f.ask(t, "GET", "/dev", "", "X-A", strings.Repeat("x", 5000), "X-A", strings.Repeat("x", 5000)), "200  hello")
	})
	t.Run("many that are", func(t *testing.T) {
		wantAnswer(t, f.ask(t, "GET", "/dev", "", "X-A", strings.Repeat("x", 5000), "X-B", strings.Repeat("x", 5500)), refused)
	})
	t.Run("a long query", func(t *testing.T) {
		wantAnswer(t, f.ask(t, "GET", "/dev?q="+strings.Repeat("x", 10_240), ""), refused)
	})
}

func TestRequestsAreThrottled(t *testing.T) {
	f := newFixture(t, map[string]*restapi.Method{"GET /": proxied()})
	f.verdict = restapi.Throttled
	wantAnswer(t, f.ask(t, "GET", "/dev", ""), `429 TooManyRequestsException {"message":"Too Many Requests"}`)
	f.verdict = restapi.Exhausted
	wantAnswer(t, f.ask(t, "GET", "/dev", ""), `429 LimitExceededException {"message":"Limit Exceeded"}`)
}

func TestMethodsThatWantAKey(t *testing.T) {
	m := proxied()
	m.KeyRequired = true
	f := newFixture(t, map[string]*restapi.Method{"GET /": m})
	wantAnswer(t, f.ask(t, "GET", "/dev", ""), `403 ForbiddenException {"message":"Forbidden"}`)
	wantAnswer(t, f.ask(t, "GET", "/dev", "", "x-api-key", "wrong"), `403 ForbiddenException {"message":"Forbidden"}`)
}

func TestCanaryGetsItsShare(t *testing.T) {
	f := newFixture(t, map[string]*restapi.Method{"GET /": proxied()})
	f.view.Canary = &restapi.Deployment{ID: "canary1", Definition: f.view.Deployment.Definition}
	f.view.Stage.Canary = &restapi.Canary{Deployment: "canary1", Percent: 100, Variables: map[string]string{"v": "2"}}
	f.ask(t, "GET", "/dev", "")
	event := f.Event(t)
	if event["requestContext"].(map[string]any)["deploymentId"] != "canary1" || event["stageVariables"].(map[string]any)["v"] != "2" {
		t.Errorf("event %v", event)
	}
}

func TestRequestsToStagesAreMeasured(t *testing.T) {
	f := newFixture(t, map[string]*restapi.Method{"GET /": proxied()})
	f.view.Stage.AccessLog = &restapi.AccessLog{Destination: "arn:aws:logs:us-east-1:111111111111:log-group:g", Format: `$context.httpMethod ${context.status} $context.identity.user $context.nope $context.error.message`}
	f.ask(t, "GET", "/dev", "")
	s := <-f.samples
	if s.API != apiID || s.Name != "shop" || s.Stage != "dev" || s.Status != 200 || s.Latency <= 0 || s.Integration <= 0 || s.Integration > s.Latency || s.Sent != 5 {
		t.Errorf("sample %+v", s)
	}
	f.ask(t, "GET", "/dev/other", "")
	if s := <-f.samples; s.Status != 403 || s.Integration != 0 {
		t.Errorf("sample %+v", s)
	}
	const line = "arn:aws:logs:us-east-1:111111111111:log-group:g abcdefghij/dev GET "
	if len(f.logged) != 2 || f.logged[0] != line+"200 - - -" || f.logged[1] != line+"403 - - Missing Authentication Token" {
		t.Errorf("logged %q", f.logged)
	}
}

func BenchmarkProxy(b *testing.B) {
	id := restapi.ID{Scope: function.Scope{Account: owner, Region: "us-east-1"}, API: apiID}
	m := proxied()
	m.HTTPMethod = "ANY"
	f := &fixture{view: &restapi.View{API: id, Stage: &restapi.Stage{Name: "dev"}, Deployment: &restapi.Deployment{
		ID: "d", Definition: restapi.Definition{Resources: map[string]*restapi.Resource{"r": {ID: "r", Path: "/{proxy+}", Methods: map[string]*restapi.Method{"ANY": m}}}},
	}}}
	front, apis := New(Config{APIs: f}), &executeapi.Config{Config: gatewaytest.Silent{}.Config()}
	b.ReportAllocs()
	for b.Loop() {
		r, _ := http.NewRequest("POST", "http://"+apiHost+"/dev/orders", strings.NewReader(`{"order":"book"}`))
		r.Header.Set("Content-Type", "application/json")
		front.Serve(executeapi.Begin(apis, gatewaytest.NewNobody(), r))
	}
}
