package cloudformation

import "testing"

func TestSettingsThatCanNotBe(t *testing.T) {
	d := newDesk(t)
	d.create("app", simple)
	for name, tt := range map[string]struct {
		part       string
		parameters []string
	}{
		"a tag of AWS":          {"aws: prefixed tag key names are not allowed for external use.", []string{"Tags.member.1.Key", "AWS:team", "Tags.member.1.Value", "a"}},
		"a topic of a word":     {"&#34;topic&#34; of NotificationARNs is not the ARN of an SNS topic.", []string{"NotificationARNs.member.1", "topic"}},
		"a topic of a service":  {"is not the ARN of an SNS topic.", []string{"NotificationARNs.member.1", "arn:aws:sqs:us-east-1:000000000000:queue"}},
		"a role of words":       {"Role twenty characters here is invalid or cannot be assumed", []string{"RoleARN", "twenty characters here"}},
		"a role that is a user": {"Role arn:aws:iam::000000000000:user/x is invalid or cannot be assumed", []string{"RoleARN", "arn:aws:iam::000000000000:user/x"}},
	} {
		t.Run(name, func(t *testing.T) {
			for operation, more := range map[string][]string{
				"CreateStack": {"StackName", "new", "TemplateBody", simple}, "UpdateStack": {"StackName", "app", "TemplateBody", simple},
				"CreateChangeSet": {"StackName", "app", "TemplateBody", simple, "ChangeSetName", "c"},
			} {
				d.wantRefused(400, "ValidationError", tt.part, operation, append(more, tt.parameters...)...)
			}
		})
	}
	d.wantRefused(400, "ValidationError", "Role twenty characters here is invalid", "DeleteStack", "StackName", "app", "RoleARN", "twenty characters here")
}

func TestSettingsThatCanBe(t *testing.T) {
	newDesk(t).create("app", simple, "Tags.member.1.Key", "awsome", "Tags.member.1.Value", "a", "NotificationARNs.member.1", "arn:aws:sns:us-east-1:000000000000:a_topic.fifo",
		"RoleARN", "arn:aws-cn:iam::000000000000:role/service-role/deploy@x")
}
