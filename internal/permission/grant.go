package permission

import (
	"strconv"

	"sluice/internal/fault"
	"sluice/internal/policy"
)

// Grant asks for a permission: a statement in a resource policy. Empty fields set no condition.
type Grant struct {
	Sid           string
	Principal     string // as policy.ParsePrincipal takes it
	Action        string
	SourceAccount string
	SourceARN     string // may have wildcards
	Organization  string // ID of the principal's
	EventToken    string // that the caller of an Alexa skill must hand over
	URLAuthType   string // of the function URL: AWS_IAM or NONE
	ViaURL        *bool  // whether the invocation has to come through a function URL
	Revision      string // if given, the revision that the policy must have, or what it is put on if it is the first statement
}

// statement words a grant as AWS does: in its order of conditions (recordings test_add_lambda_permission_fields).
func (g *Grant) statement(resource string) (policy.Statement, error) {
	principal, err := policy.ParsePrincipal(g.Principal)
	if err != nil {
		return policy.Statement{}, err
	}
	if err := g.checkAction(); err != nil {
		return policy.Statement{}, err
	}
	s := policy.Statement{Sid: g.Sid, Principal: principal, Action: g.Action, Resource: resource}
	var viaURL string
	if g.ViaURL != nil {
		viaURL = strconv.FormatBool(*g.ViaURL)
	}
	for _, c := range []policy.Condition{
		{Operator: "StringEquals", Key: "AWS:SourceAccount", Value: g.SourceAccount},
		{Operator: "StringEquals", Key: "lambda:EventSourceToken", Value: g.EventToken},
		{Operator: "StringEquals", Key: "lambda:FunctionUrlAuthType", Value: g.URLAuthType},
		{Operator: "StringEquals", Key: "aws:PrincipalOrgID", Value: g.Organization},
		{Operator: "ArnLike", Key: "AWS:SourceArn", Value: g.SourceARN},
		{Operator: "Bool", Key: "lambda:InvokedViaFunctionUrl", Value: viaURL},
	} {
		if c.Value != "" {
			s.Conditions = append(s.Conditions, c)
		}
	}
	return s, nil
}

// checkAction refuses conditions that another action has.
func (g *Grant) checkAction() error {
	if g.URLAuthType != "" && g.Action != "lambda:InvokeFunctionUrl" {
		return fault.Errorf(fault.Invalid, "permission", "FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action")
	}
	if g.ViaURL != nil && g.Action != "lambda:InvokeFunction" {
		return fault.Errorf(fault.Invalid, "permission", "InvokedViaFunctionUrl is only supported for lambda:InvokeFunction action")
	}
	return nil
}
