package config

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"sluice/internal/deployer"
)

// Initial is what `sluice init` knows when it writes a first file.
type Initial struct {
	Project string
	Key     string // of the function
	// Name is the name of a function that exists. It becomes production's: the other environments get functions of their
	// own, so that a release to one of them can't touch it. Empty leaves the default everywhere.
	Name     string
	Alias    string
	Code     string // folder or zip, as the file will say it
	Settings deployer.Settings
	Tags     map[string]string
	// Versions tells of what there is, in a comment: such as "4 (LIVE), 3".
	Versions string
}

// Text returns a sluice.yaml with seed 000's four environments. Values of variables are written out: the file is theirs to keep or to
// replace by ${…}.
func (i *Initial) Text() []byte {
	var b strings.Builder
	line := func(indent int, format string, args ...any) {
		fmt.Fprintf(&b, "%s%s\n", strings.Repeat("  ", indent), fmt.Sprintf(format, args...))
	}
	line(0, "# What `sluice deploy` releases, and where. `sluice schema` prints the schema of this file for editors.")
	line(0, "project: %s", quoted(i.Project))
	line(0, "defaults:")
	line(1, "alias: %s", quoted(orElse(i.Alias, defaultAlias)))
	i.writeSettings(line)
	line(0, "functions:")
	line(1, "%s:", quoted(i.Key))
	if i.Versions != "" {
		line(2, "# published when this file was written: %s", i.Versions)
	}
	line(2, "code: %s", quoted(i.Code))
	line(2, "handler: %s", quoted(i.Settings.Handler))
	writeMap(line, 2, "environment", plain(i.Settings.Environment))
	writeMap(line, 2, "tags", i.Tags)
	b.WriteString(environments)
	if i.Name != "" {
		line(2, "functions:")
		line(3, "%s: {name: %s}   # the function that this file was written from", quoted(i.Key), quoted(i.Name))
	}
	return []byte(b.String())
}

func (i *Initial) writeSettings(line func(int, string, ...any)) {
	s := &i.Settings
	for _, row := range []struct{ key, value string }{
		{"runtime", s.Runtime},
		{"role", orElse(s.Role, "arn:aws:iam::000000000000:role/lambda")},
		{"memory", positive(s.MemoryMB)},
		{"timeout", positive(int(s.Timeout / time.Second))},
		{"architecture", s.Architecture},
		{"ephemeral_storage", positive(s.EphemeralMB)},
		{"tracing", s.TracingMode},
		{"dead_letter", s.DeadLetterARN},
	} {
		if row.value != "" {
			line(1, "%s: %s", row.key, quoted(row.value))
		}
	}
	if len(s.Layers) > 0 {
		line(1, "layers:")
		for _, layer := range s.Layers {
			line(2, "- %s", quoted(layer))
		}
	}
}

// environments are seed 000's, with its strategies.
const environments = `environments:
  sbx: {publish: false}   # code to $LATEST, no version, the alias points to $LATEST
  tst: {publish: false}
  stg: {strategy: all-at-once}
  prd:
    strategy: {increments: [25, 50, 75]}   # or {canary: {percent: 10, for: 5m}}, {linear: {percent: 10, every: 1m}}
    # engine: codedeploy                   # who moves the weight; direct is this tool itself
    # alarms: [errors-high]                # none may ring between steps
    # check: ./smoke.sh                    # between steps; exit code 0 goes on
`

func writeMap(line func(int, string, ...any), indent int, name string, values map[string]string) {
	if len(values) == 0 {
		return
	}
	line(indent, "%s:", name)
	for _, key := range slices.Sorted(maps.Keys(values)) {
		line(indent+1, "%s: %s", quoted(key), quoted(strings.ReplaceAll(values[key], "${", "$${")))
	}
}

func plain(secrets map[string]deployer.Secret) map[string]string {
	texts := make(map[string]string, len(secrets))
	for name, value := range secrets {
		texts[name] = string(value)
	}
	return texts
}

// quoted is a value as YAML spells it, on one line. Numbers stay numbers.
func quoted(s string) string {
	if _, err := strconv.Atoi(s); err == nil {
		return s
	}
	out, err := yaml.Marshal(s)
	if text := strings.TrimSuffix(string(out), "\n"); err == nil && !strings.Contains(text, "\n") {
		return text
	}
	return strconv.Quote(s)
}

func positive(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
