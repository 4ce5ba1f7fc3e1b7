package template_test

import (
	"errors"
	"reflect"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack/template"
)

const parameterized = `Parameters:
  Name: {Type: String, MinLength: 2, MaxLength: 4, AllowedPattern: '[a-z]*'}
  Env: {Type: String, Default: dev, AllowedValues: [dev, prod, 1]}
  Described: {Type: String, Default: ab, AllowedPattern: a.*, ConstraintDescription: must begin with a.}
  Count: {Type: Number, Default: 3, MinValue: 1, MaxValue: 5.5}
  Ports: {Type: List<Number>, Default: '80, 443'}
  List: {Type: CommaDelimitedList, Default: 'a, b', AllowedValues: [a, b]}
  Secret: {Type: String, NoEcho: true, Default: s}
  Key: {Type: 'AWS::EC2::KeyPair::KeyName', Default: k}
  Nets: {Type: 'List<AWS::EC2::Subnet::Id>', Default: 'x,y'}
  Path: {Type: 'AWS::SSM::Parameter::Name', Default: /p}
  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a}
  StoredList: {Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: /l}
Resources:
  R: {Type: T}
`

// kept stands for the parameter store.
func kept(name string) (string, error) {
	switch name {
	case "/a":
		return "stored", nil
	case "/l":
		return "c, d", nil
	case "/locked":
		return "", errors.New("the store is shut")
	}
	return "", fault.Errorf(fault.NotFound, "parameter", "no parameter %s", name)
}

func TestValues(t *testing.T) {
	values, refs, err := parsed(t, parameterized).Values(template.Inputs{
		Parameters: map[string]string{"Name": "abc", "Count": "4"}, Pseudo: template.Pseudo{Region: "cn-north-1"}, Lookup: kept,
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []template.Value{
		{Key: "Name", Type: "String", Text: "abc", Value: "abc"},
		{Key: "Env", Type: "String", Text: "dev", Default: true, Value: "dev"},
		{Key: "Described", Type: "String", Text: "ab", Default: true, Value: "ab"},
		{Key: "Count", Type: "Number", Text: "4", Value: "4"},
		{Key: "Ports", Type: "List<Number>", Text: "80, 443", Default: true, Value: []any{"80", "443"}},
		{Key: "List", Type: "CommaDelimitedList", Text: "a, b", Default: true, Value: []any{"a", "b"}},
		{Key: "Secret", Type: "String", Text: "s", NoEcho: true, Default: true, Value: "s"},
		{Key: "Key", Type: "AWS::EC2::KeyPair::KeyName", Text: "k", Default: true, Value: "k"},
		{Key: "Nets", Type: "List<AWS::EC2::Subnet::Id>", Text: "x,y", Default: true, Value: []any{"x", "y"}},
		{Key: "Path", Type: "AWS::SSM::Parameter::Name", Text: "/p", Default: true, Value: "/p"},
		{Key: "Stored", Type: "AWS::SSM::Parameter::Value<String>", Text: "/a", Stored: "stored", Default: true, Value: "stored"},
		{Key: "StoredList", Type: "AWS::SSM::Parameter::Value<List<String>>", Text: "/l", Stored: "c, d", Default: true, Value: []any{"c", "d"}},
	}
	for i, v := range values {
		if !reflect.DeepEqual(v, want[i]) {
			t.Errorf("got  %+v\nwant %+v", v, want[i])
		}
	}
	for name, want := range map[string]any{"Name": "abc", "AWS::Region": "cn-north-1", "AWS::Partition": "aws-cn", "AWS::URLSuffix": "amazonaws.com.cn"} {
		if !reflect.DeepEqual(refs[name], want) {
			t.Errorf("%s is %v, want %v", name, refs[name], want)
		}
	}
}

func TestValuesThatBreakTheirConstraints(t *testing.T) {
	for _, tt := range []struct{ key, value, want string }{
		{"Name", "a", "Parameter 'Name' must contain at least 2 characters"},
		{"Name", "abcde", "Parameter 'Name' must contain at most 4 characters"},
		{"Name", "a1c", "Parameter 'Name' must match pattern [a-z]*"},
		{"Env", "test", "Parameter 'Env' must be one of AllowedValues"},
		{"Described", "b", "Parameter Described failed to satisfy constraint: must begin with a."},
		{"Count", "many", "Parameter 'Count' must be a number."},
		{"Count", "0", "Parameter 'Count' must be a number not less than 1"},
		{"Count", "6", "Parameter 'Count' must be a number not greater than 5.5"},
		{"Ports", "80,x", "Parameter 'Ports' must be a number."},
		{"List", "a,c", "Parameter 'List' must be one of AllowedValues"},
		{"Stored", "/none", "Parameter Stored should either have input value or default value"},
		{"Stored", "/locked", "Parameter Stored: the store is shut"},
		{"Unknown", "x", "Parameters: [Unknown] do not exist in the template"},
	} {
		given := map[string]string{"Name": "abc", tt.key: tt.value}
		_, _, err := parsed(t, parameterized).Values(template.Inputs{Parameters: given, Lookup: kept})
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s = %s\ngot  %v\nwant %s", tt.key, tt.value, err, tt.want)
		}
		if !fault.Is(err, fault.Invalid, "template") {
			t.Errorf("%s = %s: the error is no fault about a template", tt.key, tt.value)
		}
	}
}

func TestValuesWithoutALookup(t *testing.T) {
	_, _, err := parsed(t, parameterized).Values(template.Inputs{Parameters: map[string]string{"Name": "abc"}})
	if want := "Parameter Stored should either have input value or default value"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestAPatternThatCannotBeChecked(t *testing.T) {
	_, _, err := parsed(t, "Parameters:\n  P: {Type: String, AllowedPattern: '(?!a)b', Default: b}\n").Values(template.Inputs{})
	if want := "Parameter 'P' AllowedPattern must be a valid regular expression, without look-around and back-references."; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
