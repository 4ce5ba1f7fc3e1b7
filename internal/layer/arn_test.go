package layer_test

import (
	"testing"

	"sluice/internal/function"
	"sluice/internal/layer"
)

func TestParseName(t *testing.T) {
	for text, want := range map[string]layer.ID{
		"l": id("l"),
		"arn:aws:lambda:eu-west-1:111111111111:layer:l": {Scope: away, Name: "l"},
		"arn::lambda:us-east-1:222222222222:layer:l":    {Scope: there, Name: "l"},
		"":    {},
		"l:1": {},
		"arn:aws:lambda:us-east-1:111111111111:layer:":       {},
		"arn:aws:lambda:us-east-1:111111111111:layer:l:1":    {},
		"arn:aws:lambda:us-east-1:111111111111:function:l":   {},
		"arn:aws:s3:us-east-1:111111111111:layer:l":          {},
		"arn:aws:lambda:us-east-1:111111111111:layer:l:1:$b": {},
	} {
		if got, ok := layer.ParseName(text, here); ok != (want != layer.ID{}) || ok && got != want {
			t.Errorf("%q: %+v, %v", text, got, ok)
		}
	}
}

func TestParseARN(t *testing.T) {
	for text, want := range map[string]int{
		"arn:aws:lambda:us-east-1:111111111111:layer:l:1":                    1,
		"arn:aws:lambda:us-east-1:111111111111:layer:l:007":                  7,
		"arn:aws:lambda:us-east-1:111111111111:layer:l:0":                    0,
		"arn:aws:lambda:us-east-1:111111111111:layer:l:2147483649":           0,
		"arn:aws:lambda:us-east-1:111111111111:layer:l:99999999999999999999": 0,
		"arn:aws:lambda:us-east-1:111111111111:layer:l:x":                    -1,
		"arn:aws:lambda:us-east-1:111111111111:layer:l:":                     -1,
		"arn:aws:lambda:us-east-1:111111111111:layer:l":                      -1,
		"arn:aws:lambda:::awslayer:AmazonLinux1703":                          -1,
		"l:1": -1, "": -1, ":": -1,
	} {
		got, number, ok := layer.ParseARN(text)
		if ok != (want >= 0) || ok && (number != want || got != id("l")) {
			t.Errorf("%q: %+v, %d, %v", text, got, number, ok)
		}
	}
}

// What is read is what was written, whatever else a text may be.
func FuzzParseARN(f *testing.F) {
	for _, seed := range []string{"arn:aws:lambda:us-east-1:111111111111:layer:l:1", "arn:aws:lambda:::awslayer:A", "l", "::::::1", "arn:a:lambda:b:c:layer:d:00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, number, ok := layer.ParseARN(text)
		if !ok {
			return
		}
		again, same, ok := layer.ParseARN(id.VersionARN(number))
		if !ok || again != id || same != number || number < 0 {
			t.Errorf("%q: %+v %d, then %+v %d", text, id, number, again, same)
		}
		if named, ok := layer.ParseName(id.ARN(), function.Scope{}); !ok || named != id {
			t.Errorf("%q: %+v, by name %+v", text, id, named)
		}
	})
}
