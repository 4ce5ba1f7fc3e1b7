package remote_test

import (
	"fmt"

	"sluice/internal/deployer"
	"sluice/internal/remote"
)

// A pipeline that only moves an alias needs no right to send code.
func ExampleLeastPolicy() {
	env := &deployer.Environment{Publish: true, Checks: deployer.Checks{Errors: -1}}
	moves := deployer.Decision{
		Function: deployer.Function{Name: "calculator"},
		Found:    &deployer.Found{Alias: &deployer.Alias{Name: "LIVE", Version: "3"}},
		Move:     deployer.Move{Kind: deployer.Start, From: "3", To: "4"},
	}
	policy := remote.LeastPolicy(remote.Place{Region: "eu-west-1", Account: "123456789012"}, env, []deployer.Decision{moves})
	for _, statement := range policy.Statement {
		fmt.Println(statement.Resource)
		for _, action := range statement.Action {
			fmt.Println("-", action)
		}
	}
	// Output:
	// [arn:aws:lambda:eu-west-1:123456789012:function:calculator*]
	// - lambda:GetAlias
	// - lambda:GetFunction
	// - lambda:ListAliases
	// - lambda:ListTags
	// - lambda:ListVersionsByFunction
	// - lambda:UpdateAlias
}
