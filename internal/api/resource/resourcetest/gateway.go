package resourcetest

import (
	"io"
	"net/http"
)

// Visit asks a stage of an API, by the address that it has on AWS.
func (f *Fixture) Visit(api, path string, header http.Header) (status int, body string) {
	f.T.Helper()
	r, err := http.NewRequestWithContext(f.T.Context(), http.MethodGet, f.url+path, http.NoBody)
	if err != nil {
		f.T.Fatal(err)
	}
	r.Host = api + ".execute-api." + Region + ".amazonaws.com"
	for name, values := range header {
		r.Header[name] = values
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		f.T.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		f.T.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// Answers checks what a stage answers with the status 200.
func (f *Fixture) Answers(api, path, want string) {
	f.T.Helper()
	if status, body := f.Visit(api, path, nil); status != http.StatusOK || body != want {
		f.T.Errorf("%s answers %d %s, want %s", path, status, body, want)
	}
}
