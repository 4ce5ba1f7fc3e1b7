package sluice_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"testing"

	"sluice/internal/account"
	"sluice/internal/api/sluice"
	"sluice/internal/api/wire"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/client"
	"sluice/internal/function"
	"sluice/internal/rollout"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var scope = function.Scope{Account: "000000000000", Region: "us-east-1"}

// traffic lets every alias be moved.
type traffic struct{}

func (traffic) Claim(context.Context, function.Move) error               { return nil }
func (traffic) Move(context.Context, function.Move) error                { return nil }
func (traffic) Warm(context.Context, function.ID, function.Number) error { return nil }
func (traffic) Secret(string, string) (id sigv4.Identity, known bool)    { return id, false }

// desk is the API with a deployment of ten steps that nobody wakes.
type desk struct {
	t      *testing.T
	server *wire.Server
	id     string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	records, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	rollouts := rollout.NewService(rollout.ServiceConfig{Store: records, Traffic: traffic{}})
	t.Cleanup(func() { rollouts.Close(); records.Close() })
	if _, err := rollouts.CreateApplication(t.Context(), scope, "app", nil); err != nil {
		t.Fatal(err)
	}
	_, err = rollouts.CreateGroup(t.Context(), rollout.Group{
		Scope: scope, Application: "app", Name: "g", Config: "CodeDeployDefault.LambdaLinear10PercentEvery1Minute",
		ServiceRole: "arn:aws:iam::000000000000:role/deploy",
	})
	if err != nil {
		t.Fatal(err)
	}
	d, err := rollouts.CreateDeployment(t.Context(), rollout.Request{Scope: scope, Application: "app", Group: "g", Revision: rollout.Revision{
		Type: "String", Content: `{"version": 0.0, "Resources": [{"f": {"Type": "AWS::Lambda::Function", "Properties":
			{"Name": "f", "Alias": "live", "CurrentVersion": "1", "TargetVersion": "2"}}}]}`,
	}})
	if err != nil {
		t.Fatal(err)
	}
	server := wire.NewServer(wire.Config{
		Logger: slog.New(slog.DiscardHandler), Keys: traffic{}, Anyone: &sigv4.Identity{Account: scope.Account},
	}, sluice.New(rollouts))
	return &desk{t, server, d.ID}
}

type answer struct {
	DeploymentID, Status, Code string
	TargetWeight               float64
	Paused                     bool
}

func (d *desk) call(method, path string) (status int, got answer) {
	d.t.Helper()
	c := client.Client{URL: "http://sluice", Key: account.NewKey()}
	r, err := c.Request(d.t.Context(), "sluice", method, path, nil, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	w := httptest.NewRecorder()
	d.server.ServeHTTP(w, r)
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		d.t.Fatalf("%s %s: %v in %s", method, path, err, w.Body)
	}
	got.Code = w.Header().Get("X-Amzn-Errortype")
	return w.Code, got
}

func TestADeploymentIsSteered(t *testing.T) {
	d := newDesk(t)
	for _, step := range []struct {
		method, path string
		paused       bool
	}{
		{"POST", "/pause", true}, {"GET", "", true}, {"POST", "/pause", true}, {"POST", "/resume", false}, {"POST", "/promote", false},
	} {
		status, got := d.call(step.method, sluice.Prefix+d.id+step.path)
		if status != 200 || got.DeploymentID != d.id || got.Paused != step.paused || got.Status == "" {
			t.Errorf("%s: %d %+v, want it paused: %v", step.path, status, got, step.paused)
		}
	}
}

func TestWhatCanNotBeSteered(t *testing.T) {
	d := newDesk(t)
	for path, want := range map[string]int{"d-NOTTHERE0/pause": 404, "nothing/resume": 400, "d-NOTTHERE0": 404} {
		method := "POST"
		if path == "d-NOTTHERE0" {
			method = "GET"
		}
		if status, got := d.call(method, sluice.Prefix+path); status != want || got.Code == "" {
			t.Errorf("%s: %d %s, want %d", path, status, got.Code, want)
		}
	}
}

func TestCallsHaveToBeSigned(t *testing.T) {
	d := newDesk(t)
	w := httptest.NewRecorder()
	d.server.ServeHTTP(w, httptest.NewRequest("POST", sluice.Prefix+d.id+"/promote", bytes.NewReader(nil)))
	if w.Code != 403 {
		t.Errorf("status %d %s", w.Code, w.Body)
	}
}
