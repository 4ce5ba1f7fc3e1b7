package demo

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// report is what is summed up in the end.
type report struct {
	good, bad release // the bad one is not there if the good one did not come through
	total     look
}

// arrived reports whether a release came to its good end.
func (r *release) arrived() bool {
	return r.last.status == "Succeeded" && r.last.alias == r.version && r.last.wronged() == 0
}

// stopped reports whether the alarm stopped a release, and the version before has the alias again.
func (r *release) stopped() bool {
	return r.last.status == "Stopped" && r.last.cause == "ALARM_ACTIVE" && !r.bell.rang.IsZero() && !r.closing.at.IsZero() &&
		r.last.rollbackStatus == "Succeeded" && r.last.alias == r.before
}

// verdict is the error of a demo in which something went otherwise than it should.
func (r report) verdict() error {
	wronged := r.total.wronged()
	switch {
	case !r.good.arrived():
		return fmt.Errorf("the deployment of version 2 is %s, and %d requests failed", r.good.last.status, wronged)
	case !r.bad.stopped():
		return fmt.Errorf("version 3 was not stopped and rolled back by its alarm: its deployment is %s (%s), the rollback %s, and the alias is on version %s",
			r.bad.last.status, cmp.Or(r.bad.last.cause, "no error"), cmp.Or(r.bad.last.rollbackStatus, "is not there"),
			cmp.Or(r.bad.last.alias, "2 and 3"))
	case wronged > 0:
		return fmt.Errorf("%d requests failed that did not meet version 3", wronged)
	}
	return nil
}

// summary is what stays on the screen.
func (r report) summary() string {
	var b strings.Builder
	r.good.table(&b)
	row := func(label, format string, values ...any) {
		fmt.Fprintf(&b, "  %-22s  %s\n", label, fmt.Sprintf(format, values...))
	}
	b.WriteString("\n")
	row("version 2", "%s, %s in %.1f s", r.good.id, lower(r.good.last.status), r.good.last.took.Seconds())
	row("largest error", "%.1f requests", r.good.last.worst())
	if r.bad.id != "" {
		b.WriteString("\n")
		r.bad.end(row)
	}
	b.WriteString("\n")
	row("requests", "%d", r.total.requests)
	row("failed", "%s", r.total.failure())
	return b.String()
}

// table shows how exact the split was.
func (r *release) table(b *strings.Builder) {
	fmt.Fprintf(b, "\n  weight   requests   to version %s   expected    off by\n", r.version)
	for _, s := range r.last.shares {
		want := s.weight * float64(s.requests)
		fmt.Fprintf(b, "  %5.0f %%   %8d   %12d   %8.1f   %7.1f\n", 100*s.weight, s.requests, s.arrived, want, float64(s.arrived)-want)
	}
}

// end says how a release was stopped.
func (r *release) end(row func(label, format string, values ...any)) {
	status := lower(r.last.status)
	if r.last.cause != "" {
		status += ": " + r.last.cause
	}
	row("version "+r.version, "%s, %s", r.id, status)
	if !r.bell.rang.IsZero() {
		row("alarm", "rang %.2f s after the deployment began,", r.bell.rang.Sub(r.began).Seconds())
		row("", "%s after its minute had ended", rounded(r.bell.rang.Sub(r.bell.period)))
	}
	r.closing.tell(row, r.version, r.bell)
	if r.last.rollback != "" {
		row("rollback", "%s, %s", r.last.rollback, lower(r.last.rollbackStatus))
	}
}

// tell says how many met the version, and if its traffic closed, how soon.
func (c closing) tell(row func(label, format string, values ...any), version string, b bell) {
	switch {
	case c.at.IsZero():
		row("met version "+version, "%d requests; its traffic was not closed", c.met)
		return
	case !b.rang.IsZero():
		row("traffic closed", "%s after the alarm rang", rounded(c.at.Sub(b.rang)))
	}
	row("met version "+version, "%d of %d requests until then", c.met, c.of)
}

// failure says how many requests failed, and whose fault that was.
func (l look) failure() string {
	failed, wronged := l.failed(), l.wronged()
	switch {
	case failed == 0:
		return "0"
	case wronged == 0:
		return fmt.Sprintf("%d, all of version %s", failed, brokenVersion)
	case wronged == failed:
		return fmt.Sprint(failed)
	}
	return fmt.Sprintf("%d, %d not of version %s", failed, wronged, brokenVersion)
}

// lower is a status within a sentence.
func lower(status string) string { return strings.ToLower(status) }

// rounded writes a short time in whole milliseconds.
func rounded(d time.Duration) string {
	return fmt.Sprintf("%d ms", d.Round(time.Millisecond).Milliseconds())
}
