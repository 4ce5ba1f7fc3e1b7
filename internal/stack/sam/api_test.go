package sam

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"sluice/internal/stack/template"
)

// TestAPIs compares with what the reference implementation (aws-sam-translator 1.110.0) made of the templates in
// testdata/api. Lists compare without their order, as in TestCases.
func TestAPIs(t *testing.T) {
	paths, err := filepath.Glob("testdata/api/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".yaml"), func(t *testing.T) {
			got, err := transformFile(t, path)
			if err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(strings.TrimSuffix(path, "yaml") + "json")
			if err != nil {
				t.Fatal(err)
			}
			if want := decode(t, text); !reflect.DeepEqual(settleLists(clone(got)), settleLists(want)) {
				t.Errorf("differs:\n%s", difference("", want, got))
			}
		})
	}
}

// TestWrongAPIs compares what is said about wrong templates with the reference implementation.
func TestWrongAPIs(t *testing.T) {
	text, err := os.ReadFile("testdata/api/errors.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(text), "\n=== ")[1:] {
		name, rest, _ := strings.Cut(part, "\n")
		source, want, ok := strings.Cut(rest, "\n> ")
		if !ok {
			t.Fatalf("%s has no error", name)
		}
		t.Run(name, func(t *testing.T) {
			_, err := transformText(t, source+"\n")
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("error %v, want %s", err, want)
			}
			got := strings.TrimPrefix(e.Error(), "Invalid Serverless Application Specification document. Number of errors found: ")
			if got != strings.TrimSpace(want) {
				t.Errorf("%s\nwant %s", got, want)
			}
		})
	}
}

// apiOf is a template with one REST API.
func apiOf(properties string) string {
	return "Resources: {A: {Type: 'AWS::Serverless::Api', Properties: {StageName: s, " + properties + "}}}"
}

// deploymentOf returns the logical ID of a template's only deployment.
func deploymentOf(t *testing.T, text string, o Options) string {
	t.Helper()
	return onlyOf(t, text, o, "AWS::ApiGateway::Deployment")
}

func onlyOf(t *testing.T, text string, o Options, typ string) string {
	t.Helper()
	tree := parsed(t, text)
	out, err := Transform(tree, o)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for id, resource := range out["Resources"].(map[string]any) {
		if at(resource, "Type") == typ {
			ids = append(ids, id)
		}
	}
	if len(ids) != 1 {
		t.Fatalf("%s: %v", typ, ids)
	}
	return ids[0]
}

// TestDeploymentFollows says what makes a new deployment of an API: what it answers, not how its stage is set up.
func TestDeploymentFollows(t *testing.T) {
	at := func(seconds int64) Options { return Options{Region: "eu-west-1", Now: time.Unix(seconds, 0)} }
	for _, c := range []struct {
		name, before, after string
		changes             bool
	}{
		{"a definition", apiOf("DefinitionBody: {swagger: '2.0', paths: {/a: {}}}"), apiOf("DefinitionBody: {swagger: '2.0', paths: {/b: {}}}"), true},
		{"a definition elsewhere", apiOf("DefinitionUri: 's3://b/k'"), apiOf("DefinitionUri: 's3://b/l'"), true},
		{"a domain", apiOf("Name: n"), apiOf("Domain: {DomainName: d, CertificateArn: c}"), true},
		{"a name", apiOf("Name: n"), apiOf("Name: m"), false},
		{"variables of the stage", apiOf("Variables: {a: b}"), apiOf("Variables: {a: c}"), false},
		{"time, without asking for it", apiOf("Name: n"), apiOf("Name: n"), false},
		{"time, when asked for", apiOf("AlwaysDeploy: true"), apiOf("AlwaysDeploy: true"), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, after := deploymentOf(t, c.before, at(1)), deploymentOf(t, c.after, at(2))
			if (before != after) != c.changes {
				t.Errorf("%s, then %s", before, after)
			}
		})
	}
}

// TestDeploymentWithoutPositions makes sure that an ID stays the same when the order of the template's text is not known.
func TestDeploymentWithoutPositions(t *testing.T) {
	text := apiOf("DefinitionBody: {swagger: '2.0', x-i: 1, x-a: 2, x-q: 3, x-y: 4, paths: {/a: {}, /i: {}, /q: {}, /b: {}, /y: {}}}")
	first := deploymentOf(t, text, Options{Region: "eu-west-1"})
	for range 20 {
		if again := deploymentOf(t, text, Options{Region: "eu-west-1"}); again != first {
			t.Fatalf("%s, then %s", first, again)
		}
	}
}

// TestRegionalWithoutEdge says where APIs are regional by default.
func TestRegionalWithoutEdge(t *testing.T) {
	for region, want := range map[string]any{"eu-west-1": nil, "cn-north-1": []any{"REGIONAL"}, "us-gov-west-1": []any{"REGIONAL"}} {
		out, err := Transform(parsed(t, apiOf("Name: n")), Options{Region: region})
		if err != nil {
			t.Fatal(err)
		}
		if got := at(out, "Resources", "A", "Properties", "EndpointConfiguration", "Types"); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", region, got, want)
		}
	}
}

// TestAPILeavesTemplateAlone transforms a template with all kinds of APIs, which must stay as it is.
func TestAPILeavesTemplateAlone(t *testing.T) {
	text, err := os.ReadFile("testdata/api/rest-security.yaml")
	if err != nil {
		t.Fatal(err)
	}
	tree := parsed(t, string(text))
	before := clone(tree)
	if _, err := Transform(tree, Options{Region: "eu-west-1", Parameters: map[string]any{"param1": "v"}}); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(tree, before) {
		t.Error("the template changed")
	}
}

func parsed(t *testing.T, text string) map[string]any {
	t.Helper()
	p, err := template.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return p.Tree
}
