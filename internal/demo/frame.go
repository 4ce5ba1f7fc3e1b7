package demo

import (
	"fmt"
	"strings"
	"time"
)

// ringing is the state of an alarm that rings.
const ringing = "ALARM"

// frame is what is drawn of one moment.
type frame struct {
	elapsed time.Duration
	version string        // that arrives, or is about to
	weight  float64       // of it
	alias   string        // the version that has the alias to itself; empty while two share it
	alarm   string        // its state
	status  string        // of the deployment; empty before it is there
	cause   string        // the code of what ended it, if that was no success
	took    time.Duration // from the deployment's start to its end, once it has ended

	rollback       string // the id of the deployment that takes it back
	rollbackStatus string

	look
}

// line draws a frame on one line: the weight as a bar, requests by version, latency.
func (f frame) line() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%5.1fs  %s %3.0f %%   v1 %6d   v2 %6d   ", f.elapsed.Seconds(), bar(f.weight, barWidth, "░"),
		100*f.weight, f.versions["1"], f.versions["2"])
	if f.version == brokenVersion {
		fmt.Fprintf(&b, "v3 %6d   ", f.versions[brokenVersion])
	}
	fmt.Fprintf(&b, "failed %d   p50 %s  p99 %s   alarm %s   %s", f.failed(), milliseconds(f.p50), milliseconds(f.p99), f.alarm, f.status)
	if f.rollbackStatus != "" {
		b.WriteString(", rollback " + f.rollbackStatus)
	}
	return strings.TrimRight(b.String(), " ")
}

// differs reports whether something happened since another frame that is not only more of the same.
func (f frame) differs(before frame) bool {
	return f.weight != before.weight || f.alarm != before.alarm || f.status != before.status || f.rollbackStatus != before.rollbackStatus
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%5.2f ms", float64(d)/float64(time.Millisecond))
}
