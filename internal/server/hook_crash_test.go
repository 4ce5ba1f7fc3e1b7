package server_test

import (
	"testing"
)

// hooked is a server with a deployment that a hook decides about.
type hooked struct {
	*killable
	t          *testing.T
	data, path string
	deployment string
}

// deployHooked starts a server, and on it a deployment whose hook behaves as it is told.
func deployHooked(t *testing.T, m mood) *hooked {
	t.Helper()
	h := &hooked{t: t, data: t.TempDir()}
	h.path = newDiary(t, h.data)
	h.killable = startKillable(t, h.data, "300")
	h.createFunction("f", program())
	h.publish("f", "second")
	h.createHook("hook", m, h.path)
	h.createGroup("g", "CodeDeployDefault.LambdaCanary10Percent5Minutes")
	var created struct{ DeploymentID string }
	h.codedeploy("CreateDeployment", guarded("g", "f", "hook", 1, 2), &created)
	h.deployment = created.DeploymentID
	return h
}

func (h *hooked) restart() {
	h.t.Helper()
	h.kill()
	h.killable = startKillable(h.t, h.data, "300")
}

func (h *hooked) diary() diary {
	h.t.Helper()
	d, err := readDiary(h.path)
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

// await waits for a number of notes of a step.
func (h *hooked) await(s step, n int) {
	h.t.Helper()
	eventually(h.t, "a hook's note", func() bool { return h.diary().count("", s) >= n })
}

// wantEffects fails unless the deployment has succeeded by two executions, of which each was delivered so many times and
// reported with effect once.
func (h *hooked) wantEffects(deliveries int) {
	h.t.Helper()
	if d := h.end(h.deployment); d.Status != "Succeeded" {
		h.t.Errorf("%+v", d)
	}
	h.wantAlias(2)
	notes, executions := h.diary(), map[string]string{}
	for _, n := range notes {
		executions[n.Execution] = n.Event
	}
	if len(executions) != 2 {
		h.t.Errorf("%d executions, want one for each hook: %v", len(executions), executions)
	}
	for execution, event := range executions {
		if b, a := notes.count(execution, begun), notes.count(execution, accepted); b != deliveries || a != 1 {
			h.t.Errorf("%s: %d deliveries and %d reports with effect, want %d and 1", event, b, a, deliveries)
		}
	}
}

// wantRefused fails unless no execution can be reported any more.
func (h *hooked) wantRefused() {
	h.t.Helper()
	before := h.events(h.deployment, "f")
	for _, n := range h.diary() {
		for _, status := range []string{"Succeeded", "Failed"} {
			err := h.CodeDeploy(h.t.Context(), reportOperation, delivery{Deployment: n.Deployment, Execution: n.Execution}.report(status), nil)
			if refusal(err) != "LifecycleEventAlreadyCompletedException" {
				h.t.Errorf("%s reported once more as %s: %v", n.Event, status, err)
			}
		}
	}
	for event, status := range h.events(h.deployment, "f") {
		if status != before[event] {
			h.t.Errorf("%s was %s and is %s", event, before[event], status)
		}
	}
}

// A hook whose server is killed before it has reported is invoked again, with the same execution: once it is reported,
// nobody can report it again, not even to the next server.
func TestAHookIsInvokedAgainByTheNextServer(t *testing.T) {
	h := deployHooked(t, silent)
	h.await(begun, 1) // BeforeAllowTraffic
	h.restart()
	h.await(begun, 3) // again, and AfterAllowTraffic
	h.restart()
	h.wantEffects(2)
	h.wantRefused()
	h.restart()
	h.wantRefused()
}

// A hook that has reported is not invoked again, even if its server is killed while it still runs.
func TestAHookThatHasReportedIsNotInvokedAgain(t *testing.T) {
	h := deployHooked(t, clinging)
	h.await(accepted, 1) // BeforeAllowTraffic
	h.restart()
	h.await(accepted, 2) // AfterAllowTraffic
	h.restart()
	h.wantEffects(1)
	h.wantRefused()
}
