package view

import (
	"fmt"
	"strings"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
)

// clockTime is the form in which times of today are shown.
const clockTime = "15:04:05"

// Events writes what happens in a release, an event a line.
type Events struct {
	Width int // of the widest key of a function
}

// EventsOf fits the keys of an environment.
func EventsOf(env *deployer.Environment) Events {
	width := len("all")
	for _, f := range env.Functions {
		width = max(width, len(f.Key))
	}
	return Events{width}
}

// Line is one event with its time and function. It is empty for what only machines want to know.
func (v Events) Line(e release.Event) string {
	text := happened(e)
	if text == "" {
		return ""
	}
	key := e.Function
	if key == "" {
		key = "all"
	}
	return fmt.Sprintf("%s  %-*s  %s", e.At.Format(clockTime), v.Width, key, text)
}

// plain are the events that need no more words than these.
var plain = map[release.EventKind]string{
	release.Created:      "function created",
	release.CodeSent:     "code sent",
	release.SettingsSent: "settings sent",
	release.CheckBegins:  "checks",
}

func happened(e release.Event) string {
	switch e.Kind {
	case release.Published:
		return "version " + e.Version + " published"
	case release.HookBegins:
		return "hook " + e.Detail + " runs for version " + e.Version
	case release.HookEnds:
		return "hook " + e.Detail + " succeeded"
	case release.Moved:
		return e.Alias + " " + bar(e.Percent, barCells) + " " + share(e)
	case release.Waits:
		return "stays at " + deployer.PercentText(e.Percent) + " until " + e.Until.Format(clockTime)
	case release.AlarmIgnored:
		return "alarm " + e.Detail + " rang before the release began, and does not count until it has stopped"
	case release.DeploymentRun:
		return "deployment " + e.Detail + " of CodeDeploy runs"
	case release.DeploymentEnd:
		return "the deployment ended: " + e.Detail
	case release.GoesBack:
		return "the release goes back: " + strings.ReplaceAll(e.Detail, "\n", "; ")
	case release.WentBack:
		return e.Alias + " is back on " + version(e.Version)
	case release.Deleted:
		return "version " + e.Version + " deleted"
	case release.Finished:
		return "released: " + version(e.Version)
	}
	return plain[e.Kind]
}

func share(e release.Event) string {
	if e.Percent >= 100 {
		return "all on " + version(e.Version)
	}
	return deployer.PercentText(e.Percent) + " on " + version(e.Version)
}

const barCells = 20

// bar fills a share of its cells.
func bar(percent float64, cells int) string {
	full := min(max(int(percent/100*float64(cells)+0.5), 0), cells)
	return strings.Repeat("█", full) + strings.Repeat("░", cells-full)
}

// until is a time as people read it on the day of now.
func until(t, now time.Time) string {
	if t.YearDay() == now.YearDay() && t.Year() == now.Year() {
		return t.Format(clockTime)
	}
	return t.Format("2006-01-02 " + clockTime)
}
