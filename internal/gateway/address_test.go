package gateway

import (
	"net/http/httptest"
	"strings"
	"testing"

	"sluice/internal/function"
	"sluice/internal/functionurl"
)

// urlID is the ID of the tests' URL.
const urlID = "abcdefghijklmnopqrstuvwxyz234567"

func TestDestinations(t *testing.T) {
	for _, tt := range []struct {
		name, host, target string
		meant              bool
		want               destination
	}{
		{"the URL's own host", urlID + ".lambda-url.us-east-1.localhost:4566", "/a?b=c", true,
			destination{urlID, "us-east-1", urlID + ".lambda-url.us-east-1.localhost:4566", "/a"}},
		{"AWS's host", urlID + ".lambda-url.eu-west-1.on.aws", "/", true,
			destination{urlID, "eu-west-1", urlID + ".lambda-url.eu-west-1.on.aws", "/"}},
		{"capitals", strings.ToUpper(urlID) + ".Lambda-URL.US-EAST-1.localhost", "/", true,
			destination{urlID, "us-east-1", strings.ToUpper(urlID) + ".Lambda-URL.US-EAST-1.localhost", "/"}},
		{"a port and no domain", urlID + ".lambda-url.us-east-1", "/", true, destination{urlID, "us-east-1", urlID + ".lambda-url.us-east-1", "/"}},
		{"escapes", urlID + ".lambda-url.us-east-1.localhost", "/a%20b//%C3%BC%2Fc", true,
			destination{urlID, "us-east-1", urlID + ".lambda-url.us-east-1.localhost", "/a%20b//%C3%BC%2Fc"}},
		{"a path", "127.0.0.1:4566", "/_sluice/url/" + urlID + "/a/b", true, destination{urlID, "", "", "/a/b"}},
		{"a path without an end", "127.0.0.1:4566", "/_sluice/url/" + urlID, true, destination{urlID, "", "", "/"}},
		{"a path with slashes", "127.0.0.1:4566", "/_sluice/url/" + urlID + "//a/", true, destination{urlID, "", "", "//a/"}},
		{"a path with escapes", "127.0.0.1:4566", "/_sluice/url/" + urlID + "/a%2Fb%20c", true, destination{urlID, "", "", "/a%2Fb%20c"}},
		{"a prefix with escapes", "127.0.0.1:4566", "/_sluice/%75rl/" + urlID + "/a", true, destination{"", "", "", "/_sluice/%75rl/" + urlID + "/a"}},
		{"no ID", "127.0.0.1:4566", "/_sluice/url/", true, destination{"", "", "", "/"}},
		{"the API", "127.0.0.1:4566", "/2015-03-31/functions/f/invocations", false, destination{}},
		{"a shorter ID", "abc.lambda-url.us-east-1.localhost", "/", false, destination{}},
		{"another zone", urlID + ".lambda-urls.us-east-1.localhost", "/", false, destination{}},
		{"nothing behind the zone", urlID + ".lambda-url.", "/", false, destination{}},
		{"no host", "", "/", false, destination{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", tt.target, nil)
			r.Host = tt.host
			if got := Meant(r); got != tt.meant {
				t.Fatalf("meant %v, want %v", got, tt.meant)
			}
			if !tt.meant {
				return
			}
			if got := findDestination(r); got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestAddressOfAURL(t *testing.T) {
	c := &functionurl.Config{ID: urlID, Function: function.ID{Scope: function.Scope{Region: "us-east-1"}}}
	for port, want := range map[string]string{
		"4566": "http://" + urlID + ".lambda-url.us-east-1.localhost:4566/",
		"":     "http://" + urlID + ".lambda-url.us-east-1.localhost/",
	} {
		if got := (Address{Port: port}).URL(c); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func BenchmarkMeant(b *testing.B) {
	r := httptest.NewRequest("POST", "/2015-03-31/functions/f/invocations", nil)
	r.Host = "127.0.0.1:4566"
	b.ReportAllocs()
	for b.Loop() {
		if Meant(r) {
			b.Fatal("meant")
		}
	}
}
