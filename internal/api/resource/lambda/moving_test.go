package lambda_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/lambda"
	"sluice/internal/api/resource/resourcetest"
	"sluice/internal/api/wire"
)

func deployment(id, status string) object {
	return object{"deploymentInfo": object{"deploymentId": id, "status": status, "description": "Update of C by CloudFormation " + resourcetest.Token}}
}

// target is a deployment's that moves an alias of the function f.
func target(alias string) object {
	return object{"deploymentTargets": []any{object{"lambdaTarget": object{"lambdaFunctionInfo": object{"functionName": "f", "functionAlias": alias}}}}}
}

func refused(code string) error { return &wire.Error{Code: code, Status: 409, Message: code} }

// script says what operations answer, each an error or an object; the last stays.
type script map[string][]any

// scripted answers by a script, and keeps the calls.
type scripted struct {
	script
	made []string
}

func (s *scripted) call(_ context.Context, _ wire.Origin, _, operation string, _ object) (object, error) {
	s.made = append(s.made, operation)
	answers := s.script[operation]
	if len(answers) == 0 {
		return object{}, nil
	}
	if len(answers) > 1 {
		s.script[operation] = answers[1:]
	}
	if err, failed := answers[0].(error); failed {
		return nil, err
	}
	return answers[0].(object), nil
}

func (s *scripted) provider() *resource.Provider {
	return resource.New(resource.Config{Call: s.call}, lambda.Types(nil)...)
}

func (s script) undo(t *testing.T, policy object) (made []string, err error) {
	c := &scripted{script: s}
	o := resourcetest.Order()
	o.Type, o.Undo, o.UpdatePolicy = "AWS::Lambda::Alias", true, policy
	o.Properties = object{"FunctionName": resourcetest.FunctionARN + "f", "Name": "live", "FunctionVersion": "1"}
	o.Old = object{"FunctionName": resourcetest.FunctionARN + "f", "Name": "live", "FunctionVersion": "2"}
	_, err = c.provider().Update(t.Context(), o)
	return c.made, err
}

func TestAnUndoTriesUntilTheAliasIsFree(t *testing.T) {
	made, err := script{
		"UpdateAlias": {refused("ResourceConflictException"), object{"AliasArn": resourcetest.FunctionARN + "f:live"}},
		"ListDeployments": {
			object{"deployments": []any{"d-1"}, "nextToken": "more"}, object{"deployments": []any{"d-2", "d-3"}}, object{"deployments": []any{}},
		},
		"BatchGetDeploymentTargets": {target("other"), refused("DeploymentNotStartedException"), target("live"), refused("DeploymentTargetDoesNotExistException")},
		"StopDeployment":            {refused("ServiceUnavailable"), refused("DeploymentAlreadyCompletedException")},
		"GetDeployment":             {deployment("d-2", "InProgress"), deployment("d-2", "Stopped")},
	}.undo(t, nil)
	const want = "UpdateAlias ListDeployments BatchGetDeploymentTargets ListDeployments BatchGetDeploymentTargets BatchGetDeploymentTargets " +
		"BatchGetDeploymentTargets StopDeployment StopDeployment GetDeployment GetDeployment ListDeployments UpdateAlias"
	if got := strings.Join(made, " "); got != want || err != nil {
		t.Errorf("the calls are %s, %v", got, err)
	}
}

func TestAnUndoFails(t *testing.T) {
	for name, s := range map[string]script{
		"to set a version that is gone": {"UpdateAlias": {refused("ResourceNotFoundException")}, "GetAlias": {object{"FunctionVersion": "2"}}},
		"to list deployments":           {"UpdateAlias": {refused("ResourceConflictException")}, "ListDeployments": {refused("ServiceException")}, "GetAlias": {object{}}},
		"to stop one": {
			"UpdateAlias": {refused("ResourceConflictException")}, "ListDeployments": {object{"deployments": []any{"d-1"}}}, "GetAlias": {object{}},
			"BatchGetDeploymentTargets": {target("live")}, "StopDeployment": {refused("InvalidDeploymentIdException")},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := s.undo(t, nil); err == nil || !strings.HasPrefix(err.Error(), "Resource handler returned message: ") {
				t.Errorf("the reason is %v", err)
			}
		})
	}
}

// The server was killed while it waited for the end of what it had started.
func TestARepeatedUpdateFindsADeploymentThatHasFailed(t *testing.T) {
	c := &scripted{script: script{
		"ListDeployments": {object{"deployments": []any{"d-2", "d-1"}}},
		"GetDeployment": {
			object{"deploymentInfo": object{"description": "another"}}, deployment("d-1", "Failed"),
			object{"deploymentInfo": object{"status": "Failed", "errorInformation": object{"message": "no"}, "rollbackInfo": object{"rollbackDeploymentId": "d-2"}}},
			deployment("d-2", "Succeeded"),
		},
	}}
	o := resourcetest.Order()
	o.Type, o.Repeated = "AWS::Lambda::Alias", true
	o.UpdatePolicy = object{"CodeDeployLambdaAliasUpdate": object{"ApplicationName": "app", "DeploymentGroupName": "group"}}
	o.Properties, o.Old = object{"FunctionName": "f", "Name": "live", "FunctionVersion": "2"}, object{"FunctionVersion": "1"}
	noted := (&resourcetest.Notes{}).Of(o)
	_, err := c.provider().Update(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), `"d-1 failed. no"`) || noted.Text() != "CodeDeploy rollback deployment started: d-2" {
		t.Errorf("the reason is %v, the notes are %s", err, noted.Text())
	}
}

func TestAnUpdateThatCanNotLookAtTheAlias(t *testing.T) {
	for name, s := range map[string]script{
		"gone":     {"GetAlias": {refused("ResourceNotFoundException")}},
		"two ways": {"GetAlias": {object{"FunctionVersion": "1", "RoutingConfig": object{}}}, "UpdateAlias": {refused("ServiceException")}},
	} {
		t.Run(name, func(t *testing.T) {
			c := &scripted{script: s}
			o := resourcetest.Order()
			o.Type, o.UpdatePolicy = "AWS::Lambda::Alias", object{"CodeDeployLambdaAliasUpdate": object{"ApplicationName": "app"}}
			o.Properties, o.Old = object{"FunctionName": "f", "Name": "live", "FunctionVersion": "2"}, object{"FunctionVersion": "1"}
			var worded interface{ Unwrap() error }
			if _, err := c.provider().Update(t.Context(), o); !errors.As(err, &worded) {
				t.Errorf("the reason is %v", err)
			}
		})
	}
}
