package release_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
)

func TestHooksRunAroundTheTraffic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 2)
		w.env.Hooks = deployer.Hooks{Before: "preflight", After: "./after"}
		w.moved = func(_ string, from, to deployer.Alias) {
			if w.hooks["preflight p-f1"] != 1 || w.hooks["preflight p-f2"] != 1 || len(w.ran) != 0 {
				t.Errorf("at %s: hooks %v, ran %q", place(&to), w.hooks, w.ran)
			}
		}
		w.must(t, release.How{})
		slices.Sort(w.ran)
		if !slices.Equal(w.ran, []string{"./after p-f1:2", "./after p-f2:2"}) {
			t.Errorf("ran %q", w.ran)
		}
	})
}

func TestHooksOfSingleSteps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		w.env.Hooks = deployer.Hooks{Before: "./before", After: "./after"}
		for i, want := range [][]string{{"./before p-f1:2"}, nil, nil, {"./after p-f1:2"}} {
			w.forget()
			if w.must(t, release.How{Step: true}); !slices.Equal(w.ran, want) {
				t.Errorf("step %d ran %q, want %q", i+1, w.ran, want)
			}
		}
	})
}

func TestAHookIsCalledByTheKeyOfTheProjectsFunction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 2)
		w.code["f2"] = "A"
		w.env.Hooks.Before = "f2"
		if w.must(t, release.How{}); w.hooks["p-f2 p-f1"] != 1 {
			t.Errorf("hooks %v", w.hooks)
		}
	})
}

func TestABadHook(t *testing.T) {
	for _, row := range []struct {
		name  string
		hooks deployer.Hooks
		says  string
	}{
		{"function before", deployer.Hooks{Before: "bad"}, "hook bad failed"},
		{"function after", deployer.Hooks{After: "bad"}, "hook bad failed"},
		{"command before", deployer.Hooks{Before: "./bad"}, "exit status 7"},
		{"command after", deployer.Hooks{After: "./bad"}, "exit status 7"},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := released(t, 2)
				w.env.Hooks, w.badHook = row.hooks, "bad"
				w.refuses["./bad"] = errors.New("exit status 7")
				_, err := w.deploy(t.Context(), t, release.How{})
				if wantFailed(t, err); !strings.Contains(err.Error(), row.says) {
					t.Errorf("error %v, want %q", err, row.says)
				}
				w.wantStands(t, "1")
				if r := w.record(t, "f2"); r.Phase != deployer.Returned || r.Newest != "2" {
					t.Errorf("record %+v", r)
				}
			})
		})
	}
}

func TestCommandsAreToldOfTheVersion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(1)
		var got map[string]string
		commands := commandsFunc(func(v map[string]string) { got = v })
		r, err := release.New(w.memory, w, commands, release.Config{Invocations: func(function, qualifier string) string { return "http://x/" + function + ":" + qualifier }})
		if err != nil {
			t.Fatal(err)
		}
		w.env.Hooks.After = "./after"
		p, err := r.Plan(t.Context(), w.env, release.Ask{})
		if err != nil {
			t.Fatal(err)
		}
		o, err := r.Deploy(t.Context(), p, release.How{})
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]string{
			"SLUICE_PROJECT": "p", "SLUICE_ENVIRONMENT": "prd", "SLUICE_RELEASE": o.Release, "SLUICE_FUNCTION": "p-f1",
			"SLUICE_ALIAS": alias, "SLUICE_FROM": "", "SLUICE_TO": "1", "SLUICE_URL": "http://x/p-f1:1",
		} {
			if got[name] != want {
				t.Errorf("%s is %q, want %q", name, got[name], want)
			}
		}
	})
}
