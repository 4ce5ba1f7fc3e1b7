package view

import (
	"fmt"
	"strings"
	"time"

	"sluice/internal/deployer"
)

// version names a version in a sentence.
func version(number string) string {
	if number == deployer.Latest || number == "" {
		return number
	}
	return "version " + number
}

// pointing says where an alias points.
func pointing(a deployer.Alias) string {
	if a.Stable() {
		return version(a.Version)
	}
	return fmt.Sprintf("version %s, with %s on %s", a.Version, deployer.PercentText(a.Weight*100), a.Additional)
}

func live(l deployer.Live) string {
	return pointing(l.Points())
}

// duration leaves out what is zero: 5m, not 5m0s.
func duration(d time.Duration) string {
	text := d.Round(time.Millisecond).String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// ago writes how long something is past, in one unit.
func ago(d time.Duration) string {
	switch {
	case d < time.Second:
		return "now"
	case d < time.Minute:
		return fmt.Sprintf("%d s ago", int(d.Seconds()))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	}
	return fmt.Sprintf("%d days ago", int(d.Hours()/24))
}

// short is enough of a digest or a commit to tell it from others. What is marked as changed stays so.
func short(text string) string {
	const most = 8
	if len(text) <= most {
		return text
	}
	mark := ""
	if strings.HasSuffix(text, "+") {
		mark = "+"
	}
	return text[:most] + mark
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
