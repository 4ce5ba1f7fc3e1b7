package conformance

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"sluice/internal/account"
	"sluice/internal/client"
)

// visited replays one request, written as JSON, on a server that answers with status 201, a header and a body.
func visited(t *testing.T, step, answer string) (found []string, got *http.Request, sent string) {
	t.Helper()
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got, sent = r, string(body)
		w.Header().Set("My-Header", "h")
		w.WriteHeader(http.StatusCreated)
		io.WriteString(w, answer)
	}))
	defer front.Close()
	r := &Recording{File: "x"}
	decoder := json.NewDecoder(strings.NewReader("[" + step + "]"))
	decoder.UseNumber()
	if err := decoder.Decode(&r.Steps); err != nil {
		t.Fatal(err)
	}
	for _, d := range Replay(t.Context(), r, &client.Client{URL: front.URL, Key: account.Key{ID: "AKIA", Secret: "s"}}, nil) {
		found = append(found, strings.TrimPrefix(d.String(), "x step 0: "))
	}
	return found, got, sent
}

func TestAVisitGoesToTheServerUnderTheHostOfItsURL(t *testing.T) {
	_, got, sent := visited(t, `{"http":{"method":"POST","url":"https://id.lambda-url.us-east-1.on.aws/a%20b?q=1",
		"headers":{"Content-Type":"text/plain"},"body":"text"}}`, "")
	if got.Host != "id.lambda-url.us-east-1.on.aws" || got.RequestURI != "/a%20b?q=1" || got.Method != "POST" {
		t.Errorf("it got %s %s at %s", got.Method, got.RequestURI, got.Host)
	}
	if got.Header.Get("Content-Type") != "text/plain" || got.Header.Get("Authorization") != "" || sent != "text" {
		t.Errorf("it got %q with %v", sent, got.Header)
	}
}

func TestAVisitFinds(t *testing.T) {
	for name, tt := range map[string]struct {
		expected string
		answer   string
		found    []string
	}{
		"nothing":             {`"status":201,"headers":{"my-header":"h"},"body":"text"`, "text", nil},
		"nothing in JSON":     {`"body":{"a":1}`, `{"a": 1}`, nil},
		"another status":      {`"status":200`, "", []string{"status: AWS 200, here 201"}},
		"another header":      {`"headers":{"My-Header":"g"}`, "", []string{`headers.My-Header: AWS "g", here "h"`}},
		"a missing header":    {`"headers":{"X":"g"}`, "", []string{`headers.X: AWS "g", here nothing`}},
		"another text":        {`"body":"text"`, "test", []string{`body: AWS "text", here "test"`}},
		"another member":      {`"body":{"a":1}`, `{"a":2}`, []string{`body.a: AWS 1, here 2`}},
		"a check of the body": {`"checks":[{"path":"body.a","equals":1}]`, `{"a":2}`, []string{`response.body.a: AWS equals 1, here 2`}},
		"a check of the rest": {`"checks":[{"path":"status","equals":201},{"path":"headers.My-Header","equals":"h"}]`, ``, nil},
	} {
		t.Run(name, func(t *testing.T) {
			found, _, _ := visited(t, `{"http":{"method":"GET","url":"https://id.on.aws/"},`+tt.expected+`}`, tt.answer)
			if !slices.Equal(found, tt.found) {
				t.Errorf("found %q, want %q", found, tt.found)
			}
		})
	}
}

func TestS3StepsSayWhereAndWhat(t *testing.T) {
	found, got := run(t, t.Context(), `[{"service":"s3","operation":"PutObject","params":{"Bucket":"b","Key":"k/1","Body":{"text":"x"}}}]`,
		scriptedAnswer{status: 200})
	if found != nil || got[0] != "us-east-1 PUT /b/k/1 x" {
		t.Errorf("found %q after %q", found, got)
	}
	found, _ = run(t, t.Context(), `[{"service":"s3","operation":"GetObject","params":{"Bucket":"b","Key":"k"},"error":{"Error":{"Code":"NoSuchKey","Message":"m"}}}]`,
		scriptedAnswer{status: 404, body: `<Error><Code>NoSuchKey</Code><Message>m</Message></Error>`})
	if found != nil {
		t.Errorf("found %q", found)
	}
	if found, _ = run(t, t.Context(), `[{"service":"s3","operation":"PutObject","params":{"ACL":"x"}}]`, scriptedAnswer{status: 200}); len(found) != 1 {
		t.Errorf("found %q in a parameter that is not sent", found)
	}
}
