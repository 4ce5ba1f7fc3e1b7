package cloudformation

import (
	"strings"
	"testing"
)

// The newest comes first; resources show the properties that they are made with, the stack itself none.
func TestDescribeStackEvents(t *testing.T) {
	d := newDesk(t)
	id := d.create("app", simple)
	body := d.must("DescribeStackEvents", "StackName", "app")
	last := 0
	for _, part := range []string{
		"<LogicalResourceId>app</LogicalResourceId><PhysicalResourceId>" + id + "</PhysicalResourceId><ResourceType>AWS::CloudFormation::Stack</ResourceType>",
		"<ResourceStatus>CREATE_COMPLETE</ResourceStatus>",
		"<LogicalResourceId>One</LogicalResourceId><PhysicalResourceId>thing-One</PhysicalResourceId><ResourceType>Test::Any::Thing</ResourceType>",
		"<ResourceProperties>{&#34;Value&#34;:&#34;1&#34;}</ResourceProperties>",
		"<ResourceStatusReason>Resource creation Initiated</ResourceStatusReason>",
		"<LogicalResourceId>One</LogicalResourceId><PhysicalResourceId></PhysicalResourceId>",
		"<ResourceStatusReason>User Initiated</ResourceStatusReason>",
	} {
		at := strings.Index(body[last:], part)
		if at < 0 {
			t.Fatalf("after %d there is no %s in %s", last, part, body)
		}
		last += at
	}
	if count := strings.Count(body, "<ResourceProperties>"); count != 3 {
		t.Errorf("%d events have properties, want the 3 of the resource: %s", count, body)
	}
}

func TestTokensOfEvents(t *testing.T) {
	d := newDesk(t)
	d.create("app", simple)
	all := strings.Count(d.must("DescribeStackEvents", "StackName", "app"), "<EventId>")
	if behind := strings.Count(d.must("DescribeStackEvents", "StackName", "app", "NextToken", *writeToken("events", "3")), "<EventId>"); all != 5 || behind != 2 {
		t.Errorf("%d events, and %d below the third", all, behind)
	}
	for name, token := range map[string]string{
		"of no number": *writeToken("events", "x"), "of 0": *writeToken("events", "0"), "below 0": *writeToken("events", "-1"),
		"of another list": *writeToken("stacks", "3"), "that is none": "%", "too large": *writeToken("events", "99999999999999999999"),
	} {
		t.Run(name, func(t *testing.T) {
			d.t = t
			d.wantRefused(400, "ValidationError", "The specified NextToken is not one that this operation gave out.", "DescribeStackEvents", "StackName", "app", "NextToken", token)
		})
	}
}
