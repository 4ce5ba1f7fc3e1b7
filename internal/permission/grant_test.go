package permission_test

import (
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/permission"
)

func TestStatementsWordTheirConditionsAsAWSDoes(t *testing.T) {
	b := newBench(t)
	for _, tt := range []struct {
		grant permission.Grant
		want  string
	}{
		{permission.Grant{
			Sid: "a", Principal: "*", Action: "lambda:InvokeFunctionUrl", SourceAccount: "111111111111", SourceARN: "arn:aws:s3:::b",
			Organization: "o-1234567890", URLAuthType: "NONE",
		}, `"Condition":{"StringEquals":{"AWS:SourceAccount":"111111111111","lambda:FunctionUrlAuthType":"NONE","aws:PrincipalOrgID":"o-1234567890"},"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::b"}}`},
		{permission.Grant{Sid: "b", Principal: "*", Action: "lambda:InvokeFunction", ViaURL: new(true)},
			`"Condition":{"Bool":{"lambda:InvokedViaFunctionUrl":"true"}}`},
		{permission.Grant{Sid: "c", Principal: "*", Action: "lambda:InvokeFunction", EventToken: "token"},
			`"Condition":{"StringEquals":{"lambda:EventSourceToken":"token"}}`},
	} {
		s, err := b.Add(t.Context(), b.id, "", tt.grant)
		if err != nil || !strings.Contains(s.Text(), tt.want) {
			t.Errorf("%s, %v; want %s", s.Text(), err, tt.want)
		}
	}
}

func TestConditionsThatNoActionHas(t *testing.T) {
	b := newBench(t)
	for _, g := range []permission.Grant{
		{Sid: "a", Principal: "*", Action: "lambda:InvokeFunction", URLAuthType: "NONE"},
		{Sid: "a", Principal: "*", Action: "lambda:InvokeFunctionUrl", ViaURL: new(true)},
	} {
		_, err := b.Add(t.Context(), b.id, "", g)
		wantFault(t, err, fault.Invalid, "permission")
	}
}
