package payload

import (
	"errors"
	"testing"
)

func TestProxyAnswers(t *testing.T) {
	for _, tt := range []struct {
		name, answer string
		decode       bool
		want         string
	}{
		{"a status and a body", `{"statusCode":201,"body":"hi"}`, false, "201|Content-Type: application/json|hi"},
		{"a status in quotes", `{"statusCode":"404"}`, false, "404|Content-Type: application/json|"},
		{"no status", `{"body":"hi"}`, false, asJSON + "hi"},
		{"nothing", `{}`, false, asJSON},
		{"what is null", `{"statusCode":200,"headers":null,"multiValueHeaders":null,"body":null,"isBase64Encoded":null}`, false, asJSON},
		{"headers", `{"statusCode":200,"headers":{"content-type":"text/plain","x-n":1,"X-T":true,"x-none":null}}`, false, "200|Content-Type: text/plain|X-N: 1|X-T: true|"},
		{"many values", `{"statusCode":200,"headers":{"X-A":"1","x-b":"2"},"multiValueHeaders":{"x-a":["3","4"]}}`, false, "200|Content-Type: application/json|X-A: 3|X-A: 4|X-A: 1|X-B: 2|"},
		{"a value in both", `{"statusCode":200,"headers":{"X-A":"1"},"multiValueHeaders":{"x-a":["1","2"]}}`, false, "200|Content-Type: application/json|X-A: 1|X-A: 2|"},
		{"headers of API Gateway's own", `{"statusCode":200,"headers":{"Date":"d","content-length":"9","Transfer-Encoding":"chunked"}}`, false,
			"200|Content-Type: application/json|X-Amzn-Remapped-Content-Length: 9|X-Amzn-Remapped-Date: d|"},
		{"base64 that is wanted as bytes", `{"statusCode":200,"body":"AP8=","isBase64Encoded":true}`, true, asJSON + "\x00\xff"},
		{"base64 that is not", `{"statusCode":200,"body":"AP8=","isBase64Encoded":true}`, false, asJSON + "AP8="},
		{"text that looks like base64", `{"statusCode":200,"body":"AP8="}`, true, asJSON + "AP8="},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := ReadProxyAnswer([]byte(tt.answer), tt.decode)
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(a); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestMalformedProxyAnswers(t *testing.T) {
	for _, answer := range []string{
		`null`, `"text"`, `[]`, `3`, ``, `{"statusCode":"many"}`, `{"statusCode":99}`, `{"statusCode":600}`, `{"statusCode":200,"body":{"a":1}}`,
		`{"statusCode":200,"body":7}`, `{"statusCode":200,"cookies":[]}`, `{"StatusCode":200}`, `{"statusCode":200,"headers":[]}`,
		`{"statusCode":200,"headers":{"a":["b"]}}`, `{"statusCode":200,"headers":{"a":"b\r\nc: d"}}`, `{"statusCode":200,"multiValueHeaders":{"a":"b"}}`,
		`{"statusCode":200,"body":"%","isBase64Encoded":true}`,
	} {
		t.Run(answer, func(t *testing.T) {
			if a, err := ReadProxyAnswer([]byte(answer), true); !errors.Is(err, ErrMalformed) {
				t.Errorf("got %+v, %v", a, err)
			}
		})
	}
}
