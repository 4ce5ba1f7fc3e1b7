package ssm_test

import (
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func TestLives(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	f.Live(t, resourcetest.Life{
		Type:       "AWS::SSM::Parameter",
		Properties: object{"Type": "StringList", "Value": "a,b", "Description": "old", "AllowedPattern": ".*"},
		Ref:        "CFN-Parameter-0123456789AB",
		Attributes: map[string]string{"Type": "StringList", "Value": "a,b"},
		Look: func(ref string) resourcetest.Look {
			return resourcetest.Look{Service: "SSM", Operation: "GetParameter", In: object{"Name": ref}, At: []any{"Parameter"}}
		},
		Gone:        "ParameterNotFound",
		Shown:       object{"Value": "a,b", "Version": 1},
		Changes:     object{"Value": "c", "Type": "String"},
		Changed:     object{"Value": "c", "Version": 2},
		Replacement: object{"Name": "/app/other"},
		Repeated:    true,
	})
}
