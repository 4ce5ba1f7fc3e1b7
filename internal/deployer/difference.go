package deployer

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Differences returns what asked for changes of a version, in the order of sluice.yaml's keys. Settings that are not said are none.
func Differences(asked Function, is Version) []Change {
	changes := settingChanges(&asked.Settings, &is.Settings)
	if asked.Code.Digest != is.Digest {
		changes = append([]Change{{"code", is.Digest, asked.Code.Digest}}, changes...)
	}
	return changes
}

// VersionDifferences returns what differs between two versions, in the same order; From is the first's.
func VersionDifferences(a, b Version) []Change {
	said := b.Settings
	if said.Environment == nil {
		said.Environment = map[string]Secret{}
	}
	if said.Layers == nil {
		said.Layers = []string{}
	}
	return Differences(Function{Settings: said, Code: Code{Digest: b.Digest}}, a)
}

// settingChanges compares the settings that are said with those that are.
func settingChanges(said, is *Settings) []Change {
	var c []Change
	add := func(name, from, to string) {
		if to != "" && from != to {
			c = append(c, Change{name, from, to})
		}
	}
	add("runtime", is.Runtime, said.Runtime)
	add("handler", is.Handler, said.Handler)
	add("role", is.Role, said.Role)
	add("memory", whole(is.MemoryMB), whole(said.MemoryMB))
	add("timeout", seconds(is.Timeout), seconds(said.Timeout))
	add("architecture", is.Architecture, said.Architecture)
	add("ephemeral_storage", whole(is.EphemeralMB), whole(said.EphemeralMB))
	add("tracing", is.TracingMode, said.TracingMode)
	add("dead_letter", is.DeadLetterARN, said.DeadLetterARN)
	if said.Layers != nil && !slices.Equal(said.Layers, is.Layers) {
		c = append(c, Change{"layers", strings.Join(is.Layers, ", "), strings.Join(said.Layers, ", ")})
	}
	if said.Environment != nil {
		c = append(c, variableChanges(is.Environment, said.Environment)...)
	}
	return c
}

// variableChanges names the variables that differ. Their values stay hidden.
func variableChanges(is, said map[string]Secret) []Change {
	var c []Change
	names := maps.Clone(is)
	if names == nil {
		names = map[string]Secret{}
	}
	maps.Copy(names, said)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		from, was := is[name]
		to, will := said[name]
		if was != will || from != to {
			c = append(c, Change{"environment." + name, hidden(was), hidden(will)})
		}
	}
	return c
}

// hidden stands for a value that is there, and is empty for one that is not.
func hidden(there bool) string {
	if !there {
		return ""
	}
	return Secret("").String()
}

func whole(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func seconds(d time.Duration) string { return whole(int(d / time.Second)) }
