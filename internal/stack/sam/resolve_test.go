package sam

import (
	"errors"
	"testing"
)

func resolver(parameters map[string]any) *transform {
	return &transform{parameters: parameters, mappings: map[string]any{
		"M": map[string]any{"a": map[string]any{"b": "found"}, "flat": "text"},
	}}
}

func TestResolvePutsParametersInPlace(t *testing.T) {
	tr := resolver(map[string]any{
		"Name": "n", "List": []any{"a"}, "Later": "{{IntrinsicFunction:api-xx/MyStack.Outputs.API/Fn::GetAtt}}",
	})
	for _, tt := range []struct {
		name  string
		value any
		want  string
	}{
		{"a reference", ref("Name"), `"n"`},
		{"a list", ref("List"), `["a"]`},
		{"inside", map[string]any{"a": []any{ref("Name")}}, `{"a":["n"]}`},
		{"of a resource", ref("Function"), `{"Ref":"Function"}`},
		{"what a nested stack does not know yet", ref("Later"), `{"Ref":"Later"}`},
		{"in a text", sub("${Name}-${Function}-${!Name}"), `{"Fn::Sub":"n-${Function}-${!Name}"}`},
		{"in a text with variables", subWith("${Name}${x}", map[string]any{"x": ref("Name")}), `{"Fn::Sub":["n${x}",{"x":"n"}]}`},
		{"an attribute stays", getAtt("Name", "Arn"), `{"Fn::GetAtt":["Name","Arn"]}`},
		{"a map with more than a function", map[string]any{"Ref": "Name", "b": "c"}, `{"Ref":"Name","b":"c"}`},
	} {
		if got := canonical(tr.resolve(tt.value)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	if tr.fatal != nil {
		t.Error(tr.fatal)
	}
}

func TestResolveRefusesListsInTexts(t *testing.T) {
	tr := resolver(map[string]any{"List": []any{"a", "b"}})
	tr.resolve(sub("${List}"))
	want := "Structure of the SAM template is invalid. Invalid Fn::Sub variable value ['a', 'b']. Fn::Sub expects all variables to be strings."
	if tr.fatal == nil || tr.fatal.text != want {
		t.Errorf("got %v, want %s", tr.fatal, want)
	}
}

func TestLookUp(t *testing.T) {
	find := func(names ...any) map[string]any { return map[string]any{"Fn::FindInMap": names} }
	for _, tt := range []struct {
		name        string
		value       any
		want, fatal string
	}{
		{"what is there", find("M", "a", "b"), `"found"`, ""},
		{"a key that is not", find("M", "a", "c"), `{"Fn::FindInMap":["M","a","c"]}`, ""},
		{"a key that is not known yet", find("M", ref("X"), "b"), `{"Fn::FindInMap":["M",{"Ref":"X"},"b"]}`, ""},
		{"a mapping of one level", find("M", "flat", "b"), `{"Fn::FindInMap":["M","flat","b"]}`,
			"Structure of the SAM template is invalid. Cannot use Fn::FindInMap on Mapping 'M' which is not a a two-level map."},
		{"two names", find("M", "a"), `{"Fn::FindInMap":["M","a"]}`,
			"Structure of the SAM template is invalid. Invalid FindInMap value ['M', 'a']. FindInMap expects an array with 3 values."},
	} {
		tr := resolver(nil)
		if got := canonical(tr.lookUp(tt.value)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		if tr.fatal == nil && tt.fatal != "" || tr.fatal != nil && tr.fatal.text != tt.fatal {
			t.Errorf("%s: %v, want %s", tt.name, tr.fatal, tt.fatal)
		}
	}
}

func TestPseudoParametersStayReferences(t *testing.T) {
	o := Options{Region: "eu-west-1", Parameters: map[string]any{"AWS::StackName": "s", "AWS::NoValue": "", "P": "p"}}
	got := parameterValues(map[string]any{"Parameters": map[string]any{"P": map[string]any{"Default": "d"}, "Q": map[string]any{"Default": "q"}}}, o)
	if want := `{"AWS::Region":"eu-west-1","P":"p","Q":"q"}`; canonical(got) != want {
		t.Errorf("%s, want %s", canonical(got), want)
	}
}

func TestErrorTellsEachFaultOnceByID(t *testing.T) {
	tr := &transform{}
	tr.note(invalidTemplate("wrong."))
	tr.note(invalidResource("B", "wrong."))
	tr.note(inResource("A", invalidEvent("E", "wrong.")))
	tr.note(invalidResource("B", "wrong."))
	tr.note(nil)
	got := (&Error{faults: tr.faults}).Error()
	want := "Invalid Serverless Application Specification document. Number of errors found: 3. " +
		"Resource with id [A] is invalid. Event with id [E] is invalid. wrong. Resource with id [B] is invalid. wrong. " +
		"Structure of the SAM template is invalid. wrong."
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if tr.note(errors.New("plain")); tr.faults[len(tr.faults)-1].text != "plain" {
		t.Error("an error of another kind is lost")
	}
}
