package lambda

import (
	"strings"
	"testing"

	"sluice/internal/function"
)

// Whatever a request's name is, it is taken apart without a panic, each part has the form that the rest of the program
// relies on, and the function's ARN made of the parts leads to the same parts again.
func FuzzParseName(f *testing.F) {
	for _, seed := range []string{
		"", ":", "::", "f", "f:$LATEST", "function:f:1", "111111111111:f", "us-east-1:111111111111:function:f:live",
		"arn:aws:lambda:us-east-1:111111111111:function:f", "arn:aws:lambda:us-east-1:111111111111:function",
		"arn:aws-cn:lambda:cn-north-1:111111111111:function:f:v1", "arn:aws:lambda:::function:f", "arn::lambda:", "arn:aws:s3:::f",
		"function:function:function:function", "a-b-c", "us-east-1", "arn:aws:lambda:us-east-1:111111111111:function:f:1:2", "f:\x00", "é:ü",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n := parseName(text)
		if strings.ContainsRune(n.function, ':') || strings.ContainsRune(n.qualifier, ':') {
			t.Errorf("%q has parts with colons: %+v", text, n)
		}
		if n.account != "" && !isAccount(n.account) || n.region != "" && !isRegion(n.region) {
			t.Errorf("%q has parts of another form: %+v", text, n)
		}
		if n.region == "" || n.account == "" || n.function == "" {
			return
		}
		id := function.ID{Scope: function.Scope{Account: n.account, Region: n.region}, Name: n.function}
		if again := parseName(id.Qualified(n.qualifier)); again != n {
			t.Errorf("%q is %+v; its ARN %s is %+v", text, n, id.Qualified(n.qualifier), again)
		}
	})
}
