package release_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

// deed is something that somebody does; cut is the call at which harm befalls it, 0 for never.
type deed struct {
	does     string
	takeOver bool
	cut      int
	harm     int // of harms
}

var deeds = rapid.Custom(func(t *rapid.T) deed {
	return deed{
		does:     rapid.SampledFrom([]string{"write", "deploy", "step", "promote", "pause", "resume", "abort", "rollback"}).Draw(t, "does"),
		takeOver: rapid.Bool().Draw(t, "take over"), cut: rapid.IntRange(0, 60).Draw(t, "cut"), harm: rapid.IntRange(0, len(harms)-1).Draw(t, "harm"),
	}
})

// TestWhateverHappensAllAliasesEndTogether has people deploy, step, promote, pause, abort and roll back as they like,
// with new code in between and runs that are cut off at any call. However that went, the next runs bring all aliases to
// one version.
func TestWhateverHappensAllAliasesEndTogether(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := quick(newWorld(rapid.IntRange(1, 3).Draw(rt, "functions")))
		if rapid.Bool().Draw(rt, "codedeploy") {
			w.env.Engine = deployer.CodeDeploy
		}
		if rapid.Bool().Draw(rt, "hooks") {
			w.env.Hooks = deployer.Hooks{Before: "preflight", After: "after"}
		}
		all := rapid.SliceOfN(deeds, 1, 8).Draw(rt, "deeds")
		story := &teller{}
		synctest.Test(t, func(*testing.T) { story.tell(w, all) })
		if story.failed {
			rt.Fatalf("%s", strings.Join(story.lines, "\n"))
		}
	})
}

// teller is a tester outside of any test's goroutine.
type teller struct {
	lines  []string
	failed bool
}

func (*teller) Helper()                  {}
func (*teller) Context() context.Context { return context.Background() }

func (s *teller) Errorf(format string, args ...any) {
	s.failed = true
	s.lines = append(s.lines, fmt.Sprintf(format, args...))
}

func (s *teller) Fatalf(format string, args ...any) {
	s.Errorf(format, args...)
	panic(s)
}

func (s *teller) tell(w *world, all []deed) {
	defer func() {
		if r := recover(); r != nil && r != any(s) {
			panic(r)
		}
	}()
	w.must(s, release.How{}) // an alias that a failed release made has nowhere to go back to
	for i, d := range all {
		err := s.do(w, i, d)
		w.harm = nil
		s.lines = append(s.lines, fmt.Sprintf("%+v: %v: %q", d, err, w.stands()))
	}
	s.settle(w)
}

func (s *teller) do(w *world, i int, d deed) error {
	ctx, stop := context.WithCancel(s.Context())
	defer stop()
	if d.cut > 0 {
		strike, call := harms[d.harm].strike(d.cut, stop), 0
		w.harm = func(string) (error, error) { call++; return strike(call) }
	}
	r := w.runner(s, "ann")
	var err error
	switch d.does {
	case "write":
		w.write(strconv.Itoa(i))
	case "deploy", "step":
		how := release.How{Step: d.does == "step" && w.env.Engine != deployer.CodeDeploy}
		_, err = w.deployAs(ctx, s, "ann", release.Ask{TakeOver: d.takeOver}, how)
	case "promote":
		_, err = r.Promote(ctx, w.env, d.takeOver)
	case "pause":
		_, err = r.Pause(ctx, w.env)
	case "resume":
		_, err = r.Resume(ctx, w.env)
	case "abort":
		_, err = r.Abort(ctx, w.env)
	case "rollback":
		_, err = r.Rollback(ctx, w.env, "", d.takeOver)
	}
	return err
}

// settle is somebody who tidies up: aborts what is in the way, and deploys until nothing is left.
func (s *teller) settle(w *world) {
	time.Sleep(time.Hour)
	r, ctx := w.runner(s, "ben"), s.Context()
	for range 12 {
		p, err := r.Plan(ctx, w.env, release.Ask{})
		if fault.Is(err, fault.Conflict, "") {
			places, aborted := r.Abort(ctx, w.env)
			s.lines = append(s.lines, fmt.Sprintf("%v: abort: %v, %v", err, places, aborted))
			if aborted != nil {
				s.Fatalf("abort: %v", aborted)
			}
			continue
		}
		if err != nil {
			s.Fatalf("plan: %v", err)
		}
		if p.Nothing() {
			if code := w.behind(); slices.ContainsFunc(code, func(c string) bool { return c != code[0] }) {
				s.Fatalf("the aliases end at the code %q", code)
			}
			return
		}
		_, err = r.Deploy(ctx, p, release.How{})
		s.lines = append(s.lines, fmt.Sprintf("deploy: %v: %q", err, w.stands()))
		if _, failed := errors.AsType[*release.Failed](err); err != nil && !failed {
			s.Fatalf("deploy: %v", err)
		}
	}
	s.Fatalf("something is always left to do: %q", w.stands())
}

// behind is the code behind each alias, which is stable: the functions' versions are not numbered alike when runs were
// cut off.
func (w *world) behind() (digests []string) {
	for _, f := range w.env.Functions {
		digest := "none"
		if a := w.alias(f.Name, f.Alias); a != nil {
			v, _ := w.functions[f.Name].found.Version(a.Version)
			digest = v.Digest + a.Additional
		}
		digests = append(digests, digest)
	}
	return digests
}
