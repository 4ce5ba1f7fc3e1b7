package cloudformation

import (
	"strings"
	"testing"
)

// What a request says of a stack is what DescribeStacks tells.
func TestCreateStackPassesOnWhatItIsGiven(t *testing.T) {
	for name, tt := range map[string]struct{ given, told []string }{
		"a role": {
			[]string{"RoleARN", "arn:aws:iam::000000000000:role/deploys"}, []string{"<RoleARN>arn:aws:iam::000000000000:role/deploys</RoleARN>"},
		},
		"rollback triggers": {
			[]string{
				"RollbackConfiguration.MonitoringTimeInMinutes", "0", "RollbackConfiguration.RollbackTriggers.member.1.Arn", "arn:aws:cloudwatch:us-east-1:000000000000:alarm:errors",
				"RollbackConfiguration.RollbackTriggers.member.1.Type", "AWS::CloudWatch::Alarm",
			},
			[]string{"<Arn>arn:aws:cloudwatch:us-east-1:000000000000:alarm:errors</Arn>", "<Type>AWS::CloudWatch::Alarm</Type>"},
		},
		"a time limit":                      {[]string{"TimeoutInMinutes", "7"}, []string{"<TimeoutInMinutes>7</TimeoutInMinutes>"}},
		"no rollback":                       {[]string{"DisableRollback", "true"}, []string{"<DisableRollback>true</DisableRollback>"}},
		"nothing to be done after failures": {[]string{"OnFailure", "DO_NOTHING"}, []string{"<DisableRollback>true</DisableRollback>"}},
		"protection":                        {[]string{"EnableTerminationProtection", "true"}, []string{"<EnableTerminationProtection>true</EnableTerminationProtection>"}},
		"capabilities":                      {[]string{"Capabilities.member.1", "CAPABILITY_IAM"}, []string{"<Capabilities><member>CAPABILITY_IAM</member></Capabilities>"}},
		"tags": {
			[]string{"Tags.member.1.Key", "b", "Tags.member.1.Value", "2", "Tags.member.2.Key", "a", "Tags.member.2.Value", "1"},
			[]string{"<Tags><member><Key>a</Key><Value>1</Value></member><member><Key>b</Key><Value>2</Value></member></Tags>"},
		},
		"topics": {
			[]string{"NotificationARNs.member.1", "arn:aws:sns:us-east-1:000000000000:topic"},
			[]string{"<NotificationARNs><member>arn:aws:sns:us-east-1:000000000000:topic</member></NotificationARNs>"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.create("app", simple, tt.given...)
			d.wantIn(tt.told, "DescribeStacks", "StackName", "app")
		})
	}
}

// The ends of a creation that fails, with what its events say.
func TestCreationsThatFail(t *testing.T) {
	for name, tt := range map[string]struct {
		given          []string
		status, reason string
	}{
		"are rolled back":           {nil, "ROLLBACK_COMPLETE", ""},
		"are deleted":               {[]string{"OnFailure", "DELETE"}, "DELETE_COMPLETE", ""},
		"are left":                  {[]string{"OnFailure", "DO_NOTHING"}, "CREATE_FAILED", "The following resource(s) failed to create: [One]. "},
		"are left without rollback": {[]string{"DisableRollback", "true"}, "CREATE_FAILED", "The following resource(s) failed to create: [One]. "},
		"are rolled back as said":   {[]string{"DisableRollback", "false"}, "ROLLBACK_COMPLETE", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			answer := d.must("CreateStack", append([]string{"StackName", "app", "TemplateBody", valued("fail")}, tt.given...)...)
			id := between(answer, "<StackId>", "</StackId>")
			d.wantStatus(id, tt.status, tt.reason)
			d.wantIn([]string{
				"<ResourceStatus>CREATE_FAILED</ResourceStatus>", "<ResourceStatusReason>Resource handler returned message: it fails</ResourceStatusReason>",
			}, "DescribeStackEvents", "StackName", id)
		})
	}
}

// between is what stands between two texts.
func between(text, before, after string) string {
	_, text, _ = strings.Cut(text, before)
	text, _, _ = strings.Cut(text, after)
	return text
}

func TestRollbackStackTakesAFailureBack(t *testing.T) {
	t.Run("of a creation", func(t *testing.T) {
		d := newDesk(t)
		id := d.create("app", valued("fail"), "OnFailure", "DO_NOTHING")
		d.wantIn([]string{"<StackId>" + id + "</StackId>"}, "RollbackStack", "StackName", "app")
		d.wantStatus(id, "ROLLBACK_COMPLETE", "")
	})
	t.Run("of an update", func(t *testing.T) {
		d := newDesk(t)
		id := d.create("app", simple)
		d.must("UpdateStack", "StackName", "app", "TemplateBody", valued("fail"), "DisableRollback", "true")
		d.wantStatus(id, "UPDATE_FAILED", "The following resource(s) failed to update: [One]. ")
		d.must("RollbackStack", "StackName", "app", "RoleARN", "arn:aws:iam::000000000000:role/repairs", "ClientRequestToken", "again")
		d.wantStatus(id, "UPDATE_ROLLBACK_COMPLETE", "")
		d.wantIn([]string{"<RoleARN>arn:aws:iam::000000000000:role/repairs</RoleARN>"}, "DescribeStacks", "StackName", id)
		d.wantIn([]string{"<ClientRequestToken>again</ClientRequestToken>"}, "DescribeStackEvents", "StackName", id)
	})
}

func TestUpdateStackPassesOnWhatItIsGiven(t *testing.T) {
	d := newDesk(t)
	d.create("app", simple, "Tags.member.1.Key", "team", "Tags.member.1.Value", "one", "RoleARN", "arn:aws:iam::000000000000:role/first")
	t.Run("and keeps what it is not given", func(t *testing.T) {
		d.t = t
		d.must("UpdateStack", "StackName", "app", "TemplateBody", valued("2"))
		d.wantStatus("app", "UPDATE_COMPLETE", "")
		d.wantIn([]string{"<Value>one</Value>", "role/first"}, "DescribeStacks", "StackName", "app")
	})
	t.Run("and changes the rest", func(t *testing.T) {
		d.t = t
		d.must("UpdateStack", "StackName", "app", "UsePreviousTemplate", "true", "Tags.member.1.Key", "team", "Tags.member.1.Value", "two",
			"RoleARN", "arn:aws:iam::000000000000:role/second", "ClientRequestToken", "token-2")
		d.wantStatus("app", "UPDATE_COMPLETE", "")
		d.wantIn([]string{"<Value>two</Value>", "role/second", "<LastUpdatedTime>"}, "DescribeStacks", "StackName", "app")
		d.wantIn([]string{"<ClientRequestToken>token-2</ClientRequestToken>"}, "DescribeStackEvents", "StackName", "app")
	})
	t.Run("and rolls a failure back", func(t *testing.T) {
		d.t = t
		d.must("UpdateStack", "StackName", "app", "TemplateBody", valued("fail"))
		d.wantStatus("app", "UPDATE_ROLLBACK_COMPLETE", "")
		d.wantIn([]string{"<ResourceStatusReason>The following resource(s) failed to update: [One]. </ResourceStatusReason>"}, "DescribeStackEvents", "StackName", "app")
		d.wantIn([]string{"<Value>two</Value>", "role/second"}, "DescribeStacks", "StackName", "app")
	})
}

func TestContinueUpdateRollback(t *testing.T) {
	d := newDesk(t)
	two := func(one, other string) string {
		return `{"Resources":{"A":{"Type":"Test::Any::Thing","Properties":{"Value":"` + one + `"}},` +
			`"B":{"Type":"Test::Any::Thing","DependsOn":"A","Properties":{"Value":"` + other + `"}},` +
			`"C":{"Type":"Test::Any::Thing","Properties":{"Value":"1"}}}}`
	}
	id := d.create("app", two("hold", "1"))
	d.must("UpdateStack", "StackName", "app", "TemplateBody", two("2", "fail"))
	d.wantStatus(id, "UPDATE_ROLLBACK_FAILED", "The following resource(s) failed to update: [A, B]. ")
	for name, tt := range map[string]struct {
		part       string
		operation  string
		parameters []string
	}{
		"no other update begins":    {"is in UPDATE_ROLLBACK_FAILED state and can not be updated", "UpdateStack", []string{"TemplateBody", simple}},
		"nothing to roll back anew": {"RollbackStack is for stacks in CREATE_FAILED or UPDATE_FAILED state", "RollbackStack", nil},
		"what did not fail":         {"ResourcesToSkip [C] is not in UPDATE_FAILED state", "ContinueUpdateRollback", []string{"ResourcesToSkip.member.1", "C"}},
		"what there is not":         {"ResourcesToSkip [D] is not in UPDATE_FAILED state", "ContinueUpdateRollback", []string{"ResourcesToSkip.member.1", "D"}},
		"no change set is made":     {"UPDATE_ROLLBACK_FAILED state", "CreateChangeSet", []string{"ChangeSetName", "c", "TemplateBody", simple}},
	} {
		t.Run(name, func(t *testing.T) {
			d.t = t
			d.wantRefused(400, "ValidationError", tt.part, tt.operation, append([]string{"StackName", "app"}, tt.parameters...)...)
		})
	}
	d.t = t
	d.must("ContinueUpdateRollback", "StackName", "app")
	d.wantStatus(id, "UPDATE_ROLLBACK_FAILED", "")
	d.must("ContinueUpdateRollback", "StackName", "app", "ResourcesToSkip.member.1", "A", "ClientRequestToken", "skipping")
	d.wantStatus(id, "UPDATE_ROLLBACK_COMPLETE", "")
	d.wantIn([]string{"<ClientRequestToken>skipping</ClientRequestToken>"}, "DescribeStackEvents", "StackName", id)
	d.wantRefused(400, "ValidationError", "is in UPDATE_ROLLBACK_COMPLETE state and can not continue rollback", "ContinueUpdateRollback", "StackName", "app")
}

// An update that is under way, what is refused meanwhile, and its end.
func TestCancelUpdateStack(t *testing.T) {
	d := newDesk(t)
	id := d.create("app", simple)
	d.wantRefused(400, "ValidationError", "CancelUpdateStack cannot be called from current stack status", "CancelUpdateStack", "StackName", "app")
	d.must("CreateChangeSet", "StackName", "app", "ChangeSetName", "waiting", "TemplateBody", valued("wait"))
	d.must("CreateChangeSet", "StackName", "app", "ChangeSetName", "other", "TemplateBody", valued("3"))
	d.must("ExecuteChangeSet", "StackName", "app", "ChangeSetName", "waiting")
	for name, tt := range map[string]struct {
		status     int
		code, part string
		operation  string
		parameters []string
	}{
		"an update":                     {400, "ValidationError", "is in UPDATE_IN_PROGRESS state and can not be updated.", "UpdateStack", []string{"TemplateBody", simple}},
		"a deletion":                    {400, "ValidationError", "cannot be deleted while in status UPDATE_IN_PROGRESS", "DeleteStack", nil},
		"a change set":                  {400, "ValidationError", "is in UPDATE_IN_PROGRESS state and can not be updated.", "CreateChangeSet", []string{"ChangeSetName", "c", "TemplateBody", simple}},
		"the same change set":           {400, "InvalidChangeSetStatus", "execution status of [EXECUTE_IN_PROGRESS]", "ExecuteChangeSet", []string{"ChangeSetName", "waiting"}},
		"another change set":            {404, "ChangeSetNotFound", "ChangeSet [other] does not exist", "ExecuteChangeSet", []string{"ChangeSetName", "other"}},
		"the deletion of what is done":  {400, "InvalidChangeSetStatus", "cannot be deleted in its current execution status of [EXECUTE_IN_PROGRESS]", "DeleteChangeSet", []string{"ChangeSetName", "waiting"}},
		"going on with another failure": {400, "ValidationError", "can not continue rollback", "ContinueUpdateRollback", nil},
		"a rollback":                    {400, "ValidationError", "can not be rolled back", "RollbackStack", nil},
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			d.t = t
			d.wantRefused(tt.status, tt.code, tt.part, tt.operation, append([]string{"StackName", "app"}, tt.parameters...)...)
		})
	}
	d.t = t
	d.must("CancelUpdateStack", "StackName", "app", "ClientRequestToken", "enough")
	d.wantStatus(id, "UPDATE_ROLLBACK_COMPLETE", "")
	d.wantIn([]string{"<ResourceStatusReason>Resource update cancelled</ResourceStatusReason>", "<ClientRequestToken>enough</ClientRequestToken>"},
		"DescribeStackEvents", "StackName", id)
	d.wantIn([]string{"<ExecutionStatus>EXECUTE_FAILED</ExecutionStatus>"}, "DescribeChangeSet", "StackName", "app", "ChangeSetName", "waiting")
}

func TestDeleteStack(t *testing.T) {
	d := newDesk(t)
	stays := func() string { return d.create("app", valued("stay")) }
	t.Run("is refused what only a failed deletion allows", func(t *testing.T) {
		d.t = t
		id := d.create("plain", simple)
		d.wantRefused(400, "ValidationError", "specify which resources to retain only when the stack is in the DELETE_FAILED state", "DeleteStack",
			"StackName", "plain", "RetainResources.member.1", "One")
		d.wantRefused(400, "ValidationError", "FORCE_DELETE_STACK is for stacks in the DELETE_FAILED state", "DeleteStack",
			"StackName", "plain", "DeletionMode", "FORCE_DELETE_STACK")
		d.must("DeleteStack", "StackName", "plain", "DeletionMode", "STANDARD", "ClientRequestToken", "gone", "RoleARN", "arn:aws:iam::000000000000:role/sweeps")
		d.wantStatus(id, "DELETE_COMPLETE", "")
		d.wantIn([]string{"<RoleARN>arn:aws:iam::000000000000:role/sweeps</RoleARN>", "<DeletionTime>"}, "DescribeStacks", "StackName", id)
		d.wantIn([]string{"<ClientRequestToken>gone</ClientRequestToken>"}, "DescribeStackEvents", "StackName", id)
	})
	t.Run("fails, and then retains", func(t *testing.T) {
		d.t = t
		id := stays()
		d.must("DeleteStack", "StackName", "app")
		d.wantStatus(id, "DELETE_FAILED", "The following resource(s) failed to delete: [One]. ")
		d.wantRefused(400, "ValidationError", "is in DELETE_FAILED state and can not be updated", "UpdateStack", "StackName", "app", "TemplateBody", simple)
		d.wantRefused(400, "ValidationError", "[Two]", "DeleteStack", "StackName", "app", "RetainResources.member.1", "Two")
		d.must("DeleteStack", "StackName", "app", "RetainResources.member.1", "One")
		d.wantStatus(id, "DELETE_COMPLETE", "")
		d.wantIn([]string{"<ResourceStatus>DELETE_SKIPPED</ResourceStatus>"}, "DescribeStackResources", "StackName", id)
	})
	t.Run("fails, and is then forced", func(t *testing.T) {
		d.t = t
		id := stays()
		d.must("DeleteStack", "StackName", "app")
		d.wantStatus(id, "DELETE_FAILED", "")
		d.must("DeleteStack", "StackName", "app", "DeletionMode", "FORCE_DELETE_STACK")
		d.wantStatus(id, "DELETE_COMPLETE", "")
	})
	t.Run("of a stack in review", func(t *testing.T) {
		d.t = t
		d.must("CreateChangeSet", "StackName", "review", "ChangeSetName", "c", "ChangeSetType", "CREATE", "TemplateBody", simple)
		id := d.settle("review")
		d.must("DeleteStack", "StackName", "review")
		d.wantStatus(id, "DELETE_COMPLETE", "")
	})
}

func TestTerminationProtection(t *testing.T) {
	d := newDesk(t)
	id := d.create("app", simple)
	protect := func(on string) {
		d.t.Helper()
		d.wantIn([]string{"<StackId>" + id + "</StackId>"}, "UpdateTerminationProtection", "StackName", "app", "EnableTerminationProtection", on)
	}
	protect("true")
	d.wantRefused(400, "ValidationError", "cannot be deleted while TerminationProtection is enabled", "DeleteStack", "StackName", "app")
	d.wantRefused(400, "ValidationError", "cannot be deleted while TerminationProtection is enabled", "DeleteStack", "StackName", id)
	protect("false")
	d.must("DeleteStack", "StackName", "app")
	d.wantStatus(id, "DELETE_COMPLETE", "")
	d.wantRefused(400, "ValidationError", "", "UpdateTerminationProtection", "StackName", id, "EnableTerminationProtection", "true")
}

// The same request, sent again because its answer was lost, begins nothing anew.
func TestRequestsThatComeTwice(t *testing.T) {
	d := newDesk(t)
	create := []string{"StackName", "app", "TemplateBody", simple, "ClientRequestToken", "one"}
	first, second := d.must("CreateStack", create...), d.must("CreateStack", create...)
	if between(first, "<StackId>", "<") != between(second, "<StackId>", "<") {
		t.Errorf("two stacks: %s and %s", first, second)
	}
	d.wantRefused(400, "AlreadyExistsException", "Stack [app] already exists", "CreateStack", "StackName", "app", "TemplateBody", simple, "ClientRequestToken", "two")
}
