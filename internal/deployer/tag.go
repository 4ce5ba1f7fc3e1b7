package deployer

import (
	"maps"
	"slices"
	"strings"
)

// Tags that Sluice sets on the functions it releases.
const (
	ProjectTag     = "sluice:project"
	EnvironmentTag = "sluice:environment"
	ReleaseTag     = "sluice:release" // the last one that sent something
	CommitTag      = "sluice:commit"
	GitTag         = "sluice:git-tag"
	// keysTag lists the keys that the file sets, so that those it no longer names are removed and those of other tools stay.
	keysTag = "sluice:tags"
)

// maxTagValue is Lambda's limit, in characters.
const maxTagValue = 256

// tagChange compares the function's tags with those that it should have.
func tagChange(env *Environment, d *Decision, stamp Stamp) TagChange {
	var is map[string]string
	if d.Found != nil {
		is = d.Found.Tags
	}
	asked := map[string]string{ProjectTag: env.Project, EnvironmentTag: env.Name}
	if d.Create || d.Code || len(d.Changes) > 0 || d.Publish {
		asked[ReleaseTag], asked[CommitTag], asked[GitTag] = stamp.Release, stamp.Commit, stamp.Tag
	}
	var change TagChange
	if tags := d.Function.Tags; tags != nil {
		maps.Copy(asked, tags)
		keys := slices.Sorted(maps.Keys(tags))
		asked[keysTag] = cut(strings.Join(keys, " "), maxTagValue)
		for _, key := range strings.Fields(is[keysTag]) {
			if _, there := is[key]; there && !slices.Contains(keys, key) {
				change.Remove = append(change.Remove, key)
			}
		}
	}
	for key, value := range asked {
		was, there := is[key]
		if value != was || value != "" && !there {
			if change.Set == nil {
				change.Set = map[string]string{}
			}
			change.Set[key] = value
		}
	}
	return change
}
