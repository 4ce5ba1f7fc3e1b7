package functionurl

import (
	"fmt"
	"strings"
	"testing"
)

// written lists headers as Name: value, one a line.
func written(headers []Header) string {
	var b strings.Builder
	for _, h := range headers {
		fmt.Fprintf(&b, "%s: %s\n", strings.TrimPrefix(h.Name, "Access-Control-"), h.Value)
	}
	return b.String()
}

func TestCORSAdmitsOrigins(t *testing.T) {
	for _, tt := range []struct {
		name    string
		allowed []string
		origin  string
		want    string
	}{
		{"any", []string{"*"}, "https://a.example", "Allow-Origin: *\n"},
		{"any beside one that is named", []string{"https://a.example", "*"}, "https://b.example", "Allow-Origin: *\n"},
		{"the one that is named", []string{"https://a.example"}, "https://a.example", "Allow-Origin: https://a.example\nVary: Origin\n"},
		{"one of several", []string{"https://a.example", "http://localhost:60905"}, "http://localhost:60905",
			"Allow-Origin: http://localhost:60905\nVary: Origin\n"},
		{"another case", []string{"https://A.example"}, "https://a.example", "Allow-Origin: https://a.example\nVary: Origin\n"},
		{"any of a scheme", []string{"https://*"}, "https://a.example", "Allow-Origin: https://a.example\nVary: Origin\n"},
		{"another scheme", []string{"https://*"}, "http://a.example", ""},
		{"a star elsewhere is none", []string{"https://*.example"}, "https://a.example", ""},
		{"another port", []string{"http://localhost:1"}, "http://localhost:12", ""},
		{"another host", []string{"https://a.example"}, "https://b.example", ""},
		{"a longer host", []string{"https://a.example"}, "https://a.example.evil", ""},
		{"no origin", []string{"*"}, "", ""},
		{"nobody is allowed", nil, "https://a.example", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := written((&CORS{Origins: tt.allowed}).Answer(tt.origin)); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

func TestCORSWithCredentialsNamesTheOrigin(t *testing.T) {
	c := &CORS{Credentials: new(true), Origins: []string{"*"}}
	want := "Allow-Origin: https://a.example\nVary: Origin\nAllow-Credentials: true\n"
	if got := written(c.Answer("https://a.example")); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestCORSExposesHeadersToAnswersAlone(t *testing.T) {
	c := &CORS{Origins: []string{"*"}, Expose: []string{"Date", "Keep-Alive"}}
	if got, want := written(c.Answer("https://a.example")), "Allow-Origin: *\nExpose-Headers: Date,Keep-Alive\n"; got != want {
		t.Errorf("answer\n%swant\n%s", got, want)
	}
	if got, want := written(c.Preflight("https://a.example", "GET", "")), "Allow-Origin: *\n"; got != want {
		t.Errorf("preflight\n%swant\n%s", got, want)
	}
}

func TestCORSAnswersPreflights(t *testing.T) {
	for _, tt := range []struct {
		name            string
		cors            CORS
		method, headers string
		want            string
	}{
		{"what is allowed is listed, asked for or not", CORS{Methods: []string{"GET", "PUT"}, Headers: []string{"x-a", "x-b"}},
			"DELETE", "x-c", "Allow-Methods: GET,PUT\nAllow-Headers: x-a,x-b\n"},
		{"any is what was asked for", CORS{Methods: []string{"*"}, Headers: []string{"*"}}, "DELETE", "x-c,x-d",
			"Allow-Methods: DELETE\nAllow-Headers: x-c,x-d\n"},
		{"any, and nothing was asked for", CORS{Headers: []string{"*"}}, "GET", "", "Allow-Headers: *\n"},
		{"an age", CORS{MaxAge: new(300)}, "GET", "", "Max-Age: 300\n"},
		{"an age of nothing", CORS{MaxAge: new(0)}, "GET", "", "Max-Age: 0\n"},
		{"nothing", CORS{}, "GET", "x-a", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.cors.Origins = []string{"*"}
			got := strings.TrimPrefix(written(tt.cors.Preflight("https://a.example", tt.method, tt.headers)), "Allow-Origin: *\n")
			if got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

func TestPreflightOfAStrangerSaysNothing(t *testing.T) {
	c := &CORS{Origins: []string{"https://a.example"}, Methods: []string{"*"}, MaxAge: new(1)}
	if got := c.Preflight("https://b.example", "GET", ""); got != nil {
		t.Errorf("got %v", got)
	}
	if got := (*CORS)(nil).Answer("https://a.example"); got != nil {
		t.Errorf("without CORS %v", got)
	}
}
