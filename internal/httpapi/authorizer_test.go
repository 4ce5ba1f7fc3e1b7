package httpapi_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/httpapi"
)

func TestIdentitySources(t *testing.T) {
	for source, ok := range map[string]bool{
		"$request.header.Authorization": true, "$request.querystring.token": true, "$context.identity.sourceIp": true, "$stageVariables.stage_1": true,
		"$request.header.": false, "$request.body.x": false, "request.header.x": false, "$context.": false, "$stageVariables.a-b": false, "": false,
		"$request.header.a b": false, "x$request.header.a": false,
	} {
		_, err := (&httpapi.Definition{}).CreateAuthorizer(httpapi.Authorizer{Name: "n", Type: httpapi.RequestAuthorizer, URI: target, Format: httpapi.Format2, Identity: []string{source}})
		if (err == nil) != ok {
			t.Errorf("%q: %v", source, err)
		}
		if err != nil {
			wantRefused(t, err, fault.Invalid, "Invalid identity source specified: "+source)
		}
	}
}

func TestIssuers(t *testing.T) {
	for issuer, ok := range map[string]bool{
		"https://example.com": true, "http://localhost:8080/x": true, "https://cognito-idp.eu-west-1.amazonaws.com/pool": true,
		"": false, "example.com": false, "ftp://example.com": false, "https://": false, "https:///x": false, "https://%zz": false,
	} {
		_, err := (&httpapi.Definition{}).CreateAuthorizer(httpapi.Authorizer{Name: "n", Type: httpapi.JWTAuthorizer, Issuer: issuer, Audience: []string{"a"}, Identity: []string{"$request.header.A"}})
		if (err == nil) != ok {
			t.Errorf("%q: %v", issuer, err)
		}
		if err != nil {
			wantRefused(t, err, fault.Invalid, "Issuer must be a valid URL")
		}
	}
}

func TestTimesToLive(t *testing.T) {
	for ttl, ok := range map[int64]bool{-1: false, 0: true, 1: true, 3600: true, 3601: false} {
		_, err := (&httpapi.Definition{}).CreateAuthorizer(httpapi.Authorizer{Name: "n", Type: httpapi.RequestAuthorizer, URI: target, Format: httpapi.Format1,
			Identity: []string{"$request.header.A"}, TTL: &ttl})
		if (err == nil) != ok {
			t.Errorf("%d seconds: %v", ttl, err)
		}
	}
}
