package cloudformation

import (
	"strings"
	"testing"
)

// reviewed makes a change set of the desk's stack "app", with more members, and returns its ID.
func (d *desk) reviewed(name, template string, more ...string) string {
	d.t.Helper()
	answer := d.must("CreateChangeSet", append([]string{"StackName", "app", "ChangeSetName", name, "TemplateBody", template}, more...)...)
	return between(answer, "<Id>", "</Id>")
}

func TestChangeSetsAreNamedByNameOrARN(t *testing.T) {
	d := newDesk(t)
	d.create("app", simple)
	id := d.reviewed("first", valued("2"))
	for _, named := range [][]string{{"StackName", "app", "ChangeSetName", "first"}, {"ChangeSetName", id}, {"StackName", "app", "ChangeSetName", id}} {
		d.wantIn([]string{"<ChangeSetId>" + id + "</ChangeSetId>"}, "DescribeChangeSet", named...)
	}
	d.wantRefused(404, "ChangeSetNotFound", "does not exist", "DescribeChangeSet", "ChangeSetName", strings.Replace(id, "first", "second", 1))
	d.must("ExecuteChangeSet", "ChangeSetName", id)
	d.wantStatus("app", "UPDATE_COMPLETE", "")
	d.wantIn([]string{"<ChangeSetId>" + id + "</ChangeSetId>"}, "DescribeStacks", "StackName", "app")
	d.must("DeleteChangeSet", "ChangeSetName", id)
	d.wantRefused(404, "ChangeSetNotFound", "does not exist", "DescribeChangeSet", "ChangeSetName", id)
}

// Who looks at a change set sees what the operation would be given.
func TestDescribeChangeSetTellsTheSettings(t *testing.T) {
	parameters := `{"Parameters":{"Rate":{"Type":"String"},"Secret":{"Type":"String","NoEcho":true}},` +
		`"Resources":{"One":{"Type":"Test::Any::Thing","Properties":{"Value":{"Ref":"Rate"}}}}}`
	d := newDesk(t)
	d.create("app", parameters, "Parameters.member.1.ParameterKey", "Rate", "Parameters.member.1.ParameterValue", "1",
		"Parameters.member.2.ParameterKey", "Secret", "Parameters.member.2.ParameterValue", "word")
	d.must("CreateChangeSet", "StackName", "app", "ChangeSetName", "first", "UsePreviousTemplate", "true", "IncludeNestedStacks", "true",
		"Parameters.member.1.ParameterKey", "Rate", "Parameters.member.1.ParameterValue", "2",
		"Parameters.member.2.ParameterKey", "Secret", "Parameters.member.2.UsePreviousValue", "true",
		"Capabilities.member.1", "CAPABILITY_IAM", "NotificationARNs.member.1", "arn:aws:sns:us-east-1:000000000000:topic",
		"RollbackConfiguration.MonitoringTimeInMinutes", "3", "ClientToken", "token-1", "OnStackFailure", "DO_NOTHING")
	d.wantIn([]string{
		"<ParameterKey>Rate</ParameterKey><ParameterValue>2</ParameterValue>", "<ParameterKey>Secret</ParameterKey><ParameterValue>****</ParameterValue>",
		"<member>CAPABILITY_IAM</member>", "<member>arn:aws:sns:us-east-1:000000000000:topic</member>", "<MonitoringTimeInMinutes>3</MonitoringTimeInMinutes>",
		"<IncludeNestedStacks>true</IncludeNestedStacks>", "<OnStackFailure>DO_NOTHING</OnStackFailure>",
		"<ChangeSource>ParameterReference</ChangeSource><CausingEntity>Rate</CausingEntity>",
	}, "DescribeChangeSet", "StackName", "app", "ChangeSetName", "first")
}

// The changes of each kind as DescribeChangeSet shows them.
func TestDescribeChangeSetTellsWhatChanges(t *testing.T) {
	one := func(members string) string {
		return `{"Resources":{"One":{"Type":"Test::Any::Thing",` + members + `}}}`
	}
	for name, tt := range map[string]struct {
		template string
		told     []string
	}{
		"a property": {one(`"Properties":{"Name":"n","Value":"2"}`), []string{
			"<Action>Modify</Action>", "<Replacement>False</Replacement>", "<Scope><member>Properties</member></Scope>",
			"<Attribute>Properties</Attribute><Name>Value</Name><RequiresRecreation>Never</RequiresRecreation>",
		}},
		"a property that makes another one": {one(`"Properties":{"Name":"m","Value":"1"}`), []string{
			"<PolicyAction>ReplaceAndDelete</PolicyAction>", "<Replacement>True</Replacement>", "<RequiresRecreation>Always</RequiresRecreation>",
		}},
		"one that is kept then": {one(`"UpdateReplacePolicy":"Retain","Properties":{"Name":"m","Value":"1"}`), []string{
			"<PolicyAction>ReplaceAndRetain</PolicyAction>", "<member>UpdateReplacePolicy</member>",
		}},
		"a property that goes": {one(`"Properties":{"Value":"1"}`), []string{"<Name>Name</Name>", "<Replacement>True</Replacement>"}},
		"what is said of it":   {one(`"DeletionPolicy":"Retain","Properties":{"Name":"n","Value":"1"}`), []string{"<Scope><member>DeletionPolicy</member></Scope>"}},
		"one for another": {`{"Resources":{"Two":{"Type":"Test::Any::Thing","Properties":{"Value":"1"}}}}`, []string{
			"<Action>Add</Action><LogicalResourceId>Two</LogicalResourceId>",
			"<PolicyAction>Delete</PolicyAction><Action>Remove</Action><LogicalResourceId>One</LogicalResourceId><PhysicalResourceId>thing-One</PhysicalResourceId>",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.create("app", one(`"Properties":{"Name":"n","Value":"1"}`))
			d.reviewed("first", tt.template)
			d.wantIn(tt.told, "DescribeChangeSet", "StackName", "app", "ChangeSetName", "first")
		})
	}
}

func TestExecutionsThatFail(t *testing.T) {
	for name, tt := range map[string]struct {
		made, executed []string
		status         string
	}{
		"are rolled back":               {nil, nil, "ROLLBACK_COMPLETE"},
		"are left, the set said":        {[]string{"OnStackFailure", "DO_NOTHING"}, nil, "CREATE_FAILED"},
		"are deleted, the set said":     {[]string{"OnStackFailure", "DELETE"}, nil, "DELETE_COMPLETE"},
		"are rolled back, the set said": {[]string{"OnStackFailure", "ROLLBACK"}, nil, "ROLLBACK_COMPLETE"},
		"are left, who executed it did": {nil, []string{"DisableRollback", "true"}, "CREATE_FAILED"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.reviewed("first", valued("fail"), append([]string{"ChangeSetType", "CREATE"}, tt.made...)...)
			id := d.settle("app")
			d.must("ExecuteChangeSet", append([]string{"StackName", "app", "ChangeSetName", "first", "ClientRequestToken", "go"}, tt.executed...)...)
			d.wantStatus(id, tt.status, "")
			d.wantIn([]string{"<ClientRequestToken>go</ClientRequestToken>"}, "DescribeStackEvents", "StackName", id)
		})
	}
}

func TestListChangeSets(t *testing.T) {
	d := newDesk(t)
	d.create("app", simple)
	d.wantIn([]string{"<Summaries></Summaries>"}, "ListChangeSets", "StackName", "app")
	d.reviewed("first", valued("2"), "Description", "the first")
	d.reviewed("same", simple)
	body := d.must("ListChangeSets", "StackName", "app")
	if first, same := strings.Index(body, "<ChangeSetName>first<"), strings.Index(body, "<ChangeSetName>same<"); first < 0 || same < first {
		t.Errorf("the oldest is not the first of both: %s", body)
	}
	for _, part := range []string{
		"<ExecutionStatus>AVAILABLE</ExecutionStatus><Status>CREATE_COMPLETE</Status>", "<ExecutionStatus>UNAVAILABLE</ExecutionStatus><Status>FAILED</Status>",
		"<StatusReason>The submitted information didn&#39;t contain changes.", "<Description>the first</Description>",
	} {
		if !strings.Contains(body, part) {
			t.Errorf("there is no %s in %s", part, body)
		}
	}
	d.must("UpdateStack", "StackName", "app", "TemplateBody", valued("3"))
	d.settle("app")
	d.wantIn([]string{"<ExecutionStatus>OBSOLETE</ExecutionStatus>"}, "ListChangeSets", "StackName", "app")
	d.wantRefused(400, "InvalidChangeSetStatus", "execution status of [OBSOLETE]", "ExecuteChangeSet", "StackName", "app", "ChangeSetName", "first")
}

func TestChangeSetsThatCanNotBe(t *testing.T) {
	d := newDesk(t)
	d.create("app", simple)
	d.reviewed("first", valued("2"))
	for name, tt := range map[string]struct {
		code, part string
		parameters []string
	}{
		"a name that is taken":            {"AlreadyExistsException", "ChangeSet first already exists", []string{"ChangeSetName", "first", "TemplateBody", simple}},
		"a name that is none":             {"ValidationError", "changeSetName", []string{"ChangeSetName", "1st", "TemplateBody", simple}},
		"no template":                     {"ValidationError", "Either Template URL or Template Body must be specified.", []string{"ChangeSetName", "c"}},
		"two templates":                   {"ValidationError", "not both", []string{"ChangeSetName", "c", "TemplateBody", simple, "TemplateURL", "s3://shelf/simple.json"}},
		"two templates, one in force":     {"ValidationError", "Only one of UsePreviousTemplate", []string{"ChangeSetName", "c", "TemplateBody", simple, "UsePreviousTemplate", "true"}},
		"a template that is none":         {"ValidationError", "Template format error", []string{"ChangeSetName", "c", "TemplateBody", "{"}},
		"a value that is kept and given":  {"ValidationError", "Cannot specify usePreviousValue as true and non empty value", []string{"ChangeSetName", "c", "TemplateBody", simple, "Parameters.member.1.ParameterKey", "A", "Parameters.member.1.ParameterValue", "x", "Parameters.member.1.UsePreviousValue", "true"}},
		"a parameter that there is not":   {"ValidationError", "Parameters: [A]", []string{"ChangeSetName", "c", "TemplateBody", simple, "Parameters.member.1.ParameterKey", "A", "Parameters.member.1.ParameterValue", "x"}},
		"the deletion of a stack in use":  {"ValidationError", "OnStackFailure DELETE is for change sets of the type CREATE.", []string{"ChangeSetName", "c", "TemplateBody", simple, "OnStackFailure", "DELETE"}},
		"resources to import":             {"ValidationError", "does not import existing resources", []string{"ChangeSetName", "c", "TemplateBody", simple, "ResourcesToImport.member.1.ResourceType", "T", "ResourcesToImport.member.1.LogicalResourceId", "One", "ResourcesToImport.member.1.ResourceIdentifier.entry.1.key", "Name", "ResourcesToImport.member.1.ResourceIdentifier.entry.1.value", "n"}},
		"whatever is there, imported":     {"ValidationError", "does not import existing resources", []string{"ChangeSetName", "c", "TemplateBody", simple, "ImportExistingResources", "true"}},
		"a type of resource there is not": {"ValidationError", "Unrecognized resource types: [AWS::No::Type]", []string{"ChangeSetName", "c", "TemplateBody", `{"Resources":{"A":{"Type":"AWS::No::Type"}}}`}},
	} {
		t.Run(name, func(t *testing.T) {
			d.t = t
			d.wantRefused(400, tt.code, tt.part, "CreateChangeSet", append([]string{"StackName", "app"}, tt.parameters...)...)
		})
	}
	d.t = t
	d.wantRefused(400, "ValidationError", "", "CreateChangeSet", "StackName", "new", "ChangeSetName", "c", "ChangeSetType", "CREATE", "TemplateBody", "{")
	d.wantRefused(400, "ValidationError", "Stack [new] does not exist", "DescribeChangeSet", "StackName", "new", "ChangeSetName", "c")
}

// A change set whose template does not come through its transforms is there, and says why.
func TestTransformsThatFailFailTheChangeSet(t *testing.T) {
	d := newDesk(t)
	d.reviewed("first", `{"Transform":"Mine","Resources":{"One":{"Type":"Test::Any::Thing","Properties":{"Value":"1"}}}}`, "ChangeSetType", "CREATE")
	d.wantIn([]string{"<Status>FAILED</Status>", "<StatusReason>No transform named 000000000000::Mine found.</StatusReason>"},
		"DescribeChangeSet", "StackName", "app", "ChangeSetName", "first")
	d.wantRefused(400, "InvalidChangeSetStatus", "cannot be executed in its current status of [FAILED]", "ExecuteChangeSet", "StackName", "app", "ChangeSetName", "first")
}
