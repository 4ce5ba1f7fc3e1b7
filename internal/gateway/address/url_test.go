package address

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// urlID is the ID of the tests' URL.
const urlID = "abcdefghijklmnopqrstuvwxyz234567"

func TestDestinations(t *testing.T) {
	for _, tt := range []struct {
		name, host, target string
		meant              bool
		want               Destination
	}{
		{"the URL's own host", urlID + ".lambda-url.us-east-1.localhost:4566", "/a?b=c", true,
			Destination{urlID, "us-east-1", urlID + ".lambda-url.us-east-1.localhost:4566", "/a"}},
		{"AWS's host", urlID + ".lambda-url.eu-west-1.on.aws", "/", true,
			Destination{urlID, "eu-west-1", urlID + ".lambda-url.eu-west-1.on.aws", "/"}},
		{"capitals", strings.ToUpper(urlID) + ".Lambda-URL.US-EAST-1.localhost", "/", true,
			Destination{urlID, "us-east-1", strings.ToUpper(urlID) + ".Lambda-URL.US-EAST-1.localhost", "/"}},
		{"a port and no domain", urlID + ".lambda-url.us-east-1", "/", true, Destination{urlID, "us-east-1", urlID + ".lambda-url.us-east-1", "/"}},
		{"escapes", urlID + ".lambda-url.us-east-1.localhost", "/a%20b//%C3%BC%2Fc", true,
			Destination{urlID, "us-east-1", urlID + ".lambda-url.us-east-1.localhost", "/a%20b//%C3%BC%2Fc"}},
		{"a path", "127.0.0.1:4566", "/_sluice/url/" + urlID + "/a/b", true, Destination{urlID, "", "", "/a/b"}},
		{"a path without an end", "127.0.0.1:4566", "/_sluice/url/" + urlID, true, Destination{urlID, "", "", "/"}},
		{"a path with slashes", "127.0.0.1:4566", "/_sluice/url/" + urlID + "//a/", true, Destination{urlID, "", "", "//a/"}},
		{"a path with escapes", "127.0.0.1:4566", "/_sluice/url/" + urlID + "/a%2Fb%20c", true, Destination{urlID, "", "", "/a%2Fb%20c"}},
		{"a prefix with escapes", "127.0.0.1:4566", "/_sluice/%75rl/" + urlID + "/a", true, Destination{"", "", "", "/_sluice/%75rl/" + urlID + "/a"}},
		{"no ID", "127.0.0.1:4566", "/_sluice/url/", true, Destination{"", "", "", "/"}},
		{"the API", "127.0.0.1:4566", "/2015-03-31/functions/f/invocations", false, Destination{}},
		{"a shorter ID", "abc.lambda-url.us-east-1.localhost", "/", false, Destination{}},
		{"another zone", urlID + ".lambda-urls.us-east-1.localhost", "/", false, Destination{}},
		{"nothing behind the zone", urlID + ".lambda-url.", "/", false, Destination{}},
		{"no host", "", "/", false, Destination{}},
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
			if got := FindURL(r); got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}
