package release_test

import (
	"slices"
	"testing"
	"testing/synctest"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

// onThird is a world whose functions went through the versions 1, 2 and 3.
func onThird(t tester, functions int) *world {
	w := released(t, functions)
	w.must(t, release.How{})
	w.write("C")
	w.must(t, release.How{})
	w.forget()
	return w
}

func TestRollback(t *testing.T) {
	for _, row := range []struct {
		name, to, want string
	}{{"to the version before", "", "2"}, {"to one that is named", "1", "1"}} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := onThird(t, 2)
				if _, err := w.runner(t, "ben").Rollback(t.Context(), w.env, row.to, false); err != nil {
					t.Fatal(err)
				}
				w.wantStands(t, row.want)
				if writes := w.writes(); !slices.Equal(writes, []string{"UpdateAlias"}) {
					t.Errorf("writes %q, want no upload", writes)
				}
				if r := w.record(t, "f1"); r.Phase != deployer.Returned || r.From != row.want || r.To != "3" || !r.Lease.IsZero() {
					t.Errorf("record %+v", r)
				}
				if p, err := w.runner(t, "ann").Plan(t.Context(), w.env, release.Ask{}); err != nil || !p.Nothing() {
					t.Errorf("the next plan: %+v, %v; want nothing", p, err)
				}
			})
		})
	}
}

func TestRollbackOfOneFunctionIsOneCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := onThird(t, 1)
		if _, err := w.runner(t, "ben").Rollback(t.Context(), w.env, "", false); err != nil || len(w.asked) != 2 {
			t.Errorf("%v, calls %q", err, w.asked)
		}
	})
}

func TestRollbackOfATransitionAborts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 2)
		w.must(t, release.How{Step: true})
		if _, err := w.runner(t, "ben").Rollback(t.Context(), w.env, "", false); err != nil {
			t.Fatal(err)
		}
		w.wantStands(t, "1")
	})
}

func TestRollbackDecidesNothingAboutWhatNoAliasReached(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := onThird(t, 2)
		w.write("D")
		w.must(t, release.How{Until: release.Publish})
		if _, err := w.runner(t, "ben").Rollback(t.Context(), w.env, "", false); err != nil {
			t.Fatal(err)
		}
		w.wantStands(t, "2")
		w.must(t, release.How{})
		w.wantStands(t, "4")
	})
}

func TestWhatWasRejectedStaysRejected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := onThird(t, 1)
		if _, err := w.runner(t, "ben").Rollback(t.Context(), w.env, "", false); err != nil {
			t.Fatal(err)
		}
		if _, err := w.deployAs(t.Context(), t, "ann", release.Ask{Version: "1"}, release.How{}); err != nil {
			t.Fatal(err)
		}
		if r := w.record(t, "f1"); r.To != "1" || r.Newest != "3" {
			t.Errorf("record %+v", r)
		}
	})
}

func TestRollbackMovesAllOrNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := onThird(t, 2)
		f := w.functions["p-f2"]
		f.found.Versions = f.found.Versions[2:]
		if _, err := w.runner(t, "ben").Rollback(t.Context(), w.env, "", false); !fault.Is(err, fault.NotFound, "version") {
			t.Errorf("error %v", err)
		}
		w.wantStands(t, "3")
	})
}

func TestRollbackRespectsARun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := onThird(t, 1)
		held := deployer.Record{Release: "r", Phase: deployer.Claimed, From: "3", By: "ann", Lease: w.soon()}
		w.functions["p-f1"].aliases[alias].Description = held.Description("")
		r := w.runner(t, "ben")
		if _, err := r.Rollback(t.Context(), w.env, "2", false); !fault.Is(err, fault.Conflict, "alias") {
			t.Errorf("error %v", err)
		}
		if _, err := r.Rollback(t.Context(), w.env, "2", true); err != nil {
			t.Errorf("taking over: %v", err)
		}
		w.wantStands(t, "2")
	})
}
