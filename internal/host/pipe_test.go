package host

import (
	"strings"
	"testing"
	"testing/synctest"
)

// TestAFullPipe has a writer who waits for room, and what lets him go on.
func TestAFullPipe(t *testing.T) {
	for _, tt := range []struct {
		name   string
		unlock func(p *pipe)
		goesOn bool
	}{
		{"is read", func(p *pipe) { p.next(nil, true) }, true},
		{"loses its reader", (*pipe).deafen, true},
		{"ends", (*pipe).end, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPipe()
				full := []byte(strings.Repeat("x", maxPiece))
				if !p.write(full) {
					t.Fatal("an empty pipe takes nothing")
				}
				done := make(chan bool, 1)
				go func() { done <- p.write(full) }()
				synctest.Wait()
				if len(done) > 0 {
					t.Fatal("a full pipe took more")
				}
				tt.unlock(p)
				if goesOn := <-done; goesOn != tt.goesOn {
					t.Errorf("write = %v", goesOn)
				}
			})
		})
	}
}

func TestWhatCameBeforeTheEndIsRead(t *testing.T) {
	p := newPipe()
	p.write([]byte("one"))
	p.write([]byte("two"))
	p.end()
	if p.write([]byte("three")) {
		t.Error("a pipe took something after its end")
	}
	to := &sink{}
	p.pass(to, 7)
	if to.got.String() != "onetwo" || len(to.heads) != 1 || to.heads[0].Executed != 7 {
		t.Errorf("got %q, heads %+v", to.got.String(), to.heads)
	}
}
