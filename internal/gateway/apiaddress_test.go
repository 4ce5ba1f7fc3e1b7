package gateway

import (
	"net/http"
	"net/url"
	"testing"
)

func TestDestinationsOfAPIs(t *testing.T) {
	for _, tt := range []struct {
		name, host, path string
		meant            bool
		want             apiDestination
	}{
		{"AWS's host", apiHost, "/dev/a%20b", true, apiDestination{apiID, "us-east-1", apiHost, "/dev/a%20b"}},
		{"a host of this machine", apiID + ".execute-api.eu-west-1.localhost:4566", "/dev", true, apiDestination{apiID, "eu-west-1", apiID + ".execute-api.eu-west-1.localhost:4566", "/dev"}},
		{"in capitals", "ABCDEFGHIJ.Execute-API.US-EAST-1.amazonaws.com", "/dev/", true, apiDestination{apiID, "us-east-1", "ABCDEFGHIJ.Execute-API.US-EAST-1.amazonaws.com", "/dev/"}},
		{"no region", apiID + ".execute-api.localhost", "/", true, apiDestination{apiID, "localhost", apiID + ".execute-api.localhost", "/"}},
		{"nothing behind the zone", apiID + ".execute-api.", "/", true, apiDestination{apiID, "", apiID + ".execute-api.", "/"}},
		{"the path form", "127.0.0.1:4566", "/_sluice/execute-api/abcdefghij/dev/pets/7", true, apiDestination{apiID, "", "", "/dev/pets/7"}},
		{"the path form of a stage", "127.0.0.1:4566", "/_sluice/execute-api/abcdefghij/dev", true, apiDestination{apiID, "", "", "/dev"}},
		{"the path form of an API", "127.0.0.1:4566", "/_sluice/execute-api/abcdefghij", true, apiDestination{apiID, "", "", "/"}},
		{"the path form of nothing", "127.0.0.1:4566", "/_sluice/execute-api/", true, apiDestination{"", "", "", "/"}},
		{"another emulator's path form", "127.0.0.1:4566", "/restapis/abcdefghij/dev/_user_request_/pets/7", true, apiDestination{apiID, "", "", "/dev/pets/7"}},
		{"that of a stage", "127.0.0.1:4566", "/restapis/abcdefghij/dev/_user_request_", true, apiDestination{apiID, "", "", "/dev"}},
		{"that with a slash", "127.0.0.1:4566", "/restapis/abcdefghij/dev/_user_request_/", true, apiDestination{apiID, "", "", "/dev/"}},
		{"API Gateway's own API", "127.0.0.1:4566", "/restapis/abcdefghij/stages/dev", false, apiDestination{}},
		{"its list", "127.0.0.1:4566", "/restapis", false, apiDestination{}},
		{"no ID", ".execute-api.us-east-1.localhost", "/dev", false, apiDestination{}},
		{"another zone", apiID + ".s3.us-east-1.localhost", "/dev", false, apiDestination{}},
		{"no host", "", "/", false, apiDestination{}},
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
			if got := findAPI(r); got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestAddressesOfStages(t *testing.T) {
	if got := (Address{Port: "4566"}).APIURL(apiID, "eu-west-1", "dev"); got != "http://abcdefghij.execute-api.eu-west-1.localhost:4566/dev" {
		t.Error(got)
	}
}
