package release_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

func TestFirstDeployMakesFunctionVersionAndAlias(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(2)
		o := w.must(t, release.How{})
		w.wantStands(t, "1")
		if o.Versions["f1"] != "1" || o.Versions["f2"] != "1" || len(o.Left) != 0 {
			t.Errorf("outcome %+v", o)
		}
		if r := w.record(t, "f1"); r.Phase != deployer.Done || r.To != "1" || r.Newest != "1" || r.By != "ann" || !r.Lease.IsZero() {
			t.Errorf("record %+v", r)
		}
		stamp, ok := deployer.ReadStamp(w.functions["p-f1"].found.Versions[0].Description)
		if !ok || stamp.Commit != "c0ffee" || stamp.Tag != "v1" || stamp.Release != o.Release {
			t.Errorf("stamp %+v", stamp)
		}
	})
}

func TestDeployRunsThroughAllStepsAndWaitsBetween(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 2)
		var path []string
		w.moved = func(function string, _, to deployer.Alias) {
			if function == "p-f1" {
				path = append(path, place(&to))
			}
		}
		began := time.Now()
		w.must(t, release.How{})
		w.wantStands(t, "2")
		if want := []string{"1+2@25", "1+2@50", "1+2@75", "2"}; !slices.Equal(path, want) {
			t.Errorf("path %q, want %q", path, want)
		}
		if took := time.Since(began); took != 30*time.Minute {
			t.Errorf("took %v, want three intervals of ten minutes", took)
		}
	})
}

func TestAScaleDividesTheWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		r, err := release.New(w.memory, w, w, release.Config{Scale: 60})
		if err != nil {
			t.Fatal(err)
		}
		p, err := r.Plan(t.Context(), w.env, release.Ask{})
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if _, err := r.Deploy(t.Context(), p, release.How{}); err != nil || time.Since(began) != 30*time.Second {
			t.Errorf("took %v, %v; want 30 s", time.Since(began), err)
		}
	})
}

func TestNothingChangedSendsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(20)
		w.must(t, release.How{})
		w.forget()
		r := w.runner(t, "ann")
		p, err := r.Plan(t.Context(), w.env, release.Ask{})
		if err != nil || !p.Nothing() {
			t.Fatalf("plan of %+v, %v; want nothing", p.Decisions[0], err)
		}
		if _, err := r.Deploy(t.Context(), p, release.How{}); err != nil {
			t.Fatal(err)
		}
		if writes := w.writes(); len(writes) != 0 || w.calls("Find") != 20 || len(w.asked) != 20 {
			t.Errorf("writes %q in %d calls, want one Find for each function and nothing else", writes, len(w.asked))
		}
	})
}

func TestOnlyWhatChangedIsPublished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(50)
		w.must(t, release.How{})
		w.code["f7"], w.code["f30"] = "B", "B"
		w.forget()
		o := w.must(t, release.How{})
		if w.calls("UpdateCode") != 2 || w.calls("Publish") != 2 || len(o.Versions) != 2 || o.Versions["f7"] != "2" {
			t.Errorf("%d uploads, %d published, outcome %v", w.calls("UpdateCode"), w.calls("Publish"), o.Versions)
		}
		for i, s := range w.stands() {
			if want := map[bool]string{true: "2", false: "1"}[i == 6 || i == 29]; s != want {
				t.Errorf("f%d stands at %s, want %s", i+1, s, want)
			}
		}
	})
}

func TestSingleSteps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 2)
		began := time.Now()
		for i, want := range []string{"1+2@25", "1+2@50", "1+2@75", "2"} {
			o := w.must(t, release.How{Step: true})
			w.wantStands(t, want)
			if len(o.Left) != 3-i {
				t.Errorf("after step %d: %d steps are left", i+1, len(o.Left))
			}
			for _, key := range []string{"f1", "f2"} {
				if r := w.record(t, key); !r.Lease.IsZero() {
					t.Errorf("after step %d %s is still held: %+v", i+1, key, r)
				}
			}
		}
		if r := w.record(t, "f1"); r.Phase != deployer.Done || r.From != "1" || r.To != "2" {
			t.Errorf("record %+v", r)
		}
		if time.Since(began) != 0 {
			t.Errorf("waited %v, and single steps don't", time.Since(began))
		}
		if w.must(t, release.How{Step: true}); w.calls("Publish") != 2 {
			t.Errorf("%d versions, want one for each function", w.calls("Publish"))
		}
	})
}

func TestASingleStepOfOneFunctionWritesItsAliasTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		if w.must(t, release.How{Step: true}); w.calls("UpdateAlias") != 2 {
			t.Errorf("%d writes, want the claim and the move", w.calls("UpdateAlias"))
		}
	})
}

// halfStepped is a world of two functions whose first step a kill cut off after one alias.
func halfStepped(t *testing.T) *world {
	w := released(t, 2)
	cut := false
	w.moved = func(string, deployer.Alias, deployer.Alias) { cut = true }
	w.harm = func(string) (error, error) { return only(cut, errGone), nil }
	_, err := w.deploy(t.Context(), t, release.How{Step: true})
	wantStopped(t, err)
	w.harm, w.moved = nil, nil
	time.Sleep(time.Hour)
	w.forget()
	return w
}

func TestWhoWasLeftBehindCatchesUpFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := halfStepped(t)
		w.env.Checks.Command = "./check"
		w.must(t, release.How{Step: true})
		w.wantStands(t, "1+2@25")
		if len(w.ran) != 0 {
			t.Errorf("ran %q, and no alias has a step behind it that all made", w.ran)
		}
	})
}

func TestAnAlarmCountsInAReleaseThatBeganEarlier(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := halfStepped(t)
		w.env.Checks.Alarms, w.ringing = []string{"high"}, []string{"high"}
		_, err := w.deploy(t.Context(), t, release.How{})
		wantFailed(t, err)
		w.wantStands(t, "1")
	})
}

func TestNothingMovesWhenLambdaSeesNoDifference(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(1)
		w.must(t, release.How{})
		w.env.Functions[0].Settings.MemoryMB = 129
		w.harm = func(call string) (error, error) { // the endpoint rounds what it was asked for
			if call == "Publish p-f1" {
				w.functions["p-f1"].found.Latest.Settings.MemoryMB = 128
			}
			return nil, nil
		}
		w.must(t, release.How{})
		w.wantStands(t, "1")
		if r := w.record(t, "f1"); r.Phase != deployer.Done || !r.Lease.IsZero() {
			t.Errorf("record %+v", r)
		}
	})
}

func TestSandboxPublishesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(1)
		w.env.Publish = false
		w.env.Hooks = deployer.Hooks{Before: "./before", After: "./after"}
		w.must(t, release.How{})
		w.wantStands(t, deployer.Latest)
		w.write("B")
		w.must(t, release.How{})
		if f := w.functions["p-f1"]; f.found.Latest.Digest != "B" || len(f.found.Versions) != 0 || len(w.ran) != 0 {
			t.Errorf("%+v, ran %q", f.found, w.ran)
		}
	})
}

func TestUntilAStage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		f := w.functions["p-f1"]
		w.must(t, release.How{Until: release.Upload})
		if f.found.Latest.Digest != "B" || len(f.found.Versions) != 1 || !slices.Equal(w.writes(), []string{"Tag", "UpdateCode"}) {
			t.Errorf("after upload: %+v by %q", f.found, w.writes())
		}
		w.forget()
		o := w.must(t, release.How{Until: release.Publish})
		if o.Versions["f1"] != "2" || w.calls("UpdateCode") != 0 || w.calls("UpdateAlias") != 0 {
			t.Errorf("after publish: %+v by %q", o, w.writes())
		}
		w.must(t, release.How{})
		w.wantStands(t, "2")
		if w.calls("Publish") != 1 {
			t.Errorf("published %d times", w.calls("Publish"))
		}
	})
}

func TestAnExistingVersionIsReleasedWithoutAnUpload(t *testing.T) {
	for name, ask := range map[string]release.Ask{"by number": {Version: "1"}, "by git tag": {GitTag: "v1"}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := released(t, 1)
				w.must(t, release.How{})
				if ask.GitTag != "" { // version 2 has the newest stamp of the tag: another commit's hides it
					stamp := deployer.Stamp{Tag: "v2"}
					w.functions["p-f1"].found.Versions[1].Description = stamp.Description()
				}
				w.forget()
				if _, err := w.deployAs(t.Context(), t, "ann", ask, release.How{}); err != nil {
					t.Fatal(err)
				}
				w.wantStands(t, "1")
				if w.calls("UpdateCode")+w.calls("Publish") != 0 || slices.Contains(w.told("f1"), release.Packaged) {
					t.Errorf("calls %q", w.asked)
				}
			})
		})
	}
	t.Run("an unknown tag", func(t *testing.T) {
		w := newWorld(1)
		if _, err := w.deployAs(t.Context(), t, "ann", release.Ask{GitTag: "v9"}, release.How{}); !fault.Is(err, fault.NotFound, "version") {
			t.Errorf("error %v", err)
		}
	})
}

func TestLivePointsAtOnceWhateverIsPublished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		w.must(t, release.How{})
		w.write("C")
		w.env.Functions[0].Live = &deployer.Live{Version1: "1", Version2: "2", Percentage: 10}
		w.must(t, release.How{})
		w.wantStands(t, "1+2@10")
		if r := w.record(t, "f1"); r.Phase != deployer.Pinned || r.Newest != "3" || w.calls("Publish") != 2 {
			t.Errorf("record %+v, published %d times", r, w.calls("Publish"))
		}
		moved := slices.DeleteFunc(w.events, func(e release.Event) bool { return e.Kind != release.Moved })
		if e := moved[len(moved)-1]; e.Version != "2" || e.Percent != 10 {
			t.Errorf("told %+v", e)
		}
	})
}

func TestHowIsChecked(t *testing.T) {
	w := newWorld(1)
	for name, how := range map[string]release.How{"a stage": {Until: "sideways"}, "a step and a stage": {Until: release.Upload, Step: true}} {
		if _, err := w.deploy(t.Context(), t, how); !fault.Is(err, fault.Invalid, "stage") {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.env.Engine = deployer.CodeDeploy
	if _, err := w.deploy(t.Context(), t, release.How{Step: true}); !fault.Is(err, fault.Invalid, "step") || !strings.Contains(err.Error(), "direct") {
		t.Errorf("a step of CodeDeploy's: %v", err)
	}
}
