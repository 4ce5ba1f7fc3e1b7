package httpapi_test

import (
	"fmt"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/httpapi"
)

func TestMappings(t *testing.T) {
	i := proxy()
	i.Parameters = map[string]string{"append:header.X-A": "1", "overwrite:path": "/x", "remove:querystring.q": "''", "overwrite:querystring.a.b": "$request.path.id"}
	i.Responses = map[string]map[string]string{"200": {"overwrite:statuscode": "202", "remove:header.Server": "''"}, "500": {"append:header.X": "2"}}
	if _, err := (&httpapi.Definition{}).CreateIntegration(i); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		got  []httpapi.Mapping
		want string
	}{
		{i.Mappings(), "[{append header X-A 1} {overwrite path  /x} {overwrite querystring a.b $request.path.id} {remove querystring q ''}]"},
		{i.AnswerMappings(200), "[{overwrite statuscode  202} {remove header Server ''}]"},
		{i.AnswerMappings(500), "[{append header X 2}]"},
		{i.AnswerMappings(404), "[]"},
	} {
		if got := fmt.Sprint(tt.got); got != tt.want {
			t.Errorf("the mappings are %s, want %s", got, tt.want)
		}
	}
}

// Headers that API Gateway sets itself are nobody's to change (AWS's page "Transform API requests and responses for HTTP APIs").
func TestReservedHeaders(t *testing.T) {
	for _, name := range []string{"access-control-allow-origin", "Apigw-RequestId", "connection", "Content-Length", "TE", "X-Amzn-Trace-Id", "x-forwarded-for", "via"} {
		i := proxy()
		i.Parameters = map[string]string{"overwrite:header." + name: "1"}
		_, err := (&httpapi.Definition{}).CreateIntegration(i)
		wantRefused(t, err, fault.Invalid, "Operations on header "+name+" are restricted")
	}
}

func TestCORSThatCanNotBe(t *testing.T) {
	s, _ := newService(t)
	for want, cors := range map[string]httpapi.CORS{
		"maxAge is 86401":              {MaxAge: new(int64(86401))},
		"maxAge is -2":                 {MaxAge: new(int64(-2))},
		`allowHeaders holds ""`:        {Headers: []string{""}},
		`allowMethods holds "a\n"`:     {Methods: []string{"a\n"}},
		`allowOrigins holds "\x00"`:    {Origins: []string{"*", "\x00"}},
		`exposeHeaders holds "\u2028"`: {Expose: []string{"\u2028"}},
	} {
		_, err := s.Create(t.Context(), scope, httpapi.Creation{Name: "a", CORS: &cors})
		wantRefused(t, err, fault.Invalid, want)
	}
}
