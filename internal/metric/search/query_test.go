package search_test

import (
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/metric"
	"sluice/internal/metric/search"
)

func id(namespace, name string, dimensions ...string) metric.ID {
	out := metric.ID{Namespace: namespace, Name: name}
	for i := 0; i < len(dimensions); i += 2 {
		out.Dimensions = append(out.Dimensions, metric.Dimension{Name: dimensions[i], Value: dimensions[i+1]})
	}
	return out
}

// metrics are those that the searches below go over, by a letter.
var metrics = map[string]metric.ID{
	"a": id("AWS/Lambda", "Errors", "FunctionName", "ProjectA"),
	"b": id("AWS/Lambda", "Invocations", "FunctionName", "ProjectB"),
	"c": id("AWS/Lambda", "Errors", "FunctionName", "ProjectA", "Resource", "ProjectA:live"),
	"d": id("AWS/Lambda", "Errors"),
	"e": id("My Namespace", "CustomCount1", "InstanceType", "t2.micro"),
	"f": id("Other", "Network-Errors-2", "InstanceId", "i-1234567890123456"),
	"g": id("Other", "Custom:Name[Special_(x)", "Dimension@Name", "v"),
}

// The guide's examples, turned to the metrics above.
func TestMatch(t *testing.T) {
	for _, tt := range []struct{ query, want string }{
		{`{AWS/Lambda,FunctionName}`, "ab"},
		{`{AWS/Lambda, Resource, FunctionName}`, "c"},
		{`{AWS/Lambda}`, "abcd"},
		{`{AWS/Lambda}, MetricName="Errors"`, "acd"},
		{`{"My Namespace", InstanceType}`, "e"},
		{` MetricName="Errors" `, "acd"},
		{`MetricName=Errors`, "acdf"},
		{`MetricName="errors"`, ""},
		{`errors`, "acdf"},
		{`"Errors"`, "acd"},
		{`count`, "e"},
		{`COUNT`, "e"},
		{`couNT`, ""},
		{`CustomCount`, "e"},
		{`Count1`, "e"},
		{`customcount`, ""},
		{`Custom1`, ""},
		{`"Custom"`, ""},
		{`custom`, "eg"},
		{`network/errors`, "f"},
		{`network+errors-2`, "f"},
		{`Network_Errors`, "f"},
		{`NetworkErrors2`, "f"},
		{`"Network-Errors-2"`, "f"},
		{`"Network_Errors_2"`, ""},
		{`"Custom:Name[Special_\(x\)"`, "g"},
		{`"Dimension@Name"="v"`, "g"},
		{`InstanceType=micro`, "e"},
		{`InstanceType="t2.micro" Namespace="My Namespace"`, "e"},
		{`InstanceType="micro"`, ""},
		{`NOT Namespace=AWS`, "efg"},
		{`NOT NOT Namespace=AWS`, "abcd"},
		{`i-1234567890123456`, "f"},
		{`{AWS/Lambda,FunctionName} MetricName="Errors" NOT ProjectA`, ""},
		{`errors AND lambda`, "acd"},
		{`errors lambda`, "acd"},
		{`count OR invocations`, "be"},
		{`(count OR invocations) project`, "b"},
		{`errors project OR count`, "ace"},
		{`{AWS/Lambda,FunctionName} MetricName="Errors" OR (MetricName="Invocations" AND (ProjectA OR ProjectB))`, "ab"},
		{`MetricName=(Errors OR Count)`, "acdef"},
		{`FunctionName="ProjectA"`, "ac"},
		{`+`, ""},
	} {
		t.Run(tt.query, func(t *testing.T) {
			q, err := search.Parse(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			var got string
			for _, letter := range strings.Split("abcdefg", "") {
				if q.Match(metrics[letter]) {
					got += letter
				}
			}
			if got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

func TestNamespace(t *testing.T) {
	for text, want := range map[string]string{`{AWS/Lambda} x`: "AWS/Lambda", `x`: ""} {
		if q, err := search.Parse(text); err != nil || q.Namespace() != want {
			t.Errorf("%s: %v, want the namespace %q", text, err, want)
		}
	}
}

func TestTermsAreWhatAMatchCompares(t *testing.T) {
	for text, want := range map[string]int{`{AWS/Lambda}`: 1, `x`: 1, `a b OR NOT (c AND d="e")`: 4} {
		if q, err := search.Parse(text); err != nil || q.Terms() != want {
			t.Errorf("%s: %v, want %d terms", text, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		``, ` , `, `{`, `{}`, `{a`, `{a(b}`, `"a`, `a OR`, `OR a`, `AND`, `NOT`, `(a`, `a)`, `()`, `a=`, `=a`, `a==b`, `a {b}`,
		strings.Repeat("a", 1025), strings.Repeat("(", 51) + "a" + strings.Repeat(")", 51),
	} {
		t.Run(text[:min(len(text), 20)], func(t *testing.T) {
			if _, err := search.Parse(text); !fault.Is(err, fault.Invalid, "search") {
				t.Errorf("error %v, want one about the search", err)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{a,b} c="d" OR NOT (e f)`, `"\`, `a=(b`, `ÄÖ"ß`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if q, err := search.Parse(text); err == nil {
			q.Match(metrics["c"])
		}
	})
}
