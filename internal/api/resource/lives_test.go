package resource_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

// Whoever adds a type tells what a resource of it goes through. Those of CloudFormation's own are answered by nobody but their
// tests, which are written out.
func TestEveryTypeHasALife(t *testing.T) {
	files, err := filepath.Glob("*/life_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	told := strings.Join(strings.Fields(all.String()), " ")
	for _, schema := range resourcetest.InRegion(t, 60).Provider.Types() {
		own := strings.HasPrefix(schema.Type, "AWS::CloudFormation::") || strings.HasPrefix(schema.Type, "AWS::CDK::")
		if !own && !strings.Contains(told, `resourcetest.Life{ Type: "`+schema.Type+`"`) {
			t.Errorf("no test tells of the life of %s", schema.Type)
		}
	}
}
