package release_test

import (
	"maps"
	"slices"
	"testing"
	"testing/synctest"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

func TestVersionsTellWhoWhenAndWhatDiffers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := onThird(t, 1)
		w.env.Functions = append(w.env.Functions, deployer.Function{Key: "new", Name: "p-new", Alias: alias})
		all, err := w.runner(t, "ann").Versions(t.Context(), w.env)
		if err != nil || len(all) != 2 || all[1].Found != nil {
			t.Fatalf("%+v, %v", all, err)
		}
		last := all[0].Versions[2]
		if last.Number != "3" || last.Stamp.By != "ann" || last.Stamp.Commit != "c0ffee" || !slices.Equal(last.Aliases, []string{alias}) {
			t.Errorf("%+v", last)
		}
		if want := (deployer.Change{Field: "code", From: "B", To: "C"}); len(last.Changes) != 1 || last.Changes[0] != want {
			t.Errorf("changes %+v", last.Changes)
		}
		if first := all[0].Versions[0]; first.Changes != nil {
			t.Errorf("the first has changes: %+v", first.Changes)
		}
	})
}

func TestPruneSparesWhatAnAliasNames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := onThird(t, 2)
		w.functions["p-f2"].aliases["OTHER"] = &deployer.Alias{Name: "OTHER", Version: "1"}
		gone, err := w.runner(t, "ann").Prune(t.Context(), w.env, 1)
		want := map[string][]string{"f1": {"1", "2"}, "f2": {"2"}}
		if err != nil || !maps.EqualFunc(gone, want, slices.Equal) {
			t.Errorf("%v, %v; want %v", gone, err, want)
		}
		if n := len(w.functions["p-f1"].found.Versions); n != 1 {
			t.Errorf("%d versions are left", n)
		}
	})
}

func TestPruneTellsWhatIsGoneBesideAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := onThird(t, 1)
		w.harm = func(call string) (error, error) { return only(call == "DeleteVersion p-f1 2", errDenied), nil }
		gone, err := w.runner(t, "ann").Prune(t.Context(), w.env, 1)
		if !fault.Is(err, fault.Denied, "") || !slices.Equal(gone["f1"], []string{"1"}) {
			t.Errorf("%v, %v", gone, err)
		}
	})
}

func TestPruneTakesAVersionThatIsGoneForDeleted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := onThird(t, 1)
		lost := false
		w.harm = func(call string) (error, error) {
			first := call == "DeleteVersion p-f1 1" && !lost
			lost = lost || first
			return nil, only(first, errGone)
		}
		gone, err := w.runner(t, "ann").Prune(t.Context(), w.env, 2)
		if err != nil || !slices.Equal(gone["f1"], []string{"1"}) || w.calls("DeleteVersion") != 2 {
			t.Errorf("%v, %v, calls %q", gone, err, w.asked)
		}
	})
}

func TestPruneKeepsAtLeastOne(t *testing.T) {
	w := newWorld(1)
	w.functions["p-f1"] = &stored{}
	if _, err := w.runner(t, "ann").Prune(t.Context(), w.env, 0); !fault.Is(err, fault.Invalid, "keep") {
		t.Errorf("error %v", err)
	}
}

func TestStatus(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		w.must(t, release.How{Step: true})
		w.env.Functions = append(w.env.Functions, deployer.Function{Key: "new", Name: "p-new", Alias: alias})
		all, err := w.runner(t, "ben").Status(t.Context(), w.env)
		if err != nil || all[0].Version != "1" || all[0].Additional != "2" || all[0].Percent != 25 || all[0].Record.By != "ann" {
			t.Fatalf("%+v, %v", all, err)
		}
		for i, want := range []string{"f1: LIVE is on version 1, with 25 % on 2", "new: LIVE does not exist"} {
			if got := all[i].String(); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
	})
}

func TestInvoke(t *testing.T) {
	w := newWorld(1)
	r := w.runner(t, "ann")
	for qualifier, want := range map[string]string{"": alias, "3": "3"} {
		a, err := r.Invoke(t.Context(), w.env, "f1", qualifier, []byte("{}"))
		if err != nil || a.Version != want || string(a.Payload) != "{}" {
			t.Errorf("%q: %+v, %v", qualifier, a, err)
		}
	}
	if _, err := r.Invoke(t.Context(), w.env, "f9", "", nil); !fault.Is(err, fault.NotFound, "function") {
		t.Errorf("an unknown key: %v", err)
	}
}
