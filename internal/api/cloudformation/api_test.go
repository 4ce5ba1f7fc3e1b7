package cloudformation

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// full is a template that has all that answers show.
const full = `
AWSTemplateFormatVersion: "2010-09-09"
Description: two things & a parameter
Metadata: {Team: payments}
Parameters:
  Rate: {Type: Number, Default: 5, Description: how much}
  Secret: {Type: String, NoEcho: true, AllowedValues: [a, b]}
Resources:
  One:
    Type: Test::Any::Thing
    Metadata: {Purpose: first}
    Properties: {Name: one, Value: !Ref Rate}
  Two:
    Type: Test::Any::Thing
    Properties: {Value: !GetAtt One.Arn}
Outputs:
  Out: {Value: !Ref Two, Description: the second, Export: {Name: second}}
`

// What a client asks of a stack, and the whole answers.
func TestAnswersAboutAStack(t *testing.T) {
	d := newDesk(t)
	named := func(more ...string) []string { return append([]string{"StackName", "app"}, more...) }
	d.record("CreateStack", named("TemplateBody", full, "Parameters.member.1.ParameterKey", "Secret", "Parameters.member.1.ParameterValue", "a",
		"Tags.member.1.Key", "team", "Tags.member.1.Value", "payments", "NotificationARNs.member.1", "arn:aws:sns:us-east-1:000000000000:topic",
		"EnableTerminationProtection", "true", "TimeoutInMinutes", "5", "ClientRequestToken", "token-1", "StackPolicyBody", allowsAll)...)
	id := d.settle("app")
	d.record("DescribeStacks", named()...)
	d.record("ListStacks", "StackStatusFilter.member.1", "CREATE_COMPLETE")
	d.record("DescribeStackEvents", named()...)
	d.record("DescribeStackResource", named("LogicalResourceId", "One")...)
	d.record("DescribeStackResources", named()...)
	d.record("DescribeStackResources", "PhysicalResourceId", "thing-Two", "LogicalResourceId", "Two")
	d.record("ListStackResources", named()...)
	d.record("GetTemplate", named()...)
	d.record("GetTemplate", named("TemplateStage", "Processed")...)
	d.record("GetTemplateSummary", named()...)
	d.record("GetStackPolicy", named()...)
	d.record("ListExports")
	d.record("DeleteStack", named()...)
	d.record("UpdateTerminationProtection", named("EnableTerminationProtection", "false")...)
	d.record("UpdateStack", named("UsePreviousTemplate", "true", "Parameters.member.1.ParameterKey", "Secret", "Parameters.member.1.UsePreviousValue", "true",
		"Parameters.member.2.ParameterKey", "Rate", "Parameters.member.2.ParameterValue", "6")...)
	d.settle("app")
	d.record("UpdateStack", named("UsePreviousTemplate", "true", "Parameters.member.1.ParameterKey", "Secret", "Parameters.member.1.UsePreviousValue", "true",
		"Parameters.member.2.ParameterKey", "Rate", "Parameters.member.2.UsePreviousValue", "true")...)
	d.record("DescribeStacks", named()...)
	d.record("DeleteStack", named()...)
	d.settle(id)
	d.record("DescribeStacks", "StackName", id)
	d.record("DescribeStacks")
	d.wantGolden("stack")
}

func TestAnswersAboutChangeSets(t *testing.T) {
	d := newDesk(t)
	set := func(name string, more ...string) []string {
		return append([]string{"StackName", "app", "ChangeSetName", name}, more...)
	}
	d.record("CreateChangeSet", set("first", "ChangeSetType", "CREATE", "TemplateBody", simple, "Description", "the first", "OnStackFailure", "DELETE",
		"Tags.member.1.Key", "team", "Tags.member.1.Value", "payments")...)
	d.record("DescribeStacks", "StackName", "app")
	d.record("DescribeChangeSet", set("first")...)
	d.record("GetTemplate", set("first")...)
	d.record("ListChangeSets", "StackName", "app")
	d.record("ExecuteChangeSet", set("first")...)
	d.settle("app")
	d.record("CreateChangeSet", set("same", "TemplateBody", simple)...)
	d.record("DescribeChangeSet", set("same")...)
	d.record("ExecuteChangeSet", set("same")...)
	d.record("CreateChangeSet", set("second", "TemplateBody",
		`{"Resources":{"One":{"Type":"Test::Any::Thing","Properties":{"Name":"other","Value":"2"}},"Two":{"Type":"Test::Any::Thing","Properties":{"Value":{"Ref":"One"}}}}}`)...)
	d.record("DescribeChangeSet", set("second")...)
	d.record("DeleteChangeSet", set("second")...)
	d.record("DescribeChangeSet", set("second")...)
	d.wantGolden("changeset")
}

func TestAnswersAboutTemplates(t *testing.T) {
	d := newDesk(t)
	d.record("ValidateTemplate", "TemplateBody", full)
	d.record("ValidateTemplate", "TemplateURL", "http://127.0.0.1:4566/shelf/simple.json")
	d.record("GetTemplateSummary", "TemplateBody", full)
	d.record("DescribeType", "Type", "RESOURCE", "TypeName", "Test::Any::Thing")
	d.record("DescribeAccountLimits")
	d.wantGolden("template")
}

// The rows of the table of errors, each in one reply, and each operation's words for a stack that is not there.
func TestRefusals(t *testing.T) {
	d := newDesk(t)
	d.create("app", simple)
	d.must("CreateChangeSet", "StackName", "new", "ChangeSetName", "first", "ChangeSetType", "CREATE", "TemplateBody", simple)
	for _, tt := range []struct {
		status     int
		code, part string
		operation  string
		parameters []string
	}{
		{400, "ValidationError", "Stack with id none does not exist", "DescribeStacks", []string{"StackName", "none"}},
		{400, "ValidationError", "Stack [none] does not exist", "DescribeStackEvents", []string{"StackName", "none"}},
		{400, "ValidationError", "Stack &#39;none&#39; does not exist", "DescribeStackResource", []string{"StackName", "none", "LogicalResourceId", "One"}},
		{400, "ValidationError", "Stack with id none does not exist", "DescribeStackResources", []string{"StackName", "none"}},
		{400, "ValidationError", "Stack with id none does not exist", "ListStackResources", []string{"StackName", "none"}},
		{400, "ValidationError", "Stack with id none does not exist", "GetTemplate", []string{"StackName", "none"}},
		{400, "ValidationError", "Stack with id none does not exist", "GetTemplateSummary", []string{"StackName", "none"}},
		{400, "ValidationError", "Stack [none] does not exist", "UpdateStack", []string{"StackName", "none", "TemplateBody", simple}},
		{400, "ValidationError", "Stack [none] does not exist", "CreateChangeSet", []string{"StackName", "none", "ChangeSetName", "c", "TemplateBody", simple}},
		{400, "ValidationError", "Stack [none] does not exist", "DescribeChangeSet", []string{"StackName", "none", "ChangeSetName", "c"}},
		{400, "ValidationError", "Stack [none] does not exist", "ListChangeSets", []string{"StackName", "none"}},
		{400, "ValidationError", "Stack [none] does not exist", "CancelUpdateStack", []string{"StackName", "none"}},
		{400, "ValidationError", "Stack [none] does not exist", "ContinueUpdateRollback", []string{"StackName", "none"}},
		{400, "ValidationError", "Stack [none] does not exist", "RollbackStack", []string{"StackName", "none"}},
		{400, "ValidationError", "Stack [none] does not exist", "GetStackPolicy", []string{"StackName", "none"}},
		{400, "ValidationError", "Stack [none] does not exist", "SetStackPolicy", []string{"StackName", "none", "StackPolicyBody", allowsAll}},
		{400, "ValidationError", "Stack [none] does not exist", "UpdateTerminationProtection", []string{"StackName", "none", "EnableTerminationProtection", "true"}},
		{400, "ValidationError", "Stack [new] does not exist", "UpdateStack", []string{"StackName", "new", "TemplateBody", simple}},
		{400, "ValidationError", "Stack [new] does not exist", "CreateChangeSet", []string{"StackName", "new", "ChangeSetName", "c", "TemplateBody", simple}},
		{400, "ValidationError", "Resource Two does not exist for stack app", "DescribeStackResource", []string{"StackName", "app", "LogicalResourceId", "Two"}},
		{400, "ValidationError", "Resource Two does not exist for stack app", "DescribeStackResources", []string{"StackName", "app", "LogicalResourceId", "Two"}},
		{400, "ValidationError", "Stack for x does not exist", "DescribeStackResources", []string{"PhysicalResourceId", "x"}},
		{400, "ValidationError", "Cannot specify both", "DescribeStackResources", []string{"PhysicalResourceId", "x", "StackName", "app"}},
		{400, "ValidationError", "Either StackName or PhysicalResourceId", "DescribeStackResources", nil},
		{400, "ValidationError", "Resource One is in CREATE_COMPLETE state and cannot be signaled", "SignalResource", []string{"StackName", "app", "LogicalResourceId", "One", "UniqueId", "x", "Status", "SUCCESS"}},
		{400, "ValidationError", "GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.", "GetTemplateSummary", []string{"StackName", "new"}},
		{400, "ValidationError", "Sluice has no stack sets", "GetTemplateSummary", []string{"StackSetName", "x"}},
		{400, "ValidationError", "StackName is required if ChangeSetName is not specified.", "GetTemplate", nil},
		{400, "ValidationError", "at &#39;stackName&#39; failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*", "CreateStack", []string{"StackName", "*@x", "TemplateBody", simple}},
		{400, "ValidationError", "Member must have length less than or equal to 128", "CreateStack", []string{"StackName", strings.Repeat("a", 129), "TemplateBody", simple}},
		{400, "AlreadyExistsException", "Stack [app] already exists", "CreateStack", []string{"StackName", "app", "TemplateBody", simple}},
		{400, "ValidationError", "No updates are to be performed.", "UpdateStack", []string{"StackName", "app", "TemplateBody", simple}},
		{400, "ValidationError", "Either Template URL or Template Body must be specified.", "UpdateStack", []string{"StackName", "app"}},
		{400, "ValidationError", "Either Template URL or Template Body must be specified.", "ValidateTemplate", nil},
		{400, "ValidationError", "Either Template URL or Template Body must be specified, not both.", "ValidateTemplate", []string{"TemplateBody", simple, "TemplateURL", "https://s3.us-east-1.amazonaws.com/shelf/simple.json"}},
		{400, "ValidationError", "Only one of UsePreviousTemplate", "UpdateStack", []string{"StackName", "app", "UsePreviousTemplate", "true", "TemplateBody", simple}},
		{400, "ValidationError", "Member must have length less than or equal to 1000000", "ValidateTemplate", []string{"TemplateBody", simple + strings.Repeat(" ", bodyLimit)}},
		{400, "ValidationError", "TemplateURL must be a supported URL.", "ValidateTemplate", []string{"TemplateURL", "https://example.com/simple.json"}},
		{400, "ValidationError", "S3 error: The specified key does not exist.", "ValidateTemplate", []string{"TemplateURL", "https://s3.us-east-1.amazonaws.com/shelf/none"}},
		{400, "ValidationError", "S3 error: The specified bucket does not exist", "ValidateTemplate", []string{"TemplateURL", "https://none.s3.amazonaws.com/simple.json"}},
		{400, "ValidationError", "is no text", "ValidateTemplate", []string{"TemplateURL", "https://s3.us-east-1.amazonaws.com/shelf/binary"}},
		{400, "ValidationError", "Template format error: At least one Resources member must be defined.", "ValidateTemplate", []string{"TemplateBody", "{}"}},
		{400, "ValidationError", "DisableRollback or OnFailure", "CreateStack", []string{"StackName", "x", "TemplateBody", simple, "DisableRollback", "true", "OnFailure", "DELETE"}},
		{400, "ValidationError", "Cannot specify usePreviousValue as true and non empty value", "UpdateStack", []string{"StackName", "app", "TemplateBody", simple,
			"Parameters.member.1.ParameterKey", "A", "Parameters.member.1.ParameterValue", "x", "Parameters.member.1.UsePreviousValue", "true"}},
		{400, "ValidationError", "You cannot specify both StackPolicyURL and StackPolicyBody", "SetStackPolicy", []string{"StackName", "app", "StackPolicyBody", "{}", "StackPolicyURL", "https://s3.us-east-1.amazonaws.com/shelf/policy.json"}},
		{400, "ValidationError", "Either StackPolicyBody or StackPolicyURL", "SetStackPolicy", []string{"StackName", "app"}},
		{400, "ValidationError", "StackPolicyURL must be a supported URL.", "SetStackPolicy", []string{"StackName", "app", "StackPolicyURL", "ftp://x"}},
		{400, "ValidationError", "does not import existing resources", "CreateChangeSet", []string{"StackName", "app", "ChangeSetName", "c", "ChangeSetType", "IMPORT", "TemplateBody", simple}},
		{400, "ValidationError", "StackName must be specified if ChangeSetName is not specified as an ARN.", "DescribeChangeSet", []string{"ChangeSetName", "c"}},
		{400, "ValidationError", "StackName must be specified if ChangeSetName is not specified as an ARN.", "ExecuteChangeSet", []string{"ChangeSetName", "c"}},
		{400, "ValidationError", "StackName must be specified if ChangeSetName is not specified as an ARN.", "DeleteChangeSet", []string{"ChangeSetName", "c"}},
		{404, "ChangeSetNotFound", "ChangeSet [c] does not exist", "DescribeChangeSet", []string{"StackName", "app", "ChangeSetName", "c"}},
		{404, "ChangeSetNotFound", "ChangeSet [c] does not exist", "ExecuteChangeSet", []string{"StackName", "app", "ChangeSetName", "c"}},
		{400, "AlreadyExistsException", "first", "CreateChangeSet", []string{"StackName", "new", "ChangeSetName", "first", "ChangeSetType", "CREATE", "TemplateBody", simple}},
		{400, "ValidationError", "Stack [app] already exists and cannot be created again with the changeSet [c].", "CreateChangeSet", []string{"StackName", "app", "ChangeSetName", "c", "ChangeSetType", "CREATE", "TemplateBody", simple}},
		{400, "ValidationError", "Export &#39;x&#39; is not imported by any stack.", "ListImports", []string{"ExportName", "x"}},
		{404, "TypeNotFoundException", "cannot be found", "DescribeType", []string{"Type", "RESOURCE", "TypeName", "AWS::No::Type"}},
		{404, "TypeNotFoundException", "cannot be found", "DescribeType", []string{"Type", "MODULE", "TypeName", "Test::Any::Thing"}},
		{400, "ValidationError", "Either Arn, or Type and TypeName", "DescribeType", nil},
		{400, "ValidationError", "NextToken", "DescribeStacks", []string{"NextToken", "x"}},
		{400, "ValidationError", "NextToken", "ListStackResources", []string{"StackName", "app", "NextToken", *writeToken("resources", "-1")}},
		{400, "ValidationError", "NextToken", "DescribeStackEvents", []string{"StackName", "app", "NextToken", *writeToken("events", "x")}},
		{400, "ValidationError", "NextToken", "ListStacks", []string{"NextToken", *writeToken("stacks", "x")}},
		{400, "NotImplemented", "CreateStackSet", "CreateStackSet", nil},
	} {
		t.Run(tt.operation+" "+tt.code+" "+tt.part, func(t *testing.T) {
			d.t = t
			d.wantRefused(tt.status, tt.code, tt.part, tt.operation, tt.parameters...)
		})
	}
}

func TestADeletionOfNoStackSucceeds(t *testing.T) {
	d := newDesk(t)
	d.must("DeleteStack", "StackName", "none")
	d.create("app", simple)
	d.must("DeleteChangeSet", "StackName", "app", "ChangeSetName", "none")
}

func TestStacksFromBuckets(t *testing.T) {
	d := newDesk(t)
	d.must("CreateStack", "StackName", "app", "TemplateURL", "https://s3.us-east-1.amazonaws.com/shelf/simple.json", "StackPolicyURL", "https://s3.us-east-1.amazonaws.com/shelf/policy.json")
	d.settle("app")
	if body := d.must("GetStackPolicy", "StackName", "app"); !strings.Contains(body, "Update:*") {
		t.Errorf("the policy is %s", body)
	}
	if body := d.must("GetTemplate", "StackName", "app"); !strings.Contains(body, "Test::Any::Thing") {
		t.Errorf("the template is %s", body)
	}
}

var (
	token = regexp.MustCompile(`<NextToken>(.*)</NextToken>`)
	items = regexp.MustCompile(`<(?:StackName|LogicalResourceId|EventId|Name)>([^<]+)<`)
)

// pages follows a list to its end, and returns how many different names there are in it and how many pages.
func (d *desk) pages(operation string, parameters ...string) (names, pages int) {
	d.t.Helper()
	seen := map[string]bool{}
	next := ""
	for {
		asked := slices.Clone(parameters)
		if next != "" {
			asked = append(asked, "NextToken", next)
		}
		body := d.must(operation, asked...)
		pages++
		for _, name := range items.FindAllStringSubmatch(body, -1) {
			seen[name[1]] = true
		}
		found := token.FindStringSubmatch(body)
		if found == nil {
			return len(seen), pages
		}
		next = found[1]
	}
}

func TestListsComeInPages(t *testing.T) {
	d := newDesk(t)
	const many = pageSize + 5
	var resources, outputs []string
	for i := range many {
		resources = append(resources, fmt.Sprintf(`"R%d":{"Type":"Test::Any::Thing","Properties":{"Value":"x"}}`, i))
		outputs = append(outputs, fmt.Sprintf(`"O%d":{"Value":"x","Export":{"Name":"e%d"}}`, i, i))
	}
	template := `{"Resources":{` + strings.Join(resources, ",") + `},"Outputs":{` + strings.Join(outputs, ",") + `}}`
	d.create("big", template)
	for i := range many - 1 {
		d.must("CreateChangeSet", "StackName", fmt.Sprint("s", i), "ChangeSetName", "c", "ChangeSetType", "CREATE", "TemplateBody", simple)
	}
	d.must("CreateChangeSet", "StackName", "new", "ChangeSetName", "c", "ChangeSetType", "CREATE", "TemplateBody", template)
	for _, tt := range []struct {
		operation  string
		parameters []string
		want       int
		pages      int
	}{
		{"DescribeStacks", nil, many + 1, 2},
		{"ListStacks", nil, many + 1, 2},
		{"ListStacks", []string{"StackStatusFilter.member.1", "CREATE_COMPLETE"}, 1, 1},
		{"ListStackResources", []string{"StackName", "big"}, many, 2},
		{"ListExports", nil, many, 2},
		{"DescribeChangeSet", []string{"StackName", "new", "ChangeSetName", "c"}, many + 1, 2},
	} {
		t.Run(tt.operation, func(t *testing.T) {
			d.t = t
			if got, pages := d.pages(tt.operation, tt.parameters...); got != tt.want || pages != tt.pages {
				t.Errorf("found %d on %d pages, want %d on %d", got, pages, tt.want, tt.pages)
			}
		})
	}
	t.Run("DescribeStackEvents", func(t *testing.T) {
		d.t = t
		if events, pages := d.pages("DescribeStackEvents", "StackName", "big"); events < 2*many || pages < 3 {
			t.Errorf("found %d names on %d pages", events, pages)
		}
	})
}

// No operation takes a store that is closed for something that is not there: clients should try again.
func TestAServerThatStopsSaysSo(t *testing.T) {
	d := newDesk(t)
	d.create("app", simple)
	d.stacks.Close()
	if err := d.records.Close(); err != nil {
		t.Fatal(err)
	}
	for operation, more := range map[string][]string{
		"DescribeStacks": nil, "ListStacks": nil, "DescribeStackEvents": {"StackName", "app"}, "ListStackResources": {"StackName", "app"},
		"CreateStack": {"StackName", "x", "TemplateBody", simple}, "DeleteStack": {"StackName", "app"}, "ListExports": nil, "ListImports": {"ExportName", "x"},
		"GetTemplate": {"StackName", "app"}, "ListChangeSets": {"StackName", "app"},
	} {
		if status, body := d.call(operation, more...); status != http.StatusServiceUnavailable {
			t.Errorf("%s: %d %s", operation, status, body)
		}
	}
}

// A client that asks once after its request, and then not for half a minute, sees a quick operation's end.
func TestAnswersWaitForQuickOperations(t *testing.T) {
	d := newDesk(t)
	steps := []struct {
		operation string
		members   []string
		want      string
	}{
		{"CreateStack", []string{"TemplateBody", simple}, "CREATE_COMPLETE"},
		{"UpdateStack", []string{"TemplateBody", strings.Replace(simple, `"1"`, `"2"`, 1)}, "UPDATE_COMPLETE"},
		{"DeleteStack", nil, "DELETE_COMPLETE"},
	}
	id := ""
	for _, step := range steps {
		answer := d.must(step.operation, append([]string{"StackName", "quick"}, step.members...)...)
		if _, rest, found := strings.Cut(answer, "<StackId>"); found {
			id, _, _ = strings.Cut(rest, "<")
		}
		if shown := d.must("DescribeStacks", "StackName", id); !strings.Contains(shown, "<StackStatus>"+step.want+"<") {
			t.Errorf("after %s: %s", step.operation, shown)
		}
	}
}
