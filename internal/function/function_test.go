package function_test

import (
	"fmt"
	"testing"

	"sluice/internal/function"
)

func TestParseNumber(t *testing.T) {
	for text, want := range map[string]struct {
		n  function.Number
		ok bool
	}{
		"$LATEST": {0, true}, "1": {1, true}, "42": {42, true}, "999999999": {999999999, true},
		"": {}, "0": {}, "01": {}, "-1": {}, "+1": {}, "1.0": {}, "$latest": {}, "LIVE": {}, "1000000000": {}, "1a": {},
	} {
		if n, ok := function.ParseNumber(text); n != want.n || ok != want.ok {
			t.Errorf("ParseNumber(%q) = %v, %v; want %v, %v", text, n, ok, want.n, want.ok)
		}
	}
}

func ExampleID_Qualified() {
	id := function.ID{Scope: function.Scope{Account: "000000000000", Region: "us-east-1"}, Name: "calculator"}
	fmt.Println(id.Qualified(""))
	fmt.Println(id.Qualified("LIVE"))
	// Output:
	// arn:aws:lambda:us-east-1:000000000000:function:calculator
	// arn:aws:lambda:us-east-1:000000000000:function:calculator:LIVE
}
