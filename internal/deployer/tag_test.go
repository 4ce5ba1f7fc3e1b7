package deployer_test

import (
	"reflect"
	"testing"

	"sluice/internal/deployer"
)

func TestTags(t *testing.T) {
	ours := map[string]string{deployer.ProjectTag: "p", deployer.EnvironmentTag: "prd"}
	with := func(more map[string]string) map[string]string {
		all := map[string]string{}
		for _, m := range []map[string]string{ours, more} {
			for k, v := range m {
				all[k] = v
			}
		}
		return all
	}
	for _, row := range []struct {
		name   string
		is     map[string]string
		asked  map[string]string
		digest string
		want   deployer.TagChange
	}{
		{"nothing asked", with(map[string]string{"team": "x"}), nil, "D", deployer.TagChange{}},
		{"a foreign function", map[string]string{"team": "x"}, nil, "D", deployer.TagChange{Set: ours}},
		{"one more", ours, map[string]string{"team": "x"}, "D", deployer.TagChange{Set: map[string]string{"team": "x", "sluice:tags": "team"}}},
		{"the same", with(map[string]string{"team": "x", "sluice:tags": "team"}), map[string]string{"team": "x"}, "D", deployer.TagChange{}},
		{"another value", with(map[string]string{"team": "x", "sluice:tags": "team"}), map[string]string{"team": "y"}, "D", deployer.TagChange{Set: map[string]string{"team": "y"}}},
		{
			"one no longer named goes, those of others stay", with(map[string]string{"team": "x", "cost": "1", "sluice:tags": "team"}), map[string]string{}, "D",
			deployer.TagChange{Set: map[string]string{"sluice:tags": ""}, Remove: []string{"team"}},
		},
		{
			"what is sent is marked", ours, nil, "E",
			deployer.TagChange{Set: map[string]string{deployer.ReleaseTag: "r1", deployer.CommitTag: "c", deployer.GitTag: "v1"}},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			f := asked(row.digest, settings)
			f.Tags = row.asked
			there := found(&deployer.Alias{Name: "LIVE", Version: "4"})
			there.Tags = row.is
			d, err := deployer.Decide(production(increments), f, there, deployer.Options{Now: now, Stamp: deployer.Stamp{Release: "r1", Commit: "c", Tag: "v1"}})
			if err != nil || !reflect.DeepEqual(d.Tags, row.want) {
				t.Errorf("%+v, %v; want %+v", d.Tags, err, row.want)
			}
		})
	}
}
