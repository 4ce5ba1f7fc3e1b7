package server_test

import (
	"context"
	"sync"
	"testing"
)

// provisionOf is the path of what is provisioned for a function's alias.
const provisionOf = "/2019-09-30/functions/f/provisioned-concurrency?Qualifier=live"

// provision asks for processes of the alias live.
func (c caller) provision(n int) {
	c.t.Helper()
	if _, err := c.Lambda(context.Background(), "PUT", provisionOf, object{"ProvisionedConcurrentExecutions": n}, nil); err != nil {
		c.t.Fatal(err)
	}
}

// provisioned returns how far that is.
func (c caller) provisioned() (status string, available int) {
	c.t.Helper()
	var out struct {
		Status    string
		Available int `json:"AvailableProvisionedConcurrentExecutions"`
	}
	if _, err := c.Lambda(context.Background(), "GET", provisionOf, nil, &out); err != nil {
		c.t.Fatal(err)
	}
	return out.Status, out.Available
}

// awaitProvisioned waits until n processes are ready.
func (c caller) awaitProvisioned(n int) {
	c.t.Helper()
	eventually(c.t, "what is provisioned", func() bool {
		status, available := c.provisioned()
		return status == "READY" && available == n
	})
}

// invoke makes calls one after another.
func (c caller) invoke(n int) {
	c.t.Helper()
	for range n {
		if r := c.request("/2015-03-31/functions/f:live/invocations"); r.failure != "" {
			c.t.Fatal(r.failure)
		}
	}
}

func TestProvisionedConcurrencySurvivesAKilledServer(t *testing.T) {
	data := t.TempDir()
	s := startKillable(t, data, "60")
	s.createFunction("f", program())
	s.provision(2)
	s.awaitProvisioned(2)
	s.kill()
	s = startKillable(t, data, "60")
	s.awaitProvisioned(2)
	s.invoke(3)
	if got := s.sum("AWS/Lambda", "ProvisionedConcurrencyInvocations"); got != 3 {
		t.Errorf("%v calls had a provisioned process, want 3", got)
	}
}

// Each call of a deployment meets a process that is ready: what is provisioned for the alias is there for both versions as
// long as the deployment lasts, and follows the alias at its end.
func TestDeploymentsShiftTrafficOntoProvisionedProcesses(t *testing.T) {
	c := startServer(t, nil)
	c.createFunction("f", program())
	c.publish("f", "second")
	c.provision(2)
	c.awaitProvisioned(2)
	c.createGroup("g", "CodeDeployDefault.LambdaLinear10PercentEvery1Minute")
	id := c.deploy("g", "f", 1, 2)
	ended := make(chan struct{})
	var calls sync.WaitGroup
	calls.Go(func() {
		for {
			select {
			case <-ended:
				return
			default:
				if r := c.request("/2015-03-31/functions/f:live/invocations"); r.failure != "" {
					t.Error(r.failure)
					return
				}
			}
		}
	})
	status := c.end(id).Status
	close(ended)
	calls.Wait()
	if status != "Succeeded" {
		t.Errorf("the deployment is %s", status)
	}
	if got := c.sum("AWS/Lambda", "ProvisionedConcurrencySpilloverInvocations"); got != 0 {
		t.Errorf("%v calls met no provisioned process", got)
	}
	c.awaitProvisioned(2)
}

func TestReservedConcurrencyThrottles(t *testing.T) {
	c := startServer(t, nil)
	c.createFunction("f", program())
	path := "/2017-10-31/functions/f/concurrency"
	if _, err := c.Lambda(t.Context(), "PUT", path, object{"ReservedConcurrentExecutions": 0}, nil); err != nil {
		t.Fatal(err)
	}
	if r := c.request("/2015-03-31/functions/f:live/invocations"); r.failure == "" {
		t.Error("the call was let in")
	}
	if got := c.sum("AWS/Lambda", "Throttles"); got != 1 {
		t.Errorf("%v throttles, want 1", got)
	}
	if _, err := c.Lambda(t.Context(), "DELETE", path, nil, nil); err != nil {
		t.Fatal(err)
	}
	c.invoke(1)
}
