package host

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"sluice/internal/function"
)

// provisionAndWait provisions a pool and returns when that is settled, which takes several starts if they fail.
func provisionAndWait(t *testing.T, p function.Pool, n int) function.Provisioned {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	p.Provision(n, nil)
	if err := p.(*pool).awaitProvision(ctx); err != nil {
		t.Fatalf("the provision is not settled: %+v", p.Provisioned())
	}
	return p.Provisioned()
}

// covered is a call that may have a provisioned process.
func covered(event string) *function.Call {
	call := newCall(event)
	call.Provisioned = true
	return call
}

// pids returns the numbers of the processes that a host runs.
func (r *rig) pids() (pids []int) {
	r.processes.each(func(p *process) {
		if running := pidsOf(p.program); len(running) > 0 { // it has not just ended
			pids = append(pids, running[0])
		}
	})
	slices.Sort(pids)
	return pids
}

func TestProvisionedProcessesAreReadyBeforeACall(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	told := make(chan struct{})
	p.Provision(3, func() { close(told) })
	<-told
	if got := p.Provisioned(); got != (function.Provisioned{Wanted: 3, Ready: 3}) {
		t.Errorf("%+v", got)
	}
	before := r.pids()
	outcome, err := p.Invoke(t.Context(), covered(`{"Do":"env"}`))
	if err != nil || !outcome.Provisioned {
		t.Fatalf("%+v, %v", outcome, err)
	}
	if !strings.Contains(string(outcome.Payload), "AWS_LAMBDA_INITIALIZATION_TYPE=provisioned-concurrency") {
		t.Errorf("environment %s", outcome.Payload)
	}
	if after := r.pids(); !slices.Equal(before, after) || len(after) != 3 {
		t.Errorf("processes %v before the call, %v after", before, after)
	}
}

func TestACallThatIsNotCoveredLeavesProvisionedProcessesAlone(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	provisionAndWait(t, p, 1)
	outcome := ask(t, p, `{"Do":"env"}`)
	if outcome.Provisioned || !strings.Contains(string(outcome.Payload), "AWS_LAMBDA_INITIALIZATION_TYPE=on-demand") {
		t.Errorf("%+v: %s", outcome, outcome.Payload)
	}
}

func TestACoveredCallRunsWhileNothingIsReady(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	outcome, err := p.Invoke(t.Context(), covered(`{}`))
	if err != nil || outcome.Provisioned {
		t.Errorf("%+v, %v", outcome, err)
	}
}

func TestAProvisionedProcessThatEndsIsReplaced(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, p function.Pool, pid int){
		"while it is idle": func(t *testing.T, _ function.Pool, pid int) {
			if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
				t.Error(err)
			}
		},
		"in a call": func(t *testing.T, p function.Pool, _ int) {
			if o, err := p.Invoke(t.Context(), covered(`{"Do":"exit","Times":1}`)); err != nil || !o.Failed {
				t.Errorf("%+v, %v", o, err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, nil)
			p := r.Pool(r.custom(t, "h"))
			provisionAndWait(t, p, 1)
			before := r.pids()
			end(t, p, before[0])
			eventually(t, "another process is ready", func() bool {
				now := r.pids()
				return len(now) == 1 && now[0] != before[0] && p.Provisioned().Ready == 1
			})
		})
	}
}

func TestProvisionFollowsItsNumber(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	for _, n := range []int{2, 5, 1, 0} {
		provisionAndWait(t, p, n)
		eventually(t, strconv.Itoa(n)+" processes run", func() bool { return len(r.pids()) == n })
	}
}

func TestABusyProvisionedProcessEndsAfterItsCall(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	provisionAndWait(t, p, 1)
	let := filepath.Join(r.folder(t), "let go")
	var call sync.WaitGroup
	call.Go(func() {
		o, err := p.Invoke(context.Background(), covered(`{"Do":"hold","Text":"`+let+`"}`))
		if err != nil || o.Failed || !o.Provisioned {
			t.Errorf("%+v, %v", o, err)
		}
	})
	eventually(t, "the call runs", func() bool { return strings.Contains(strings.Join(r.logs.all(), ""), "holding on") })
	p.Provision(0, nil)
	if n := len(r.pids()); n != 1 {
		t.Errorf("%d processes during the call", n)
	}
	if err := os.WriteFile(let, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	call.Wait()
	eventually(t, "no process is left", func() bool { return len(r.pids()) == 0 })
}

func TestAFunctionThatCannotStartFailsItsProvision(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "fail-at-start"))
	got := provisionAndWait(t, p, 1)
	if got != (function.Provisioned{Wanted: 1, Failed: true, Reason: "FUNCTION_ERROR_INIT_FAILURE"}) {
		t.Errorf("%+v", got)
	}
	if streams := len(r.logs.names); streams != maxFailures {
		t.Errorf("%d log streams, want one for each of %d starts", streams, maxFailures)
	}
}

func TestARuntimeThatIsNotThereFailsAProvisionAtOnce(t *testing.T) {
	r := newRig(t, nil)
	got := provisionAndWait(t, r.Pool(r.version(t, "java21", "h", map[string]string{"h": ""})), 1)
	if !got.Failed || !strings.Contains(got.Reason, "java21") {
		t.Errorf("%+v", got)
	}
}

func TestAProvisionThatFailedIsTriedAnew(t *testing.T) {
	r := newRig(t, nil)
	v := r.custom(t, "exit-at-start")
	p := r.Pool(v)
	provisionAndWait(t, p, 1)
	v.Config.Handler = "h"
	if got := provisionAndWait(t, p, 1); got.Failed || got.Ready != 1 {
		t.Errorf("%+v", got)
	}
}

func TestAProvisionedStartMayTakeLonger(t *testing.T) {
	r := newRig(t, nil)
	r.startLimit = time.Nanosecond
	if got := provisionAndWait(t, r.Pool(r.custom(t, "h")), 1); got.Ready != 1 {
		t.Errorf("%+v", got)
	}
}

// TestProvisionsLeaveRoom wants a quarter of all places to stay for calls on demand.
func TestProvisionsLeaveRoom(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Total = 4 })
	v := r.custom(t, "h")
	got := provisionAndWait(t, r.Pool(v), 4)
	if !got.Failed || got.Reason != "This server keeps at most 3 processes provisioned, of all functions together." {
		t.Errorf("%+v", got)
	}
	ask(t, r.Pool(v), `{}`)
}

func TestAProvisionTakesThePlaceOfWhatIsIdle(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Total = 2 })
	v := r.custom(t, "h")
	idle := r.Pool(v)
	if err := idle.Warm(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	if got := provisionAndWait(t, r.Pool(v), 1); got.Ready != 1 {
		t.Errorf("%+v", got)
	}
}

func TestProvisionedProcessesDoNotGrowOld(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Keep = time.Millisecond })
	v := r.custom(t, "h")
	p, other := r.Pool(v), r.Pool(v)
	provisionAndWait(t, p, 2)
	ask(t, other, `{}`)
	eventually(t, "what is on demand has grown old", func() bool { all, _ := size(other); return all == 0 })
	if got := p.Provisioned(); got.Ready != 2 {
		t.Errorf("%+v", got)
	}
}

func TestARetiredVersionIsNotProvisioned(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	provisionAndWait(t, p, 2)
	p.Retire()
	eventually(t, "no process is left", func() bool { return len(r.pids()) == 0 })
	p.Provision(1, nil)
	if got := p.Provisioned(); got.Wanted != 0 || !got.Settled() {
		t.Errorf("%+v", got)
	}
}

func TestWarmWaitsForWhatIsProvisioned(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	p.Provision(3, nil)
	if err := p.Warm(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if got, n := p.Provisioned(), len(r.pids()); got.Ready != 3 || n != 3 {
		t.Errorf("%+v, %d processes", got, n)
	}
}

func TestCloseDuringAProvision(t *testing.T) {
	r := newRig(t, nil)
	r.Pool(r.custom(t, "h")).Provision(8, nil)
	r.Pool(r.custom(t, "fail-at-start")).Provision(2, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := r.Close(ctx); err != nil {
		t.Error(err)
	}
	if n := len(r.pids()); n != 0 {
		t.Errorf("%d processes are left", n)
	}
}

// TestReservedConcurrencyLiftsTheLimit wants as many processes as calls may run at once.
func TestReservedConcurrencyLiftsTheLimit(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Limit, c.Total, c.Wait = 1, 8, -1 })
	p := r.Pool(r.custom(t, "h"))
	let := filepath.Join(r.folder(t), "let go")
	var calls sync.WaitGroup
	for range 3 {
		calls.Go(func() {
			call := newCall(`{"Do":"hold","Text":"` + let + `"}`)
			call.Reserved = 3
			if o, err := p.Invoke(context.Background(), call); err != nil || o.Failed {
				t.Errorf("%+v, %v", o, err)
			}
		})
	}
	eventually(t, "three calls run", func() bool { return strings.Count(strings.Join(r.logs.all(), ""), "holding on") == 3 })
	if err := os.WriteFile(let, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	calls.Wait()
}
