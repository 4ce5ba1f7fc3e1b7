package stack

import (
	"slices"
	"strings"
	"testing"
)

// policyOf is one of statements whose quotes are single ones.
func policyOf(statements ...string) string {
	return strings.ReplaceAll(`{'Statement': [`+strings.Join(statements, ",")+`]}`, "'", `"`)
}

// CloudFormation User Guide, "Prevent updates to stack resources".
func TestDenials(t *testing.T) {
	const all = `{'Effect': 'Allow', 'Principal': '*', 'Action': 'Update:*', 'Resource': '*'}`
	for name, tt := range map[string]struct {
		policy  string
		allowed []Verb
	}{
		"none":                          {"", []Verb{ToUpdate, ToReplace, ToDelete}},
		"of no statements":              {policyOf(), nil},
		"that allows all":               {policyOf(all), []Verb{ToUpdate, ToReplace, ToDelete}},
		"that denies one action":        {policyOf(all, `{'Effect': 'Deny', 'Action': 'Update:Replace', 'Resource': '*'}`), []Verb{ToUpdate, ToDelete}},
		"that denies first":             {policyOf(`{'Effect': 'Deny', 'Action': 'Update:Replace', 'Resource': '*'}`, all), []Verb{ToUpdate, ToDelete}},
		"that denies all but one":       {policyOf(all, `{'Effect': 'Deny', 'NotAction': 'Update:Modify', 'Resource': '*'}`), []Verb{ToUpdate}},
		"that denies two actions":       {policyOf(all, `{'Effect': 'Deny', 'Action': ['Update:Replace', 'Update:Delete'], 'Resource': '*'}`), []Verb{ToUpdate}},
		"about the resource":            {policyOf(all, `{'Effect': 'Deny', 'Action': 'Update:*', 'Resource': 'LogicalResourceId/Table'}`), nil},
		"about resources by a star":     {policyOf(all, `{'Effect': 'Deny', 'Action': 'Update:*', 'Resource': 'LogicalResourceId/Tab*'}`), nil},
		"about another resource":        {policyOf(all, `{'Effect': 'Deny', 'Action': 'Update:*', 'Resource': 'LogicalResourceId/Function'}`), []Verb{ToUpdate, ToReplace, ToDelete}},
		"about all other resources":     {policyOf(all, `{'Effect': 'Deny', 'Action': 'Update:*', 'NotResource': 'LogicalResourceId/Table'}`), []Verb{ToUpdate, ToReplace, ToDelete}},
		"about all but another":         {policyOf(all, `{'Effect': 'Deny', 'Action': 'Update:*', 'NotResource': 'LogicalResourceId/Function'}`), nil},
		"about the type":                {policyOf(all, `{'Effect': 'Deny', 'Action': 'Update:*', 'Resource': '*', 'Condition': {'StringEquals': {'ResourceType': ['Thing']}}}`), nil},
		"about types by a star":         {policyOf(all, `{'Effect': 'Deny', 'Action': 'Update:*', 'Resource': '*', 'Condition': {'StringLike': {'ResourceType': ['Th*']}}}`), nil},
		"about another type":            {policyOf(all, `{'Effect': 'Deny', 'Action': 'Update:*', 'Resource': '*', 'Condition': {'StringEquals': {'ResourceType': ['Loose']}}}`), []Verb{ToUpdate, ToReplace, ToDelete}},
		"that allows one action":        {policyOf(`{'Effect': 'Allow', 'Action': 'Update:Modify', 'Resource': '*'}`), []Verb{ToUpdate}},
		"that allows another's changes": {policyOf(`{'Effect': 'Allow', 'Action': 'Update:*', 'Resource': 'LogicalResourceId/Function'}`), nil},
		"in other letters":              {policyOf(`{'Effect': 'Allow', 'Action': 'update:MODIFY', 'Resource': 'logicalresourceid/TABLE'}`), []Verb{ToUpdate}},
	} {
		t.Run(name, func(t *testing.T) {
			if err := checkPolicy(tt.policy); err != nil {
				t.Fatal(err)
			}
			r := &Resource{LogicalID: "Table", Instance: Instance{Type: "Thing"}}
			var allowed []Verb
			for _, verb := range []Verb{ToUpdate, ToReplace, ToDelete} {
				if denial(tt.policy, verb, r) == "" {
					allowed = append(allowed, verb)
				}
			}
			if !slices.Equal(allowed, tt.allowed) {
				t.Errorf("allowed are %v, want %v", allowed, tt.allowed)
			}
		})
	}
}
