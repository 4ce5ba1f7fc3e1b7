package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// report writes the figures as docs/benchmarks.md.
func (f *figures) report() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# Benchmarks")
	line("")
	line("Written by `make bench`. Machine: %s.", f.machine)
	line("")
	f.reportComparisons(line)
	f.reportRest(line)
	return b.String()
}

func (f *figures) reportComparisons(line func(string, ...any)) {
	line("## Invocations, against the least that a host can do")
	line("")
	line("`limit` takes an invocation over HTTP and hands it to a runtime process; it has no alias, signature, log or metric.")
	if len(f.comparisons) == 0 {
		line("It is not part of the repository and was not there, so nothing was compared.")
		line("")
		return
	}
	line("Sluice has all of them on, and a weighted alias. Same handler (aws-lambda-go), same load generator, %d turns of %s each,", f.plan.turns, f.plan.length)
	line("in turns; the medians of the turns:")
	line("")
	line("| connections | limit, requests/s | Sluice, requests/s | ratio | limit p50 / p99 | Sluice p50 / p99 |")
	line("|---|---|---|---|---|---|")
	for _, c := range f.comparisons {
		l, s := median(c.limit), median(c.sluice)
		line("| %d | %.0f | %.0f | **%.2f** | %s / %s | %s / %s |", c.connections, l.perSecond(), s.perSecond(),
			s.perSecond()/l.perSecond(), ms(l.p50), ms(l.p99), ms(s.p50), ms(s.p99))
	}
	line("")
}

func (f *figures) reportRest(line func(string, ...any)) {
	line("## The rest")
	line("")
	line("| figure | goal | measured |")
	line("|---|---|---|")
	line("| the weighted choice | ≤ 20 ns, 0 allocations | %d ns, %d allocations |", f.choice.NsPerOp(), f.choice.AllocsPerOp())
	line("| start to first answer, median of %d (slowest) | ≤ 50 ms | %s (%s) |", len(f.start), ms(f.start[len(f.start)/2]), ms(f.start[len(f.start)-1]))
	line("| idle memory, resident | ≤ 30 MB | %.1f MB |", float64(f.idle)/1e6)
	line("| update code, publish, move alias; durable; 8 clients | ≥ 500 a second | %.0f a second (one client: %.0f) |", f.cycles, f.cyclesAlone)
	line("| %d deployments at once: ended right | all | %d |", f.lateness.deployments, f.lateness.succeeded)
	line("| their %d shifts, in effect late by: p99 (p50) | ≤ 100 ms | %s (%s) |", f.lateness.shifts, ms(f.lateness.p99), ms(f.lateness.p50))
}

// median returns the turn with the median rate.
func median(turns []result) result {
	sorted := slices.SortedFunc(slices.Values(turns), func(a, b result) int { return cmp.Compare(a.perSecond(), b.perSecond()) })
	return sorted[len(sorted)/2]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond)) }
