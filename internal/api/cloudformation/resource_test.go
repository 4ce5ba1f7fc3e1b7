package cloudformation

import (
	"fmt"
	"strings"
	"testing"
)

func TestDescribeStackResource(t *testing.T) {
	d := newDesk(t)
	d.create("app", `{"Resources":{"One":{"Type":"Test::Any::Thing","Metadata":{"Purpose":["first"]},"Properties":{"Value":"1"}},`+
		`"Two":{"Type":"Test::Any::Thing","Properties":{"Value":"2"}}}}`)
	t.Run("with the template's metadata", func(t *testing.T) {
		d.t = t
		d.wantIn([]string{
			"<PhysicalResourceId>thing-One</PhysicalResourceId>", "<ResourceStatus>CREATE_COMPLETE</ResourceStatus>", "<StackResourceDriftStatus>NOT_CHECKED<",
			"<Metadata>{&#34;Purpose&#34;:[&#34;first&#34;]}</Metadata>",
		}, "DescribeStackResource", "StackName", "app", "LogicalResourceId", "One")
	})
	t.Run("with none", func(t *testing.T) {
		d.t = t
		d.wantIn([]string{"<Metadata>{}</Metadata>"}, "DescribeStackResource", "StackName", "app", "LogicalResourceId", "Two")
	})
	t.Run("of one that failed", func(t *testing.T) {
		d.t = t
		d.create("bad", valued("fail"), "OnFailure", "DO_NOTHING")
		d.wantIn([]string{"<ResourceStatus>CREATE_FAILED</ResourceStatus>", "<ResourceStatusReason>Resource handler returned message: it fails</ResourceStatusReason>"},
			"DescribeStackResource", "StackName", "bad", "LogicalResourceId", "One")
		d.wantIn([]string{"<ResourceStatus>CREATE_FAILED</ResourceStatus>"}, "ListStackResources", "StackName", "bad")
	})
}

// AWS describes the first hundred of a stack; the others are in the pages of ListStackResources.
func TestDescribeStackResourcesTellsAHundred(t *testing.T) {
	d := newDesk(t)
	var resources []string
	for i := range pageSize + 5 {
		resources = append(resources, fmt.Sprintf(`"R%d":{"Type":"Test::Any::Thing","Properties":{"Value":"x"}}`, i))
	}
	d.create("big", `{"Resources":{`+strings.Join(resources, ",")+`}}`)
	if count := strings.Count(d.must("DescribeStackResources", "StackName", "big"), "<LogicalResourceId>"); count != pageSize {
		t.Errorf("described are %d", count)
	}
	d.wantIn([]string{"<LogicalResourceId>R99</LogicalResourceId>"}, "DescribeStackResources", "StackName", "big", "LogicalResourceId", "R99")
}

// The stack that has a physical resource is found, also behind a page of others; one that is deleted is not.
func TestStacksByTheirPhysicalResources(t *testing.T) {
	d := newDesk(t)
	id := d.create("app", `{"Resources":{"Found":{"Type":"Test::Any::Thing","Properties":{"Value":"1"}},"Beside":{"Type":"Test::Any::Thing","Properties":{"Value":"1"}}}}`)
	for i := range pageSize + 1 { // those made last are looked at first
		d.must("CreateChangeSet", "StackName", fmt.Sprint("s", i), "ChangeSetName", "c", "ChangeSetType", "CREATE", "TemplateBody", simple)
	}
	d.wantIn([]string{"<StackId>" + id + "</StackId>", "<LogicalResourceId>Beside<"}, "DescribeStackResources", "PhysicalResourceId", "thing-Found")
	d.wantRefused(400, "ValidationError", "Resource None does not exist for stack app", "DescribeStackResources", "PhysicalResourceId", "thing-Found", "LogicalResourceId", "None")
	d.must("DeleteStack", "StackName", "app")
	d.wantStatus(id, "DELETE_COMPLETE", "")
	d.wantRefused(400, "ValidationError", "Stack for thing-Found does not exist", "DescribeStackResources", "PhysicalResourceId", "thing-Found")
}

func TestSignalResource(t *testing.T) {
	d := newDesk(t)
	d.create("app", simple)
	signal := func(logicalID string) []string {
		return []string{"StackName", "app", "LogicalResourceId", logicalID, "UniqueId", "x", "Status", "FAILURE"}
	}
	d.wantRefused(400, "ValidationError", "Resource One is in CREATE_COMPLETE state and cannot be signaled", "SignalResource", signal("One")...)
	d.wantRefused(400, "ValidationError", "Resource Two does not exist for stack app", "SignalResource", signal("Two")...)
	d.wantRefused(400, "ValidationError", "Member must satisfy enum value set", "SignalResource", "StackName", "app", "LogicalResourceId", "One", "UniqueId", "x", "Status", "MAYBE")
}

// Recorded: test_describe_non_existent_resource.
func TestAMissingResourceIsToldWithTheStackAsItWasNamed(t *testing.T) {
	d := newDesk(t)
	id := d.create("app", simple)
	d.wantRefused(400, "ValidationError", "Resource None does not exist for stack "+id, "DescribeStackResource", "StackName", id, "LogicalResourceId", "None")
}
