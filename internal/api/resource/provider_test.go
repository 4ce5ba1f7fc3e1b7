package resource_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sluice/internal/api/resource/resourcetest"
	"sluice/internal/stack"
)

var update = flag.Bool("update", false, "write the golden file anew")

// The list of types, with what Fn::GetAtt returns and what has no effect, is what docs/aws-compatibility.md is made of.
func TestTypes(t *testing.T) {
	var got strings.Builder
	for _, schema := range resourcetest.InRegion(t, 60).Provider.Types() {
		fmt.Fprintln(&got, schema.Type)
		for _, line := range []struct {
			title string
			names []string
		}{
			{"attributes", schema.Attributes},
			{"required", names(schema.Properties, func(p *stack.Property) bool { return p.Required })},
			{"replaces", names(schema.Properties, func(p *stack.Property) bool { return p.Replaces })},
			{"kept", names(schema.Properties, func(p *stack.Property) bool { return p.Kept })},
		} {
			if len(line.names) > 0 {
				fmt.Fprintf(&got, "\t%s: %s\n", line.title, strings.Join(line.names, " "))
			}
		}
	}
	const golden = "testdata/types.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("the types have changed; see the difference after go test -update:\n%s", got.String())
	}
}

// names are the properties that are meant.
func names(properties map[string]*stack.Property, meant func(*stack.Property) bool) (found []string) {
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		if p := properties[name]; meant(p) {
			found = append(found, name)
		}
	}
	return found
}

func TestSchemas(t *testing.T) {
	p := resourcetest.InRegion(t, 60).Provider
	for _, schema := range p.Types() {
		if !slices.IsSorted(schema.Attributes) {
			t.Errorf("%s: the attributes are not sorted", schema.Type)
		}
		if found, ok := p.Schema(schema.Type); !ok || found != schema {
			t.Errorf("%s is not found", schema.Type)
		}
	}
	if schema, ok := p.Schema("Custom::Anything"); !ok || !schema.Open {
		t.Error("a custom type is not found")
	}
	for _, unknown := range []string{"AWS::DynamoDB::Table", "AWS::Lambda::EventSourceMapping", "AWS::IAM::User", ""} {
		if _, ok := p.Schema(unknown); ok {
			t.Errorf("%s is found", unknown)
		}
		if _, err := p.Create(t.Context(), &stack.Order{Type: unknown}); err == nil || !strings.Contains(err.Error(), unknown) {
			t.Errorf("creation of %s: %v", unknown, err)
		}
	}
}

func TestATypeThatIsRefusedSaysWhy(t *testing.T) {
	schema, known := resourcetest.InRegion(t, 60).Provider.Schema("AWS::Lambda::EventSourceMapping")
	if known || schema == nil || !strings.HasPrefix(schema.Refusal, "There are no event sources here yet") {
		t.Errorf("got %v, %v", schema, known)
	}
}

// An empty name is not taken for none.
func TestEmptyNames(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	for _, tt := range []struct {
		resourceType string
		properties   object
		reason       string
	}{
		{"AWS::S3::Bucket", object{"BucketName": ""}, "The specified bucket is not valid."},
		{"AWS::IAM::Role", object{"RoleName": "", "AssumeRolePolicyDocument": resourcetest.Trust("lambda.amazonaws.com")}, "roleName"},
		{"AWS::Logs::LogGroup", object{"LogGroupName": ""}, "logGroupName"},
	} {
		if _, err := f.Provider.Create(t.Context(), f.Order("R", tt.resourceType, tt.properties)); err == nil || !strings.Contains(err.Error(), tt.reason) {
			t.Errorf("%s: %v", tt.resourceType, err)
		}
	}
}

// What is made without an operation has no other to say what tags are.
func TestTagsOfBuckets(t *testing.T) {
	schema, _ := resourcetest.InRegion(t, 60).Provider.Schema("AWS::S3::Bucket")
	tags := schema.Properties["Tags"]
	if tags.Kind != stack.List || tags.Kept || tags.Items.Kind != stack.Object || !tags.Items.Fields["Value"].Required {
		t.Errorf("the tags are %+v", tags)
	}
}

// A generated name is at most as long as its type allows, ends as the engine says, and shows something of stack and resource.
func TestNames(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	for name, tt := range map[string]struct{ stack, logicalID, want string }{
		"short":              {"app", "R", `^app-R-0123456789AB$`},
		"a long stack":       {strings.Repeat("s", 120), "R", `^s{49}-R-0123456789AB$`},
		"a long logical ID":  {"app", strings.Repeat("L", 200), `^app-L{47}-0123456789AB$`},
		"both long":          {strings.Repeat("s", 120), strings.Repeat("L", 200), `^s{25}-L{25}-0123456789AB$`},
		"dashes in the name": {strings.Repeat("s-", 60), "R", `^(s-){24}s-R-0123456789AB$`},
	} {
		t.Run(name, func(t *testing.T) {
			o := f.Order(tt.logicalID, "AWS::IAM::Role", object{"AssumeRolePolicyDocument": resourcetest.Trust("lambda.amazonaws.com")})
			o.Stack.Name, o.PhysicalID = tt.stack, tt.stack+"-"+tt.logicalID+"-0123456789AB"
			if made := f.Create(o); !regexp.MustCompile(tt.want).MatchString(made.PhysicalID) || len(made.PhysicalID) > 64 {
				t.Errorf("the name is %s", made.PhysicalID)
			}
		})
	}
}
