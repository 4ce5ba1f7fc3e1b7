package openapi

import "testing"

const (
	allowA = `{"Effect":"Allow","Action":"execute-api:Invoke","Principal":"*","Resource":[{"Fn::Sub":["execute-api:/${__Stage__}/GET/a/*",{"__Stage__":"s"}]}]}`
	denyA  = `{"Effect":"Deny","Action":"execute-api:Invoke","Principal":"*","Resource":[{"Fn::Sub":["execute-api:/${__Stage__}/GET/a/*",{"__Stage__":"s"}]}],"Condition":`
)

func TestAddPolicy(t *testing.T) {
	for _, c := range []struct{ name, properties, want string }{
		{"accounts alone", `{"AwsAccountWhitelist":["1"]}`,
			`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"execute-api:Invoke","Principal":{"AWS":["1"]},"Resource":[{"Fn::Sub":["execute-api:/${__Stage__}/GET/a/*",{"__Stage__":"s"}]}]}}`},
		{"addresses", `{"IpRangeBlacklist":"1.2.3.4"}`,
			`{"Version":"2012-10-17","Statement":[` + allowA + `,` + denyA + `{"IpAddress":{"aws:SourceIp":["1.2.3.4"]}}}]}`},
		{"addresses on both lists allow once", `{"IpRangeBlacklist":["1"],"IpRangeWhitelist":["2"]}`,
			`{"Version":"2012-10-17","Statement":[` + allowA + `,` + denyA + `{"NotIpAddress":{"aws:SourceIp":["2"]}}},` + denyA + `{"IpAddress":{"aws:SourceIp":["1"]}}}]}`},
		{"networks", `{"SourceVpcWhitelist":["vpc-1","vpce-2","other"],"IntrinsicVpcWhitelist":[{"Ref":"V"}]}`,
			`{"Version":"2012-10-17","Statement":[` + allowA + `,` + denyA + `{"StringNotEquals":{"aws:SourceVpc":["vpc-1",{"Ref":"V"}],"aws:SourceVpce":["vpce-2"]}}}]}`},
		{"nothing", `{}`, `{}`},
		{"networks that are functions", `{"SourceVpcBlacklist":[{"Ref":"V"}]}`,
			"error: SourceVpcBlacklist must be a list of strings. Use IntrinsicVpcBlacklist instead for values that use Intrinsic Functions"},
		{"accounts as text", `{"AwsAccountBlacklist":"1"}`, "error: Type of '1' must be a list or dictionary"},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkEdit(t, swagger(`{"/a/{b}":{"get":{}}}`), policyKey, c.want, func(d *Document) error {
				return d.AddPolicy(tree(t, c.properties).(*Dict), "/a/{b}", "s")
			})
		})
	}
}

func TestAddStatements(t *testing.T) {
	for _, c := range []struct{ name, policy, statements, want string }{
		{"the first", `{}`, `{"a":1}`, `{"Version":"2012-10-17","Statement":{"a":1}}`},
		{"more", `{"Statement":{"a":1}}`, `[{"a":1},{"b":2}]`, `{"Version":"2012-10-17","Statement":[{"a":1},{"b":2}]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkEdit(t, swagger(`{}`, `"x-amazon-apigateway-policy":`+c.policy), policyKey, c.want, func(d *Document) error {
				return d.AddStatements(tree(t, c.statements))
			})
		})
	}
}
