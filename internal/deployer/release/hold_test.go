package release_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/deployer/release"
)

// The answers to a renewal are lost until all its attempts are used up: the next turn renews the lease.
func TestARenewalWithoutAnAnswerIsMadeAgainAtTheNextTurn(t *testing.T) {
	for name, lost := range map[string]func() (before, after error){
		"it did not happen": func() (error, error) { return errGone, nil },
		"it happened":       func() (error, error) { return nil, errGone },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := released(t, 1)
				began := time.Now()
				w.harm = func(call string) (error, error) {
					if past := time.Since(began); strings.HasPrefix(call, "UpdateAlias") && past > 20*time.Second && past < 40*time.Second {
						return lost()
					}
					return nil, nil
				}
				w.env.Hooks.Before = "./slow"
				w.onCommand = func(context.Context, string) {
					time.Sleep(90 * time.Second)
					w.mu.Lock()
					defer w.mu.Unlock()
					if r := w.record(t, "f1"); !r.HeldAt(time.Now()) {
						t.Errorf("nobody holds the alias: %+v", r)
					}
				}
				w.must(t, release.How{})
				w.wantStands(t, "2")
			})
		})
	}
}
