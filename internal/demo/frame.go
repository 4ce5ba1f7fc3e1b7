package demo

import (
	"fmt"
	"strings"
	"time"
)

// frame is what is drawn of one moment.
type frame struct {
	elapsed time.Duration
	status  string
	took    time.Duration // from the deployment's start to its end, once it has ended
	weight  float64       // of version 2
	look
}

// line draws a frame on one line: the weight as a bar, requests by version, latency.
func (f frame) line() string {
	return strings.TrimRight(fmt.Sprintf("%5.1fs  %s %3.0f %%   v1 %6d   v2 %6d   failed %d   p50 %s  p99 %s   %s",
		f.elapsed.Seconds(), bar(f.weight, barWidth, "░"), 100*f.weight, f.versions["1"], f.versions["2"], f.failed,
		milliseconds(f.p50), milliseconds(f.p99), f.status), " ")
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%5.2f ms", float64(d)/float64(time.Millisecond))
}

// summary is what stays on the screen.
func (f frame) summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n  weight   requests   to version 2   expected    off by\n")
	for _, s := range f.shares {
		want := s.weight * float64(s.requests)
		fmt.Fprintf(&b, "  %5.0f %%   %8d   %12d   %8.1f   %7.1f\n", 100*s.weight, s.requests, s.second, want, float64(s.second)-want)
	}
	fmt.Fprintf(&b, "\n  deployment              %s in %.1f s\n", strings.ToLower(f.status), f.took.Seconds())
	fmt.Fprintf(&b, "  requests                %d\n", f.requests)
	fmt.Fprintf(&b, "  failed                  %d\n", f.failed)
	fmt.Fprintf(&b, "  largest error           %.1f requests\n", f.worst())
	return b.String()
}
