package release_test

import (
	"testing"
	"testing/synctest"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

func TestPin(t *testing.T) {
	for _, row := range []struct {
		name string
		live deployer.Live
		want string
	}{
		{"one version", deployer.Live{Version1: "2"}, "2"},
		{"two versions", deployer.Live{Version1: "1", Version2: "3", Percentage: 10}, "1+3@10"},
		{"$LATEST", deployer.Live{Version1: deployer.Latest}, deployer.Latest},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := onThird(t, 2)
				if _, err := w.runner(t, "ben").Pin(t.Context(), w.env, row.live, false); err != nil {
					t.Fatal(err)
				}
				w.wantStands(t, row.want)
				if r := w.record(t, "f2"); r.Phase != deployer.Pinned || r.Newest != "3" || r.By != "ben" {
					t.Errorf("record %+v", r)
				}
			})
		})
	}
}

func TestPinMakesTheAlias(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := onThird(t, 1)
		w.env.Functions[0].Alias = "NEXT"
		if _, err := w.runner(t, "ben").Pin(t.Context(), w.env, deployer.Live{Version1: "3"}, false); err != nil {
			t.Fatal(err)
		}
		w.wantStands(t, "3")
	})
}

func TestPinIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := onThird(t, 2)
		r := w.runner(t, "ben")
		if _, err := r.Pin(t.Context(), w.env, deployer.Live{Version1: "9"}, false); !fault.Is(err, fault.NotFound, "version") {
			t.Errorf("an unknown version: %v", err)
		}
		delete(w.functions, "p-f2")
		if _, err := r.Pin(t.Context(), w.env, deployer.Live{Version1: "1"}, false); !fault.Is(err, fault.NotFound, "function") {
			t.Errorf("an unknown function: %v", err)
		}
		w.wantStands(t, "3", "none")
	})
}

func TestAPinnedAliasStaysWhereItIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := onThird(t, 1)
		if _, err := w.runner(t, "ben").Pin(t.Context(), w.env, deployer.Live{Version1: "1"}, false); err != nil {
			t.Fatal(err)
		}
		w.must(t, release.How{})
		w.wantStands(t, "1")
	})
}
