package address

import (
	"net/http"
	"net/url"
	"testing"
)

const (
	apiID   = "abcdefghij"
	apiHost = apiID + ".execute-api.us-east-1.amazonaws.com"
)

func TestDestinationsOfAPIs(t *testing.T) {
	for _, tt := range []struct {
		name, host, path string
		meant            bool
		want             Destination
	}{
		{"AWS's host", apiHost, "/dev/a%20b", true, Destination{apiID, "us-east-1", apiHost, "/dev/a%20b"}},
		{"a host of this machine", apiID + ".execute-api.eu-west-1.localhost:4566", "/dev", true, Destination{apiID, "eu-west-1", apiID + ".execute-api.eu-west-1.localhost:4566", "/dev"}},
		{"in capitals", "ABCDEFGHIJ.Execute-API.US-EAST-1.amazonaws.com", "/dev/", true, Destination{apiID, "us-east-1", "ABCDEFGHIJ.Execute-API.US-EAST-1.amazonaws.com", "/dev/"}},
		{"no region", apiID + ".execute-api.localhost", "/", true, Destination{apiID, "localhost", apiID + ".execute-api.localhost", "/"}},
		{"nothing behind the zone", apiID + ".execute-api.", "/", true, Destination{apiID, "", apiID + ".execute-api.", "/"}},
		{"the path form", "127.0.0.1:4566", "/_sluice/execute-api/abcdefghij/dev/pets/7", true, Destination{apiID, "", "", "/dev/pets/7"}},
		{"the path form of a stage", "127.0.0.1:4566", "/_sluice/execute-api/abcdefghij/dev", true, Destination{apiID, "", "", "/dev"}},
		{"the path form of an API", "127.0.0.1:4566", "/_sluice/execute-api/abcdefghij", true, Destination{apiID, "", "", "/"}},
		{"the path form of nothing", "127.0.0.1:4566", "/_sluice/execute-api/", true, Destination{"", "", "", "/"}},
		{"another emulator's path form", "127.0.0.1:4566", "/restapis/abcdefghij/dev/_user_request_/pets/7", true, Destination{apiID, "", "", "/dev/pets/7"}},
		{"that of a stage", "127.0.0.1:4566", "/restapis/abcdefghij/dev/_user_request_", true, Destination{apiID, "", "", "/dev"}},
		{"that with a slash", "127.0.0.1:4566", "/restapis/abcdefghij/dev/_user_request_/", true, Destination{apiID, "", "", "/dev/"}},
		{"that with an escaped slash", "127.0.0.1:4566", "/restapis/abcdefghij%2Fdev/_user_request_", false, Destination{}},
		{"that with escaped slashes alone", "127.0.0.1:4566", "/restapis/abcdefghij%2Fdev%2F_user_request_", false, Destination{}},
		{"that with a slash within a part", "127.0.0.1:4566", "/restapis/abcdefghij/dev/_user_request_/a%2Fb", true, Destination{apiID, "", "", "/dev/a%2Fb"}},
		{"a prefix with escapes", "127.0.0.1:4566", "/_sluice/%65xecute-api/abcdefghij", true, Destination{"", "", "", "/_sluice/abcdefghij"}},
		{"API Gateway's own API", "127.0.0.1:4566", "/restapis/abcdefghij/stages/dev", false, Destination{}},
		{"its list", "127.0.0.1:4566", "/restapis", false, Destination{}},
		{"no ID", ".execute-api.us-east-1.localhost", "/dev", false, Destination{}},
		{"another zone", apiID + ".s3.us-east-1.localhost", "/dev", false, Destination{}},
		{"no host", "", "/", false, Destination{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			target, err := url.Parse(tt.path)
			if err != nil {
				t.Fatal(err)
			}
			r := &http.Request{Host: tt.host, URL: target}
			if got := Meant(r); got != tt.meant {
				t.Fatalf("meant %v, want %v", got, tt.meant)
			}
			if !tt.meant {
				return
			}
			if got := FindAPI(r); got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestCutStage(t *testing.T) {
	for path, want := range map[string][2]string{
		"/dev/pets/7": {"dev", "/pets/7"}, "/dev/": {"dev", "/"}, "/dev": {"dev", "/"}, "/": {"", "/"}, "": {"", "/"}, "/d%65v//a": {"d%65v", "//a"},
	} {
		if stage, rest := CutStage(path); stage != want[0] || rest != want[1] {
			t.Errorf("%q is cut into %q and %q", path, stage, rest)
		}
	}
}
