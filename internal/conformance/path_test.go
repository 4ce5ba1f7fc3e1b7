package conformance

import (
	"reflect"
	"testing"
)

func TestDereference(t *testing.T) {
	answers := []any{nil, tree(`{"a":{"b":["x",7]},"doc":"{\"k\":\"v\"}"}`)}
	for text, want := range map[string]any{
		"plain":                    "plain",
		"${1.a.b.0}":               "x",
		"${1.a.b.1}":               whole("7"),
		"n=${1.a.b.1}, ${1.a.b.0}": "n=7, x",
		"${1.doc.k}":               "v",
		"${1.a.b.2}":               "${1.a.b.2}",
		"${1.missing}!":            "${1.missing}!",
		"${9.a}":                   "${9.a}",
		"${0.a}":                   "${0.a}",
		"${AWS::StackName}":        "${AWS::StackName}",
		"${1.a.b.x}":               "${1.a.b.x}",
	} {
		if got := dereference(text, answers); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %#v, want %#v", text, got, want)
		}
	}
}
