package signal_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"sluice/internal/api/resource/signal"
)

const (
	server = "http://127.0.0.1:4566"
	token  = "0b9d3c1e-6a5f-4c1e-9a3e-000000000001"
	handle = "arn:aws:cloudformation:us-east-1:000000000000:stack/app/5a7f/Handle"
	good   = `{"Status":"SUCCESS","UniqueId":"a","Data":"1"}`
)

// kept keeps signals. A token that is full takes none, one that is lost can't be read.
type kept map[string][][]byte

var errDisk = errors.New("the disk is broken")

func (k kept) Append(token string, sent []byte) error {
	if token == "full" {
		return errDisk
	}
	k[token] = append(k[token], sent)
	return nil
}

func (k kept) Read(token string) ([][]byte, error) {
	if token == "lost" {
		return nil, errDisk
	}
	return k[token], nil
}

func (k kept) Remove(token string) error {
	if token == "stuck" {
		return errDisk
	}
	delete(k, token)
	return nil
}

// send sends to an address, and returns the answer.
func send(a *signal.Addresses, method, url, body string) *http.Response {
	w := httptest.NewRecorder()
	a.ServeHTTP(w, httptest.NewRequest(method, url, strings.NewReader(body)))
	return w.Result()
}

func TestWhatAddressesTake(t *testing.T) {
	a := signal.New(server, "secret", kept{})
	condition, answer := a.ConditionURL(token, handle), a.URL(token)
	for name, tt := range map[string]struct {
		method, url, body string
		status            int
	}{
		"a signal":                    {http.MethodPut, condition, good, http.StatusOK},
		"posted":                      {http.MethodPost, condition, good, http.StatusOK},
		"noise":                       {http.MethodPut, condition, "noise", http.StatusBadRequest},
		"nothing":                     {http.MethodPut, condition, "", http.StatusBadRequest},
		"a list":                      {http.MethodPut, condition, "[]", http.StatusBadRequest},
		"another status":              {http.MethodPut, condition, `{"Status":"X","UniqueId":"a"}`, http.StatusBadRequest},
		"no ID":                       {http.MethodPut, condition, `{"Status":"SUCCESS"}`, http.StatusBadRequest},
		"data that is no text":        {http.MethodPut, condition, `{"Status":"SUCCESS","UniqueId":"a","Data":{}}`, http.StatusBadRequest},
		"too long for a condition":    {http.MethodPut, condition, good + strings.Repeat(" ", signal.MaxLength), http.StatusBadRequest},
		"noise for a custom resource": {http.MethodPut, answer, "noise", http.StatusOK},
		"too long for it":             {http.MethodPut, answer, strings.Repeat("x", signal.MaxLength+1), http.StatusOK},
		"read":                        {http.MethodGet, condition, "", http.StatusMethodNotAllowed},
		"deleted":                     {http.MethodDelete, answer, "", http.StatusMethodNotAllowed},
		"an address made up":          {http.MethodPut, server + signal.Path + "x.y", "{}", http.StatusForbidden},
		"without a signature":         {http.MethodPut, server + signal.Path + token, "{}", http.StatusForbidden},
		"another's signature":         {http.MethodPut, strings.Replace(condition, token, "x", 1), good, http.StatusForbidden},
		"a full disk":                 {http.MethodPut, a.URL("full"), "{}", http.StatusServiceUnavailable},
		"a broken disk":               {http.MethodPut, a.URL("lost"), "{}", http.StatusServiceUnavailable},
	} {
		t.Run(name, func(t *testing.T) {
			answer := send(a, tt.method, tt.url, tt.body)
			if answer.StatusCode != tt.status {
				t.Errorf("the answer is %d, want %d", answer.StatusCode, tt.status)
			}
			if allowed := answer.Header.Get("Allow"); (allowed == "PUT") != (tt.status == http.StatusMethodNotAllowed) {
				t.Errorf("it allows %q", allowed)
			}
		})
	}
}

// Of a signal that is too long, a stack gets to know just that.
func TestALongSignalIsCut(t *testing.T) {
	a := signal.New(server, "secret", kept{})
	send(a, http.MethodPut, a.URL(token), strings.Repeat("x", 3*signal.MaxLength))
	got, err := a.Next(t.Context(), token, 0)
	if err != nil || len(got) != signal.MaxLength+1 {
		t.Errorf("it has %d bytes, %v", len(got), err)
	}
}

// Nobody fills the memory by an address that nobody listens at.
func TestSignalsThatNobodyReads(t *testing.T) {
	a := signal.New(server, "secret", kept{})
	for range signal.Max {
		send(a, http.MethodPut, a.ConditionURL(token, handle), good)
	}
	if status := send(a, http.MethodPut, a.ConditionURL(token, handle), good).StatusCode; status != http.StatusTooManyRequests {
		t.Errorf("the answer is %d", status)
	}
	if status := send(a, http.MethodPut, a.URL(token), "{}").StatusCode; status != http.StatusOK {
		t.Errorf("that at another address is %d", status)
	}
}
