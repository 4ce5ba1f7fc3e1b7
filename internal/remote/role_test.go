package remote_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/codedeploy"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

func TestAGroupWithoutARoleGetsOneThatCodeDeployMayTake(t *testing.T) {
	t.Parallel()
	e := open(t)
	g := group()
	g.Role, g.Hooks = "", []string{"CodeDeployHook_preflight", "e2e"}
	if err := e.Prepare(t.Context(), g); err != nil {
		t.Fatal(err)
	}
	group, err := codedeploy.NewFromConfig(e.sdk()).GetDeploymentGroup(t.Context(),
		&codedeploy.GetDeploymentGroupInput{ApplicationName: &g.Application, DeploymentGroupName: &g.Name})
	if err != nil {
		t.Fatal(err)
	}
	name := new("SluiceCodeDeployRole")
	client := iam.NewFromConfig(e.sdk())
	found := need(client.GetRole(t.Context(), &iam.GetRoleInput{RoleName: name}))(t)
	trust, _ := url.QueryUnescape(*found.Role.AssumeRolePolicyDocument)
	if *found.Role.Arn != *group.DeploymentGroupInfo.ServiceRoleArn || !strings.Contains(trust, "codedeploy.amazonaws.com") {
		t.Errorf("role %s with %s, group's %s", *found.Role.Arn, trust, *group.DeploymentGroupInfo.ServiceRoleArn)
	}
	attached := need(client.ListAttachedRolePolicies(t.Context(), &iam.ListAttachedRolePoliciesInput{RoleName: name}))(t)
	if list := attached.AttachedPolicies; len(list) != 1 || *list[0].PolicyArn != "arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda" {
		t.Errorf("attached %+v", list)
	}
	inline := need(client.ListRolePolicies(t.Context(), &iam.ListRolePoliciesInput{RoleName: name}))(t)
	if list := inline.PolicyNames; len(list) != 1 || list[0] != "invoke-e2e" {
		t.Errorf("policies %q, want one for the hook that AWS's does not cover", list)
	}
	g.Name = "second"
	if err := e.Prepare(t.Context(), g); err != nil {
		t.Errorf("with the role there: %v", err)
	}
}

func TestARoleThatAnotherRunMakesMeanwhileIsTaken(t *testing.T) {
	t.Parallel()
	e := open(t)
	g := group()
	g.Role = ""
	need(0, e.Prepare(t.Context(), g))(t)
	asked := false
	e.meddler.meddle(func(w http.ResponseWriter, r *http.Request) bool {
		if asked || actionOf(r) != "iam:GetRole" {
			return false
		}
		asked = true
		w.WriteHeader(http.StatusNotFound)
		io.WriteString(w, `<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>none</Message></Error></ErrorResponse>`)
		return true
	}, nil)
	g.Name = "second"
	if err := e.Prepare(t.Context(), g); err != nil || !asked {
		t.Errorf("%v, asked %v", err, asked)
	}
}

func TestARoleThatCodeDeployDoesNotKnowYetIsTriedAgain(t *testing.T) {
	t.Parallel()
	tries := 0
	e := answering(t, func(w http.ResponseWriter, r *http.Request) {
		switch _, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), "."); operation {
		case "GetDeploymentGroup":
			reply(w, 400, "ApplicationDoesNotExistException", "none")
		case "CreateDeploymentGroup":
			if tries++; tries < 4 {
				reply(w, 400, "InvalidRoleException", "Cannot assume role")
				return
			}
			io.WriteString(w, `{}`)
		default:
			io.WriteString(w, `{}`)
		}
	})
	g := group()
	g.Strategy = deployer.Strategy{}
	if err := e.Prepare(t.Context(), g); err != nil || tries != 4 {
		t.Errorf("%v after %d tries", err, tries)
	}
}

func TestARoleThatMayNotBeMadeNamesTheAction(t *testing.T) {
	t.Parallel()
	e := answering(t, func(w http.ResponseWriter, r *http.Request) {
		switch target := r.Header.Get("X-Amz-Target"); {
		case strings.HasSuffix(target, "GetDeploymentGroup"):
			reply(w, 400, "DeploymentGroupDoesNotExistException", "none")
		case target != "":
			io.WriteString(w, `{}`)
		default:
			w.WriteHeader(http.StatusForbidden)
			io.WriteString(w, `<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>`)
		}
	})
	g := group()
	g.Role = ""
	refused(t, e.Prepare(t.Context(), g), fault.Denied, "role", "read the role SluiceCodeDeployRole: no (the IAM action is iam:GetRole)")
}
