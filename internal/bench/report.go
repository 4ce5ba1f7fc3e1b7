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
	if len(f.comparisons) > 0 || f.plan.only == "" {
		f.reportComparisons(line)
	}
	if len(f.guarded) > 0 {
		f.reportGuard(line)
	}
	if f.feedings.metrics > 0 {
		f.reportFeed(line)
	}
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
	line("in turns. The ratio is the median of the pairs of turns that follow each other, with the quartiles; the rest are the")
	line("turns of the median rate:")
	line("")
	line("| connections | limit, requests/s | Sluice, requests/s | ratio (goal: ≥ 0.9) | limit p50 / p99 | Sluice p50 / p99 |")
	line("|---|---|---|---|---|---|")
	for _, c := range f.comparisons {
		l, s := median(c.limit), median(c.sluice)
		ratios := c.ratios()
		ratio := ratios[len(ratios)/2]
		line("| %d | %.0f | %.0f | %.2f (%.2f to %.2f) %s | %s / %s | %s / %s |", c.connections, l.perSecond(), s.perSecond(), ratio,
			ratios[len(ratios)/4], ratios[len(ratios)*3/4], met(ratio >= 0.9), ms(l.p50), ms(l.p99), ms(s.p50), ms(s.p99))
	}
	line("")
}

func (f *figures) reportRest(line func(string, ...any)) {
	line("## The rest")
	line("")
	line("| figure | goal | measured | |")
	line("|---|---|---|---|")
	line("| the weighted choice | ≤ 20 ns, 0 allocations | %d ns, %d allocations | %s |", f.choice.NsPerOp(), f.choice.AllocsPerOp(),
		met(f.choice.NsPerOp() <= 20 && f.choice.AllocsPerOp() == 0))
	if len(f.start) > 0 {
		start := f.start[len(f.start)/2]
		line("| start to first answer, median of %d (slowest) | ≤ 50 ms | %s (%s) | %s |", len(f.start), ms(start), ms(f.start[len(f.start)-1]),
			met(start <= 50*time.Millisecond))
		line("| idle memory, resident | ≤ 30 MB | %.1f MB | %s |", float64(f.idle)/1e6, met(f.idle <= 30e6))
	}
	if f.cycles > 0 {
		line("| update code, publish, move alias; durable; 8 clients | ≥ 500 a second | %.0f a second (one client: %.0f) | %s |", f.cycles, f.cyclesAlone,
			met(f.cycles >= 500))
	}
	f.reportRollouts(line)
	f.reportStacks(line)
}

func (f *figures) reportRollouts(line func(string, ...any)) {
	if f.lateness.deployments == 0 {
		return
	}
	line("| %d deployments at once: ended right | all | %d | %s |", f.lateness.deployments, f.lateness.succeeded,
		met(f.lateness.succeeded == f.lateness.deployments))
	line("| their %d shifts, in effect late by: p99 (p50) | ≤ 100 ms | %s (%s) | %s |", f.lateness.shifts, ms(f.lateness.p99), ms(f.lateness.p50),
		met(f.lateness.p99 <= 100*time.Millisecond))
}

func (f *figures) reportStacks(line func(string, ...any)) {
	if f.stack.functions > 0 {
		line("| a stack of %d functions, each with version, alias and alarm: created | ≤ 10 s | %.1f s (%d resources) | %s |",
			f.stack.functions, f.stack.created.Seconds(), f.stack.resources, met(f.stack.created <= 10*time.Second))
		line("| the same, updated with no change | ≤ 2 s | %s | %s |", ms(f.stack.unchanged), met(f.stack.unchanged <= 2*time.Second))
	}
	if m := f.transforms; m.templates > 0 {
		times := float64(m.reference) / float64(m.sluice)
		line("| %d SAM templates, in turn: the reference implementation (aws-sam-translator) and Sluice | ≥ 100 times as fast | %s and %s: %.0f times | %s |",
			m.templates, ms(m.reference), ms(m.sluice), times, met(times >= 100))
	}
}

// met marks whether a goal is reached.
func met(reached bool) string {
	if reached {
		return "✓"
	}
	return "**missed**"
}

// ratios returns Sluice's rate by the limit's for each pair of turns, ascending. What slows the machine for some seconds
// slows both of a pair.
func (c comparison) ratios() []float64 {
	ratios := make([]float64, len(c.limit))
	for i := range ratios {
		ratios[i] = c.sluice[i].perSecond() / c.limit[i].perSecond()
	}
	slices.Sort(ratios)
	return ratios
}

// median returns the turn with the median rate.
func median(turns []result) result {
	sorted := slices.SortedFunc(slices.Values(turns), func(a, b result) int { return cmp.Compare(a.perSecond(), b.perSecond()) })
	return sorted[len(sorted)/2]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond)) }
