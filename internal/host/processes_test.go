package host

import (
	"testing"

	"sluice/internal/host/sandbox"
)

// TestInspectorPassesIdleProcessesOver wants one round in three to look at a process that has no call, and every round at
// one that has, had one meanwhile, or is starting.
func TestInspectorPassesIdleProcessesOver(t *testing.T) {
	for name, c := range map[string]struct {
		before func(s *session, round int)
		want   int
	}{
		"idle":                {func(s *session, _ int) { s.asked = true }, 2},
		"starting":            {func(*session, int) {}, 6},
		"with a call":         {func(s *session, _ int) { s.asked, s.current = true, "id" }, 6},
		"called now and then": {func(s *session, round int) { s.asked, s.offers = true, uint64(round+1)/2 }, 4},
	} {
		t.Run(name, func(t *testing.T) {
			s := &session{}
			ps := newProcesses()
			ps.add(&process{session: s})
			looks := 0
			i := inspector{
				processes: ps, idle: 3, look: func(*process, *sandbox.Census) { looks++ },
				calls: func(p *process) *uint64 { return &p.callsSampled },
			}
			for round := range 6 {
				c.before(s, round)
				if n := i.inspect(); n != 1 {
					t.Errorf("%d processes", n)
				}
			}
			if looks != c.want {
				t.Errorf("looked %d times, want %d", looks, c.want)
			}
		})
	}
}

// BenchmarkSampling is one look at the memory of eight processes.
func BenchmarkSampling(b *testing.B) {
	r := newRig(b, nil)
	p := r.Pool(r.custom(b, "h"))
	if err := p.Warm(b.Context(), 8); err != nil {
		b.Fatal(err)
	}
	all := r.processes.all(nil)
	var c sandbox.Census
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range all {
			p.sample(&c)
		}
		c.Close()
	}
}
