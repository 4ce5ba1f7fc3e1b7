package cloudformation

import (
	"strings"
	"testing"
)

// looped is a template that the language extensions make two things of.
const looped = `{"Transform":"AWS::LanguageExtensions","Resources":{"Fn::ForEach::Things":["Id",["A","B"],` +
	`{"Thing${Id}":{"Type":"Test::Any::Thing","Properties":{"Value":{"Ref":"Id"}}}}]}}`

func TestGetTemplateBeforeAndAfterItsTransforms(t *testing.T) {
	d := newDesk(t)
	d.create("app", looped, "Capabilities.member.1", "CAPABILITY_AUTO_EXPAND")
	for stage, want := range map[string]string{"Original": "Fn::ForEach::Things", "Processed": "ThingB"} {
		d.wantIn([]string{want, "<StagesAvailable><member>Original</member><member>Processed</member></StagesAvailable>"}, "GetTemplate", "StackName", "app", "TemplateStage", stage)
	}
	d.wantIn([]string{"Fn::ForEach::Things"}, "GetTemplate", "StackName", "app")
	d.wantIn([]string{"<LogicalResourceId>ThingA<", "<LogicalResourceId>ThingB<"}, "ListStackResources", "StackName", "app")
	d.wantRefused(400, "InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_AUTO_EXPAND]", "CreateStack", "StackName", "other", "TemplateBody", looped)
	d.wantRefused(400, "ValidationError", "Member must satisfy enum value set", "GetTemplate", "StackName", "app", "TemplateStage", "Half")
}

func TestGetTemplateOfAChangeSet(t *testing.T) {
	d := newDesk(t)
	d.create("app", simple)
	id := d.reviewed("first", looped)
	d.wantIn([]string{"ThingA"}, "GetTemplate", "StackName", "app", "ChangeSetName", "first", "TemplateStage", "Processed")
	d.wantIn([]string{"Fn::ForEach"}, "GetTemplate", "ChangeSetName", id)
	d.wantRefused(400, "ValidationError", "StackName is a required parameter.", "GetTemplate", "ChangeSetName", "first")
	d.wantRefused(404, "ChangeSetNotFound", "ChangeSet [none] does not exist", "GetTemplate", "StackName", "app", "ChangeSetName", "none")
	d.wantIn([]string{"Test::Any::Thing"}, "GetTemplate", "StackName", "app")
}

// While an update runs, and after it failed, the template is the one in force.
func TestGetTemplateAfterAnUpdateThatFailed(t *testing.T) {
	d := newDesk(t)
	d.create("app", simple)
	d.must("UpdateStack", "StackName", "app", "TemplateBody", valued("fail"))
	d.wantStatus("app", "UPDATE_ROLLBACK_COMPLETE", "")
	if body := d.must("GetTemplate", "StackName", "app"); strings.Contains(body, "fail") {
		t.Errorf("the template is %s", body)
	}
}

func TestValidateTemplateTellsWhatItNeeds(t *testing.T) {
	for name, tt := range map[string]struct {
		template string
		told     []string
	}{
		"parameters": {full, []string{
			"<ParameterKey>Rate</ParameterKey><DefaultValue>5</DefaultValue><NoEcho>false</NoEcho><Description>how much</Description>",
			"<ParameterKey>Secret</ParameterKey><NoEcho>true</NoEcho>", "<Description>two things &amp; a parameter</Description>",
		}},
		"roles": {`{"Resources":{"R":{"Type":"AWS::IAM::Role"}}}`, []string{
			"<Capabilities><member>CAPABILITY_IAM</member></Capabilities>", "<CapabilitiesReason>The following resource(s) require capabilities: [AWS::IAM::Role]</CapabilitiesReason>",
		}},
		"roles with names": {`{"Resources":{"R":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"r"}}}}`, []string{
			"<member>CAPABILITY_NAMED_IAM</member>",
		}},
		"transforms": {looped, []string{
			"<member>CAPABILITY_AUTO_EXPAND</member>", "<DeclaredTransforms><member>AWS::LanguageExtensions</member></DeclaredTransforms>",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			newDesk(t).wantIn(tt.told, "ValidateTemplate", "TemplateBody", tt.template)
		})
	}
}

func TestTemplatesThatAreNone(t *testing.T) {
	d := newDesk(t)
	for name, tt := range map[string]struct{ template, part string }{
		"no JSON":             {"{", "Template format error"},
		"no object":           {"[]", "Template format error"},
		"an unknown section":  {`{"Resource":{},"Resources":{"A":{"Type":"Test::Any::Thing"}}}`, "Invalid template property or properties [Resource]"},
		"a resource of none":  {`{"Resources":{"A":{}}}`, "A"},
		"a missing reference": {`{"Resources":{"A":{"Type":"Test::Any::Thing","Properties":{"Value":{"Ref":"B"}}}}}`, "Unresolved resource dependencies [B] in the Resources block of the template"},
		"a circle":            {`{"Resources":{"A":{"Type":"T","Properties":{"V":{"Ref":"B"}}},"B":{"Type":"T","Properties":{"V":{"Ref":"A"}}}}}`, "Circular dependency between resources"},
	} {
		t.Run(name, func(t *testing.T) {
			d.t = t
			d.wantRefused(400, "ValidationError", tt.part, "ValidateTemplate", "TemplateBody", tt.template)
			d.wantRefused(400, "ValidationError", tt.part, "GetTemplateSummary", "TemplateBody", tt.template)
			d.wantRefused(400, "ValidationError", tt.part, "CreateStack", "StackName", "new", "TemplateBody", tt.template)
		})
	}
}

func TestGetTemplateSummary(t *testing.T) {
	d := newDesk(t)
	t.Run("of resources that could be imported", func(t *testing.T) {
		d.t = t
		d.wantIn([]string{
			"<ResourceIdentifierSummaries>" +
				"<member><ResourceType>AWS::S3::Bucket</ResourceType><LogicalResourceIds><member>A</member><member>C</member></LogicalResourceIds>" +
				"<ResourceIdentifiers><member>BucketName</member></ResourceIdentifiers></member>" +
				"<member><ResourceType>AWS::IAM::Role</ResourceType><LogicalResourceIds><member>B</member></LogicalResourceIds>",
		}, "GetTemplateSummary", "TemplateBody", `{"Resources":{"A":{"Type":"AWS::S3::Bucket"},"B":{"Type":"AWS::IAM::Role"},"C":{"Type":"AWS::S3::Bucket"},"D":{"Type":"AWS::No::Type"}}}`)
	})
	t.Run("with what is not known here", func(t *testing.T) {
		d.t = t
		d.wantIn([]string{"<Warnings><UnrecognizedResourceTypes><member>AWS::No::Type</member></UnrecognizedResourceTypes></Warnings>"}, "GetTemplateSummary",
			"TemplateBody", `{"Resources":{"A":{"Type":"AWS::No::Type"},"B":{"Type":"Test::Any::Thing"}}}`, "TemplateSummaryConfig.TreatUnrecognizedResourceTypesAsWarnings", "true")
	})
	t.Run("of parameters, metadata and version", func(t *testing.T) {
		d.t = t
		d.wantIn([]string{
			"<ParameterType>Number</ParameterType>", "<AllowedValues><member>a</member><member>b</member></AllowedValues>",
			"<Metadata>{&#34;Team&#34;:&#34;payments&#34;}</Metadata>", "<Version>2010-09-09</Version>", "<ResourceTypes><member>Test::Any::Thing</member>",
		}, "GetTemplateSummary", "TemplateBody", full)
	})
	t.Run("of a stack", func(t *testing.T) {
		d.t = t
		id := d.create("app", simple)
		d.wantIn([]string{"<member>Test::Any::Thing</member>", "<Version>2010-09-09</Version>"}, "GetTemplateSummary", "StackName", "app")
		d.must("DeleteStack", "StackName", "app")
		d.wantStatus(id, "DELETE_COMPLETE", "")
		d.wantIn([]string{"<member>Test::Any::Thing</member>"}, "GetTemplateSummary", "StackName", id)
	})
	t.Run("of nothing", func(t *testing.T) {
		d.t = t
		d.wantRefused(400, "ValidationError", "Either Template URL or Template Body must be specified.", "GetTemplateSummary")
	})
}
