package address

import (
	"net/http/httptest"
	"testing"

	"sluice/internal/function"
	"sluice/internal/functionurl"
)

func TestAddressOfAURL(t *testing.T) {
	c := &functionurl.Config{ID: urlID, Function: function.ID{Scope: function.Scope{Region: "us-east-1"}}}
	for port, want := range map[string]string{
		"4566": "http://" + urlID + ".lambda-url.us-east-1.localhost:4566/",
		"":     "http://" + urlID + ".lambda-url.us-east-1.localhost/",
	} {
		if got := (Server{Port: port}).URL(c); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestAddressesOfStages(t *testing.T) {
	if got := (Server{Port: "4566"}).Stage(apiID, "eu-west-1", "dev"); got != "http://abcdefghij.execute-api.eu-west-1.localhost:4566/dev" {
		t.Error(got)
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
