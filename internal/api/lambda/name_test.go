package lambda

import "testing"

func TestParseName(t *testing.T) {
	for text, want := range map[string]name{
		"f":                                   {function: "f"},
		"f:live":                              {function: "f", qualifier: "live"},
		"f:$LATEST":                           {function: "f", qualifier: "$LATEST"},
		"function:f":                          {function: "f"},
		"function:f:1":                        {function: "f", qualifier: "1"},
		"function":                            {function: "function"},
		"111111111111:function:f":             {account: "111111111111", function: "f"},
		"111111111111:f":                      {account: "111111111111", function: "f"},
		"us-east-1:111111111111:function:f:1": {region: "us-east-1", account: "111111111111", function: "f", qualifier: "1"},
		"arn:aws:lambda:us-gov-west-1:111111111111:function:f":    {region: "us-gov-west-1", account: "111111111111", function: "f"},
		"arn:aws:lambda:us-east-1:111111111111:function":          {region: "us-east-1", account: "111111111111", function: "function"},
		"arn:aws-cn:lambda:cn-north-1:111111111111:function:f:v1": {region: "cn-north-1", account: "111111111111", function: "f", qualifier: "v1"},
		"a-b-c": {function: "a-b-c"},
	} {
		if got := parseName(text); got != want {
			t.Errorf("parseName(%q) = %+v, want %+v", text, got, want)
		}
	}
}
