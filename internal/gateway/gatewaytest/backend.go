package gatewaytest

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"testing"

	"sluice/internal/account"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/client"
	"sluice/internal/function"
	"sluice/internal/gateway/address"
	"sluice/internal/gateway/ingress"
	"sluice/internal/policy"
)

// The function of the tests, and the API that leads to it.
const (
	Owner   = "111111111111" // the account of both
	APIID   = "abcdefghij"
	APIHost = APIID + ".execute-api.us-east-1.amazonaws.com"
)

// Backend holds what a front asks for, and remembers what it was asked. Its fields must not be changed while requests run.
type Backend struct {
	Handler func(ctx context.Context, call *function.Call) (*function.Outcome, error) // each function
	Denied  bool                                                                      // by each resource policy
	Asked   []policy.Request                                                          // with the function as resource
	Called  []*function.Invocation
	Keys    map[string]sigv4.Identity // by ID/TOKEN
}

// Says makes a function that always answers the same.
func Says(text string) func(context.Context, *function.Call) (*function.Outcome, error) {
	return func(context.Context, *function.Call) (*function.Outcome, error) { return Answering(text), nil }
}

// Answering is the outcome of a call that went well.
func Answering(payload string) *function.Outcome { return &function.Outcome{Payload: []byte(payload)} }

// NewBackend returns a Backend whose function always answers the same, and whose policies let everybody in.
func NewBackend(answer string) *Backend {
	return &Backend{Handler: Says(answer), Keys: map[string]sigv4.Identity{}}
}

// Config is what a front needs, of this backend, on port 4566.
func (b *Backend) Config() *ingress.Config {
	return &ingress.Config{
		Functions: b, Permissions: b, Address: address.Server{Port: "4566"}, Verifier: &sigv4.Verifier{Keys: b}, Logger: slog.New(slog.DiscardHandler),
	}
}

// Secret implements sigv4.Keys.
func (b *Backend) Secret(id, token string) (sigv4.Identity, bool) {
	who, known := b.Keys[id+"/"+token]
	return who, known
}

// Allows implements ingress.Permissions.
func (b *Backend) Allows(_ context.Context, id function.ID, qualifier string, r policy.Request) (bool, error) {
	r.Resource = id.Qualified(qualifier)
	b.Asked = append(b.Asked, r)
	return !b.Denied, nil
}

// Invoke implements ingress.Functions.
func (b *Backend) Invoke(ctx context.Context, inv *function.Invocation) (function.Answer, error) {
	b.Called = append(b.Called, inv)
	outcome, err := b.Handler(ctx, &inv.Call)
	return function.Answer{Outcome: outcome}, err
}

// Key makes a key that the front knows, of an account's user or, with a token, of a session. The client sends to a host.
func (b *Backend) Key(host, accountID, arn, token string) client.Client {
	pair := account.NewKey()
	b.Keys[pair.ID+"/"+token] = sigv4.Identity{AccessKeyID: pair.ID, Secret: pair.Secret, Account: accountID, ARN: arn}
	return client.Client{URL: "http://" + host, Key: pair, Token: token}
}

// Signed is a request that a client has signed for a service.
func Signed(t *testing.T, c client.Client, service, method, path, body string) *http.Request {
	t.Helper()
	r, err := c.Request(t.Context(), service, method, path, nil, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Event is what the function got last.
func (b *Backend) Event(t *testing.T) map[string]any {
	t.Helper()
	if len(b.Called) == 0 {
		t.Fatal("the function was not called")
	}
	var event map[string]any
	if err := json.Unmarshal(b.Called[len(b.Called)-1].Call.Payload, &event); err != nil {
		t.Fatal(err)
	}
	return event
}
