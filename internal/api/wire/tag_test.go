package wire_test

import (
	"context"
	"strings"
	"testing"

	"sluice/internal/api/shape"
	"sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
)

// taggable is a fixture whose operations take tags of each form, and which says that AWS's own are not for clients.
func taggable() *fixture {
	f := newFixture()
	refuse := func(err error) *wire.Error {
		return &wire.Error{Code: "InvalidTags", Status: 400, Message: err.Error()}
	}
	for _, s := range []*wire.Service{f.lambda, f.codedeploy} {
		s.Errors, s.SystemTags = refuse, "not for you"
	}
	wire.Handle(f.lambda, "TagResource", func(context.Context, *wire.Request, *lambda.TagResourceRequest) (*shape.Nothing, error) {
		return nil, nil
	})
	wire.Handle(f.lambda, "UntagResource", func(context.Context, *wire.Request, *lambda.UntagResourceRequest) (*shape.Nothing, error) {
		return nil, nil
	})
	wire.Handle(f.codedeploy, "CreateApplication", func(context.Context, *wire.Request, *codedeploy.CreateApplicationInput) (*codedeploy.CreateApplicationOutput, error) {
		return nil, nil
	})
	return f
}

const taggedFunction = "/2017-03-31/tags/arn:aws:lambda:eu-west-1:111111111111:function:f"

func TestClientsLeaveTheTagsOfAWSAlone(t *testing.T) {
	application := func(key string) ask {
		return target("CreateApplication", `{"applicationName":"a","tags":[{"Key":"team","Value":"x"},{"Key":"`+key+`","Value":"x"}]}`)
	}
	for name, tt := range map[string]struct {
		ask     ask
		refused bool
	}{
		"a map with one":               {ask{method: "POST", path: taggedFunction, body: `{"Tags":{"team":"x","aws:team":"x"}}`}, true},
		"in capitals":                  {ask{method: "POST", path: taggedFunction, body: `{"Tags":{"AWS:x":""}}`}, true},
		"a map with others":            {ask{method: "POST", path: taggedFunction, body: `{"Tags":{"team":"aws:x","aws":"x"}}`}, false},
		"a list with one":              {application("aws:cloudformation:stack-name"), true},
		"a list with others":           {application("own:aws:x"), false},
		"one that is removed":          {ask{method: "DELETE", path: taggedFunction + "?tagKeys=team&tagKeys=aws:x"}, true},
		"others that are removed":      {ask{method: "DELETE", path: taggedFunction + "?tagKeys=team"}, false},
		"an operation that takes none": {target("GetApplication", `{"applicationName":"aws"}`), false},
	} {
		t.Run(name, func(t *testing.T) {
			w := taggable().do(t, tt.ask)
			if refused := w.Code == 400 && strings.Contains(w.Body.String(), "not for you"); refused != tt.refused || !refused && w.Code >= 300 {
				t.Errorf("%d %s, want a refusal: %v", w.Code, w.Body, tt.refused)
			}
		})
	}
}

func TestServicesSetTheTagsOfAWS(t *testing.T) {
	in := map[string]any{"Resource": "arn:aws:lambda:eu-west-1:111111111111:function:f", "Tags": map[string]any{"aws:cloudformation:stack-name": "app"}}
	if _, err := taggable().server.Call(t.Context(), within, "Lambda", "TagResource", in); err != nil {
		t.Error(err)
	}
}

func TestTagsOfAServiceThatSaysNothingOfThem(t *testing.T) {
	f := taggable()
	f.lambda.SystemTags = ""
	if w := f.do(t, ask{method: "POST", path: taggedFunction, body: `{"Tags":{"aws:x":""}}`}); w.Code >= 300 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
