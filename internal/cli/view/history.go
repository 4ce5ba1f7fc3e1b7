package view

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
)

// Histories draws the versions of each function, the newest first. Times are shown in a time zone.
func Histories(all []release.History, zone *time.Location) string {
	var parts []string
	for _, h := range all {
		heading := h.Function + "  " + h.Name + "\n"
		switch {
		case h.Found == nil:
			heading += "  does not exist yet\n"
		case len(h.Versions) == 0:
			heading += "  nothing is published\n"
		default:
			heading += history(h.Versions, zone)
		}
		parts = append(parts, heading)
	}
	return strings.Join(parts, "\n")
}

func history(entries []release.Entry, zone *time.Location) string {
	t := table{indent: "  "}
	t.row("VERSION", "ALIASES", "WHEN", "BY", "COMMIT", "TAG", "CHANGED")
	for i, e := range slices.Backward(entries) {
		changed := "first"
		if i > 0 {
			changed = fields(e.Changes)
		}
		t.row(e.Number, dash(strings.Join(e.Aliases, ", ")), when(e.Modified, zone), dash(e.Stamp.By), dash(short(e.Stamp.Commit)), dash(e.Stamp.Tag), changed)
	}
	return t.String()
}

// fields name what changed, without values.
func fields(changes []deployer.Change) string {
	var names []string
	for _, c := range changes {
		names = append(names, c.Field)
	}
	return dash(strings.Join(names, ", "))
}

func when(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "-"
	}
	return t.In(zone).Format("2006-01-02 15:04")
}

func dash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// Difference is what differs between two versions of a function.
type Difference struct {
	Function string            `json:"function"` // key
	From     string            `json:"from"`     // version
	To       string            `json:"to"`       // version
	Changes  []deployer.Change `json:"changes"`
}

// Differences draws what differs, function by function.
func Differences(all []Difference) string {
	var b strings.Builder
	for _, d := range all {
		fmt.Fprintf(&b, "%s  %s → %s\n", d.Function, version(d.From), version(d.To))
		t := table{indent: "    "}
		for _, c := range d.Changes {
			t.row(changeSign(c)+" "+c.Field, fromTo(c))
		}
		if len(d.Changes) == 0 {
			t.row("nothing differs")
		}
		b.WriteString(t.String())
	}
	return b.String()
}
