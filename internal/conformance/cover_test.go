package conformance

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"sluice/internal/account"
	"sluice/internal/client"
)

// cover asks a server that answers as handle does.
func cover(t *testing.T, handle http.HandlerFunc) (map[string]Coverage, error) {
	t.Helper()
	front := httptest.NewServer(handle)
	defer front.Close()
	covered, err := Cover(t.Context(), &client.Client{URL: front.URL, Key: account.Key{ID: "AKIA", Secret: "s"}})
	found := map[string]Coverage{}
	for _, c := range covered {
		found[c.Service] = c
	}
	return found, err
}

func TestCoverTellsWhatIsMissingInEachProtocol(t *testing.T) {
	found, err := cover(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		switch {
		case strings.HasSuffix(r.Header.Get("X-Amz-Target"), ".CreateDeployment"):
			w.WriteHeader(http.StatusBadRequest)
			io.WriteString(w, `{"__type":"InvalidRevisionException"}`)
		case strings.Contains(string(body), "Action=GetRole&"), r.Method == http.MethodPut && r.URL.RequestURI() == "/xxx":
			io.WriteString(w, `<Nothing/>`)
		case r.Method == http.MethodGet && r.URL.Path == "/2015-03-31/functions":
			io.WriteString(w, `{}`)
		case strings.Contains(r.Header.Get("Authorization"), "/s3/"):
			w.WriteHeader(http.StatusNotImplemented)
			io.WriteString(w, `<Error><Code>NotImplemented</Code></Error>`)
		case strings.HasPrefix(string(body), "Action="):
			w.WriteHeader(http.StatusBadRequest)
			io.WriteString(w, `<ErrorResponse><Error><Code>NotImplemented</Code></Error></ErrorResponse>`)
		default:
			w.Header().Set("X-Amzn-Errortype", "NotImplementedException")
			w.WriteHeader(http.StatusBadRequest)
			io.WriteString(w, `{}`)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for service, want := range map[string][]string{"CodeDeploy": {"CreateDeployment"}, "IAM": {"GetRole"}, "S3": {"CreateBucket"}, "Lambda": {"ListFunctions"}} {
		answered := slices.DeleteFunc(found[service].Answered, func(name string) bool { return strings.HasPrefix(name, "Head") })
		if !slices.Equal(answered, want) || slices.Contains(found[service].Missing, want[0]) {
			t.Errorf("%s answers %v and lacks %d, want %v", service, answered, len(found[service].Missing), want)
		}
	}
}

func TestCoverReportsAServerThatFails(t *testing.T) {
	_, err := cover(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	if err == nil || !strings.Contains(err.Error(), "500") {
		t.Errorf("Cover = %v", err)
	}
}
