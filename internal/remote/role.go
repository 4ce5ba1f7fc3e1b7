package remote

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/iam"

	"sluice/internal/fault"
)

// roleName is the service role that is made for groups which name none. One serves all projects of an account.
const roleName = "SluiceCodeDeployRole"

// trust lets CodeDeploy take the role ("Create a service role for CodeDeploy").
const trust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"codedeploy.amazonaws.com"},"Action":"sts:AssumeRole"}]}`

// managedPolicy is AWS's own for CodeDeploy on Lambda. It lets CodeDeploy call only hooks named CodeDeployHook_….
const managedPolicy = "policy/service-role/AWSCodeDeployRoleForLambda"

// serviceRole returns the ARN of the role, which is made if it is missing, and completed in any case: a run may have been cut
// off in its midst.
func (e *Endpoint) serviceRole(ctx context.Context, hooks []string) (arn string, err error) {
	if arn, err = e.role(ctx); err != nil {
		return "", err
	}
	policy := "arn:" + partition(e.region) + ":iam::aws:" + managedPolicy
	_, err = e.iam.AttachRolePolicy(ctx, &iam.AttachRolePolicyInput{RoleName: new(roleName), PolicyArn: &policy})
	if err != nil {
		return "", failed(err, "role", "attach %s to the role %s", policy, roleName)
	}
	return arn, e.allowHooks(ctx, hooks)
}

// role makes the role if it is missing. Two runs may do so at once.
func (e *Endpoint) role(ctx context.Context) (arn string, err error) {
	arn, err = e.findRole(ctx)
	if !fault.Is(err, fault.NotFound, "role") {
		return arn, err
	}
	made, err := e.iam.CreateRole(ctx, &iam.CreateRoleInput{
		RoleName: new(roleName), AssumeRolePolicyDocument: new(trust),
		Description: new("Lets CodeDeploy move aliases of Lambda functions for Sluice"),
	})
	if err = failed(err, "role", "create the role %s", roleName); fault.Is(err, fault.Conflict, "role") {
		return e.findRole(ctx)
	} else if err != nil {
		return "", err
	}
	return text(made.Role.Arn), nil
}

func (e *Endpoint) findRole(ctx context.Context) (arn string, err error) {
	found, err := e.iam.GetRole(ctx, &iam.GetRoleInput{RoleName: new(roleName)})
	if err != nil {
		return "", failed(err, "role", "read the role %s", roleName)
	}
	return text(found.Role.Arn), nil
}

// allowHooks lets CodeDeploy call hook functions whose names AWS's policy does not cover. Each has a policy of its own in the
// role, so that projects do not undo each other's.
func (e *Endpoint) allowHooks(ctx context.Context, hooks []string) error {
	for _, hook := range hooks {
		if strings.HasPrefix(hook, "CodeDeployHook_") {
			continue
		}
		policy, err := invoking("arn:" + partition(e.region) + ":lambda:*:*:function:" + hook)
		if err != nil {
			return err
		}
		_, err = e.iam.PutRolePolicy(ctx, &iam.PutRolePolicyInput{
			RoleName: new(roleName), PolicyName: new("invoke-" + hook), PolicyDocument: &policy,
		})
		if err != nil {
			return failed(err, "role", "let the role %s invoke the hook %s", roleName, hook)
		}
	}
	return nil
}

// invoking is a policy that allows to invoke a function and its versions.
func invoking(arn string) (policy string, err error) {
	document, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": []any{map[string]any{
		"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": []string{arn, arn + ":*"},
	}}})
	return string(document), err
}

// partition is the part of AWS that a region belongs to.
func partition(region string) string {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov"
	}
	return "aws"
}
