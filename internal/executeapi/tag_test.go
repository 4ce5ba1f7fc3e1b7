package executeapi_test

import (
	"fmt"
	"testing"

	"sluice/internal/executeapi"
)

func TestRetag(t *testing.T) {
	for name, tt := range map[string]struct {
		tags, add map[string]string
		remove    []string
		want      string
	}{
		"none":                 {nil, nil, nil, "map[]"},
		"the first":            {nil, map[string]string{"a": "1"}, nil, "map[a:1]"},
		"another value":        {map[string]string{"a": "1", "b": "2"}, map[string]string{"a": "3"}, nil, "map[a:3 b:2]"},
		"taking away":          {map[string]string{"a": "1", "b": "2"}, nil, []string{"a", "none"}, "map[b:2]"},
		"taking what is added": {nil, map[string]string{"a": "1"}, []string{"a"}, "map[]"},
	} {
		t.Run(name, func(t *testing.T) {
			before := fmt.Sprint(tt.tags)
			got, err := executeapi.Retag(tt.tags, tt.add, tt.remove)
			if err != nil || fmt.Sprint(got) != tt.want || got == nil {
				t.Errorf("%v, %v; want %s", got, err, tt.want)
			}
			if fmt.Sprint(tt.tags) != before {
				t.Errorf("what was there is %v now", tt.tags)
			}
		})
	}
}

func TestTooManyTags(t *testing.T) {
	tags := map[string]string{}
	for i := range 50 {
		tags[fmt.Sprint(i)] = ""
	}
	if _, err := executeapi.Retag(tags, map[string]string{"0": "again"}, nil); err != nil {
		t.Errorf("fifty tags: %v", err)
	}
	_, err := executeapi.Retag(tags, map[string]string{"more": ""}, nil)
	wantRefusal(t, err, "The number of tags exceeds the limit of 50")
	if _, err := executeapi.Retag(tags, map[string]string{"more": ""}, []string{"0"}); err != nil {
		t.Errorf("one for another: %v", err)
	}
}

func TestARNPath(t *testing.T) {
	for arn, want := range map[string]string{
		"arn:aws:apigateway:eu-west-1::/restapis/a/stages/b": "[restapis a stages b]",
		"arn:aws:apigateway:eu-west-1::/apis/a":              "[apis a]",
		"arn:aws:apigateway:eu-west-1::/":                    "[]",
		"arn:aws:apigateway:us-east-1::/apis/a":              "[]",
		"arn:aws:lambda:eu-west-1:123456789012:function:f":   "[]", "": "[]",
	} {
		if got := fmt.Sprint(executeapi.ARNPath(arn, "eu-west-1")); got != want {
			t.Errorf("%q: %s, want %s", arn, got, want)
		}
	}
}

func TestBadARN(t *testing.T) {
	wantRefusal(t, executeapi.BadARN("arn:x"), "Invalid ARN specified in the request: arn:x")
}
