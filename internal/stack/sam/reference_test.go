package sam

import "testing"

func TestSettleReferences(t *testing.T) {
	for _, tt := range []struct {
		name  string
		value any
		want  string
	}{
		{"a property", ref("F.Alias"), `{"Ref":"FAliaslive"}`},
		{"another property", ref("F.Other"), `{"Ref":"F.Other"}`},
		{"an attribute of a property", getAtt("F.Alias", "Arn"), `{"Fn::GetAtt":["FAliaslive","Arn"]}`},
		{"as tools cut it", getAtt("F", "Alias.Arn"), `{"Fn::GetAtt":["FAliaslive","Arn"]}`},
		{"an attribute of its own", getAtt("F", "Arn"), `{"Fn::GetAtt":["F","Arn"]}`},
		{"in a text", sub("${F.Alias}:${F.Alias.Arn}:${F.Arn}:${!F.Alias}"), `{"Fn::Sub":"${FAliaslive}:${FAliaslive.Arn}:${F.Arn}:${!F.Alias}"}`},
		{"another ID", ref("Layer"), `{"Ref":"Layer123"}`},
		{"an attribute of another ID", getAtt("Layer", "Arn"), `{"Fn::GetAtt":["Layer123","Arn"]}`},
		{"another ID in a text", sub("${Layer}-${Layer.Arn}-${Layers}"), `{"Fn::Sub":"${Layer123}-${Layer123.Arn}-${Layers}"}`},
		{"what depends on one", map[string]any{"DependsOn": "Layer"}, `{"DependsOn":"Layer123"}`},
		{"what depends on several", map[string]any{"DependsOn": []any{"F", "Layer"}, "x": "Layer"}, `{"DependsOn":["F","Layer123"],"x":"Layer"}`},
		{"an attribute that is no text", map[string]any{"Fn::GetAtt": []any{"F", ref("X")}}, `{"Fn::GetAtt":["F",{"Ref":"X"}]}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := &transform{
				renamed:    map[string]string{"Layer": "Layer123"},
				references: map[string]map[string]string{"F": {"Alias": "FAliaslive"}},
				template:   map[string]any{"x": tt.value},
			}
			tr.settleReferences()
			if got := canonical(tr.template["x"]); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}
