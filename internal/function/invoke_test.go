package function_test

import (
	"strings"
	"sync"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

func TestInvokeByEachQualifier(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	for qualifier, want := range map[string]function.Number{"": 0, "$LATEST": 0, "1": 1, "2": 2, "LIVE": 1} {
		inv := &function.Invocation{Function: b.id, Qualifier: qualifier}
		answer, err := b.Invoke(t.Context(), inv)
		if err != nil || answer.Executed != want {
			t.Errorf("with %q version %v ran, %v; want %v", qualifier, answer.Executed, err, want)
		}
		if arn := b.id.Qualified(qualifier); inv.Call.InvokedARN != arn {
			t.Errorf("with %q the invoked ARN is %s, want %s", qualifier, inv.Call.InvokedARN, arn)
		}
	}
}

func TestInvokeOfWhatIsMissing(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	for _, qualifier := range []string{"2", "NONE", "$latest", "0"} {
		_, err := b.Invoke(t.Context(), &function.Invocation{Function: b.id, Qualifier: qualifier})
		wantFault(t, err, fault.NotFound, "function")
	}
	b.id.Name = "none"
	err := b.Invocable(t.Context(), b.id, "")
	wantFault(t, err, fault.NotFound, "function")
	if want := "Function not found: " + b.id.ARN() + ":$LATEST"; err.Error() != want {
		t.Errorf("%q, want %q", err, want)
	}
}

// A dry run takes no place in an alias's split.
func TestInvocableLeavesTheSplitExact(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	b.release(t, "two")
	if _, err := b.CreateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Version: new(function.Number(1)), Routing: function.Routing{2: 0.5}}); err != nil {
		t.Fatal(err)
	}
	counts := map[function.Number]int{}
	for range 20 {
		if err := b.Invocable(t.Context(), b.id, "LIVE"); err != nil {
			t.Fatal(err)
		}
		counts[b.invoke(t, "LIVE")]++
	}
	if counts[2] != 10 {
		t.Errorf("of 20 requests at 0.5 the additional version had %d", counts[2])
	}
}

func TestInvokeIsMeasured(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	b.invoke(t, "LIVE")
	pool := b.host.pools[len(b.host.pools)-1]
	inv := &function.Invocation{Function: b.id, Qualifier: "LIVE", Call: function.Call{Payload: []byte("fail")}}
	if _, err := b.Invoke(t.Context(), inv); err != nil {
		t.Fatal(err)
	}
	pool.err = fault.Errorf(fault.Throttled, "concurrency", "busy")
	_, err := b.Invoke(t.Context(), inv)
	wantFault(t, err, fault.Throttled, "concurrency")
	var got []function.Sample
	for _, s := range b.meter.samples {
		if s.Qualifier != "LIVE" || s.Executed != 1 || s.Began.IsZero() || s.Ended.Before(s.Began) || s.Throttled != (s.Concurrent == 0) || s.Concurrent > 1 {
			t.Errorf("sample %+v", s)
		}
		got = append(got, function.Sample{Failed: s.Failed, Throttled: s.Throttled})
	}
	if len(got) != 3 || got[0] != (function.Sample{}) || !got[1].Failed || !got[2].Throttled {
		t.Errorf("samples %+v; want a success, a failure and a throttle", got)
	}
}

func TestAliasesToLatestFollowItsCode(t *testing.T) {
	b := newBench(t)
	b.create(t, "one")
	if _, err := b.CreateAlias(t.Context(), b.id, "DEV", function.AliasChange{Version: new(function.Latest)}); err != nil {
		t.Fatal(err)
	}
	b.invoke(t, "DEV")
	if _, err := b.Publish(t.Context(), b.id, function.Publication{}); err != nil { // settles the creation
		t.Fatal(err)
	}
	if _, err := b.UpdateCode(t.Context(), b.id, function.CodeChange{Package: strings.NewReader("two")}); err != nil {
		t.Fatal(err)
	}
	before := len(b.host.retired())
	b.invoke(t, "DEV")
	if last := b.host.pools[len(b.host.pools)-1]; last.last.InvokedARN == "" || before != 1 {
		t.Errorf("the new code did not serve the alias, %d pools retired", before)
	}
}

// Callers never see a version that the alias did not name while they called, whatever is written meanwhile.
func TestRoutingUnderConcurrentWrites(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	done := make(chan struct{})
	var callers sync.WaitGroup
	for range 4 {
		callers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					if n := b.invoke(t, "LIVE"); n != 1 && n != 2 {
						t.Errorf("version %v ran", n)
					}
				}
			}
		})
	}
	for i := range 100 {
		want := function.Number(1 + i%2)
		if _, err := b.UpdateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Version: &want}); err != nil {
			t.Error(err)
		}
		if n := b.invoke(t, "LIVE"); n != want {
			t.Errorf("version %v ran after the alias was moved to %v", n, want)
		}
	}
	close(done)
	callers.Wait()
}
