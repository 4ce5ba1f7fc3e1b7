package config

import (
	"strconv"

	"sluice/internal/deployer"
)

const defaultAlias = "LIVE"

// function reads what the layers say of a function.
func (l *layers) function(e entry) deployer.Function {
	get := func(name string) string { return l.text(name, shapeOf(functionKeys, name)) }
	whole := func(name string) int { return l.whole(name, shapeOf(functionKeys, name)) }
	f := deployer.Function{
		Key:   e.name,
		Name:  orElse(get("name"), l.own["project"]+"-"+l.own["env"]+"-"+e.name),
		Alias: orElse(get("alias"), defaultAlias),
		Settings: deployer.Settings{
			Runtime: get("runtime"), Handler: get("handler"), Role: get("role"), MemoryMB: whole("memory"), Timeout: seconds(get("timeout")),
			Architecture: get("architecture"), Environment: secrets(l.texts("environment", shapeOf(functionKeys, "environment"))),
			Layers: l.list("layers", shapeOf(functionKeys, "layers")), EphemeralMB: whole("ephemeral_storage"), TracingMode: get("tracing"),
			DeadLetterARN: get("dead_letter"),
		},
		Tags: l.texts("tags", shapeOf(functionKeys, "tags")),
		Code: deployer.Code{Source: get("code"), Build: get("build")},
		Live: l.live(),
	}
	if v := l.last("code"); v == nil || v.kind != scalar || v.text == "" {
		l.problems = append(l.problems, Problem{e.line, e.column, "functions." + e.name + " has no code: write a folder, a zip file, or s3://bucket/key"})
	}
	return f
}

func secrets(texts map[string]string) map[string]deployer.Secret {
	if texts == nil {
		return nil
	}
	secrets := make(map[string]deployer.Secret, len(texts))
	for name, text := range texts {
		secrets[name] = deployer.Secret(text)
	}
	return secrets
}

// live reads seed 001's live_version1, live_version2 and live_version2_percentage. No version1 is no live.
func (l *layers) live() *deployer.Live {
	inner := l.inside("live")
	get := func(name string) string { return inner.text(name, shapeOf(liveShape.keys, name)) }
	live := &deployer.Live{Version1: latest(get("version1")), Version2: latest(get("version2"))}
	live.Percentage, _ = strconv.ParseFloat(get("version2_percentage"), 64) // what is no number was told
	if live.Version1 == "" {
		if live.Version2 != "" {
			l.at(l.last("live"), "live has a version2 and no version1: name both")
		}
		return nil
	}
	if (live.Version2 != "") != (live.Percentage != 0) {
		l.at(l.last("live"), "live has one of version2 and version2_percentage: it takes both, or neither")
	}
	return live
}

// latest takes seed 001's word for $LATEST.
func latest(version string) string {
	if version == "LATEST" {
		return deployer.Latest
	}
	return version
}
