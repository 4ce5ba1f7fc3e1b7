package server_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// cloudformation makes a call with parameters that stand in pairs, and returns its status and answer.
func (c caller) cloudformation(operation string, parameters ...string) (int, string) {
	c.t.Helper()
	form := url.Values{"Action": {operation}, "Version": {"2010-05-15"}}
	for i := 0; i+1 < len(parameters); i += 2 {
		form.Set(parameters[i], parameters[i+1])
	}
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	r, err := c.Request(c.t.Context(), "cloudformation", "POST", "/", header, []byte(form.Encode()))
	if err != nil {
		c.t.Fatal(err)
	}
	w, err := c.HTTP.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return w.StatusCode, string(body)
}

// settled waits until a stack does nothing more, and returns what is told of it.
func (c caller) settled(stack string) string {
	c.t.Helper()
	for until := time.Now().Add(30 * time.Second); ; {
		status, body := c.cloudformation("DescribeStacks", "StackName", stack)
		if status != http.StatusOK {
			c.t.Fatalf("%d %s", status, body)
		}
		if !strings.Contains(body, "_IN_PROGRESS</StackStatus>") {
			return body
		}
		if time.Now().After(until) {
			c.t.Fatalf("still %s", body)
		}
	}
}

// ssm makes a call of Systems Manager that has to succeed.
func (c caller) ssm(operation string, in object) string {
	c.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		c.t.Fatal(err)
	}
	header := http.Header{"X-Amz-Target": {"AmazonSSM." + operation}, "Content-Type": {"application/x-amz-json-1.1"}}
	r, err := c.Request(c.t.Context(), "ssm", "POST", "/", header, body)
	if err != nil {
		c.t.Fatal(err)
	}
	w, err := c.HTTP.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer w.Body.Close()
	answer, err := io.ReadAll(w.Body)
	if err != nil || w.StatusCode != http.StatusOK {
		c.t.Fatalf("%s: %d %s, %v", operation, w.StatusCode, answer, err)
	}
	return string(answer)
}

// The templates of a stack from a bucket: its own, a nested stack's and a snippet; and its parameter from a stored one.
var inBuckets = map[string]string{
	"parent.yaml": `
Parameters:
  Rate: {Type: "AWS::SSM::Parameter::Value<String>", Default: /rate}
Resources:
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://templates/snippet.yaml}}
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: https://templates.s3.us-east-1.amazonaws.com/child.yaml, Parameters: {Value: !Ref Rate}}
Outputs:
  Copied: {Value: !GetAtt Child.Outputs.Copied}
`,
	"child.yaml": `
Parameters: {Value: {Type: String}}
Resources:
  Copy: {Type: AWS::SSM::Parameter, Properties: {Name: /copy, Type: String, Value: !Ref Value}}
Outputs:
  Copied: {Value: !GetAtt Copy.Value}
`,
	"snippet.yaml": "Included: {Type: AWS::SSM::Parameter, Properties: {Name: /included, Type: String, Value: {Ref: Rate}}}\n",
}

func TestAStackFromABucket(t *testing.T) {
	c := startServer(t, nil)
	c.store("PUT", "/templates", nil)
	for key, text := range inBuckets {
		c.store("PUT", "/templates/"+key, []byte(text))
	}
	c.ssm("PutParameter", object{"Name": "/rate", "Type": "String", "Value": "seven"})
	status, body := c.cloudformation("CreateStack", "StackName", "parent", "TemplateURL", c.URL+"/templates/parent.yaml", "Capabilities.member.1", "CAPABILITY_AUTO_EXPAND")
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	described := c.settled("parent")
	for _, want := range []string{
		"<StackStatus>CREATE_COMPLETE</StackStatus>", "<OutputKey>Copied</OutputKey><OutputValue>seven</OutputValue>", "<ResolvedValue>seven</ResolvedValue>",
	} {
		if !strings.Contains(described, want) {
			t.Errorf("the stack is %s, without %s", described, want)
		}
	}
	if included := c.ssm("GetParameter", object{"Name": "/included"}); !strings.Contains(included, `"Value":"seven"`) {
		t.Errorf("the snippet's parameter is %s", included)
	}
	if status, body := c.cloudformation("DeleteStack", "StackName", "parent"); status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	for until := time.Now().Add(30 * time.Second); ; {
		status, body := c.cloudformation("DescribeStacks")
		if status == http.StatusOK && strings.Contains(body, "<Stacks></Stacks>") {
			break
		}
		if time.Now().After(until) {
			t.Fatalf("%d %s", status, body)
		}
	}
}

// A template's error is the client's, whatever is wrong with it, and so is a stack's that can't be what it is to be.
func TestAStackThatCantBe(t *testing.T) {
	c := startServer(t, nil)
	c.ssm("PutParameter", object{"Name": "/secret", "Type": "SecureString", "Value": "hush"})
	for name, tt := range map[string]struct{ template, code, part string }{
		"no template":          {"{", "ValidationError", "not well-formed"},
		"a type that is none":  {`{"Resources":{"X":{"Type":"AWS::No::Type"}}}`, "ValidationError", "AWS::No::Type"},
		"a reference to none":  {`{"Resources":{"P":{"Type":"AWS::SSM::Parameter","Properties":{"Type":"String","Value":{"Ref":"None"}}}}}`, "ValidationError", "[None]"},
		"a stored secret":      {`{"Parameters":{"S":{"Type":"AWS::SSM::Parameter::Value<String>","Default":"/secret"}},"Resources":{"P":{"Type":"AWS::SSM::Parameter"}}}`, "ValidationError", "S"},
		"roles without asking": {`{"Resources":{"R":{"Type":"AWS::IAM::Role","Properties":{"AssumeRolePolicyDocument":{}}}}}`, "InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_IAM]"},
	} {
		t.Run(name, func(t *testing.T) {
			c.t = t
			status, body := c.cloudformation("CreateStack", "StackName", "app", "TemplateBody", tt.template)
			if status != http.StatusBadRequest || !strings.Contains(body, "<Code>"+tt.code+"</Code>") || !strings.Contains(body, tt.part) || strings.Contains(body, "hush") {
				t.Errorf("%d %s", status, body)
			}
		})
	}
}

// Buckets have a region of their own, and a stack may be in another one.
func TestATemplateInAnotherRegion(t *testing.T) {
	c := startServer(t, nil)
	europe := *c.Client
	europe.Region = "eu-west-1"
	there := caller{t, &europe}
	there.store("PUT", "/templates", []byte("<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>"))
	there.store("PUT", "/templates/child.yaml", []byte(inBuckets["child.yaml"]))
	status, body := c.cloudformation("ValidateTemplate", "TemplateURL", "https://templates.s3.eu-west-1.amazonaws.com/child.yaml")
	if status != http.StatusOK || !strings.Contains(body, "<ParameterKey>Value</ParameterKey>") {
		t.Errorf("%d %s", status, body)
	}
}
