package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// stacked is how long a stack of functions took, each with a role, a version, an alias and an alarm.
type stacked struct {
	functions, resources int
	created, unchanged   time.Duration
}

const stackFunctions = 200

// measureStack creates a stack, and updates it with the same template.
func measureStack(ctx context.Context, t tools) (m stacked, err error) {
	s, err := startSluice(ctx, t, filepath.Join(t.folder, "stack"))
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	text, resources, err := stackTemplate(stackFunctions)
	if err != nil {
		return m, err
	}
	m.functions, m.resources = stackFunctions, resources
	form := url.Values{"StackName": {"bench"}, "TemplateBody": {text}, "Capabilities.member.1": {"CAPABILITY_IAM"}}
	began := time.Now()
	if _, err := s.cloudformation(ctx, "CreateStack", form); err != nil {
		return m, err
	}
	if err := s.awaitStack(ctx, "CREATE_COMPLETE"); err != nil {
		return m, err
	}
	m.created = time.Since(began)
	began = time.Now()
	if answer, err := s.cloudformation(ctx, "UpdateStack", form); err == nil || !strings.Contains(answer, "No updates are to be performed.") {
		return m, fmt.Errorf("an update with the same template was answered %q, %w", answer, err)
	}
	m.unchanged = time.Since(began)
	return m, nil
}

// stackTemplate returns a template with functions and what belongs to each, and how many resources it has.
func stackTemplate(functions int) (text string, resources int, err error) {
	all := object{"Role": object{"Type": "AWS::IAM::Role", "Properties": object{"AssumeRolePolicyDocument": object{
		"Version": "2012-10-17", "Statement": []object{{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": object{"Service": "lambda.amazonaws.com"}}},
	}}}}
	for n := range functions {
		name := fmt.Sprint("Function", n)
		all[name] = object{"Type": "AWS::Lambda::Function", "Properties": object{
			"Runtime": "nodejs22.x", "Handler": "index.handler", "Role": object{"Fn::GetAtt": []string{"Role", "Arn"}},
			"Code": object{"ZipFile": fmt.Sprintf("exports.handler = async () => %d;", n)},
		}}
		all[name+"Version"] = object{"Type": "AWS::Lambda::Version", "Properties": object{"FunctionName": object{"Ref": name}}}
		all[name+"Alias"] = object{"Type": "AWS::Lambda::Alias", "Properties": object{
			"FunctionName": object{"Ref": name}, "Name": "live", "FunctionVersion": object{"Fn::GetAtt": []string{name + "Version", "Version"}},
		}}
		all[name+"Alarm"] = object{"Type": "AWS::CloudWatch::Alarm", "Properties": object{
			"Namespace": "AWS/Lambda", "MetricName": "Errors", "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1, "Threshold": 1,
			"ComparisonOperator": "GreaterThanOrEqualToThreshold",
			"Dimensions":         []object{{"Name": "FunctionName", "Value": object{"Ref": name}}},
		}}
	}
	written, err := json.Marshal(object{"Resources": all})
	return string(written), len(all), err
}

// awaitStack waits until the stack has a status, or another one that is final.
func (s *instance) awaitStack(ctx context.Context, want string) error {
	for {
		answer, err := s.cloudformation(ctx, "DescribeStacks", url.Values{"StackName": {"bench"}})
		if err != nil {
			return err
		}
		_, rest, _ := strings.Cut(answer, "<StackStatus>")
		status, _, _ := strings.Cut(rest, "<")
		switch {
		case status == want:
			return nil
		case !strings.HasSuffix(status, "_IN_PROGRESS"):
			return fmt.Errorf("the stack is %s: %s", status, answer)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// cloudformation calls an operation and returns the answer's body, which an error has too.
func (s *instance) cloudformation(ctx context.Context, operation string, form url.Values) (string, error) {
	form.Set("Action", operation)
	form.Set("Version", "2010-05-15")
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded; charset=utf-8"}}
	r, err := s.client.Request(ctx, "cloudformation", "POST", "/", header, []byte(form.Encode()))
	if err != nil {
		return "", err
	}
	answer, err := s.client.HTTP.Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %s", operation, answer.Status, body)
	}
	return string(body), err
}
