package deployer_test

import (
	"reflect"
	"testing"
	"time"

	"sluice/internal/deployer"
)

func TestDifferences(t *testing.T) {
	is := deployer.Version{Digest: "D", Settings: deployer.Settings{
		Runtime: "python3.12", Handler: "a.b", Role: "arn:r", MemoryMB: 128, Timeout: 3 * time.Second, Architecture: "arm64", EphemeralMB: 512,
		Environment: map[string]deployer.Secret{"A": "1", "B": "2"}, Layers: []string{"l:1"}, TracingMode: "PassThrough", DeadLetterARN: "arn:q",
	}}
	for _, row := range []struct {
		name string
		said deployer.Settings
		want []deployer.Change
	}{
		{"nothing said", deployer.Settings{}, nil},
		{"the same", is.Settings, nil},
		{"runtime", deployer.Settings{Runtime: "python3.13"}, []deployer.Change{{"runtime", "python3.12", "python3.13"}}},
		{"handler", deployer.Settings{Handler: "c.d"}, []deployer.Change{{"handler", "a.b", "c.d"}}},
		{"role", deployer.Settings{Role: "arn:s"}, []deployer.Change{{"role", "arn:r", "arn:s"}}},
		{"memory", deployer.Settings{MemoryMB: 256}, []deployer.Change{{"memory", "128", "256"}}},
		{"timeout", deployer.Settings{Timeout: time.Minute}, []deployer.Change{{"timeout", "3", "60"}}},
		{"architecture", deployer.Settings{Architecture: "x86_64"}, []deployer.Change{{"architecture", "arm64", "x86_64"}}},
		{"storage", deployer.Settings{EphemeralMB: 1024}, []deployer.Change{{"ephemeral_storage", "512", "1024"}}},
		{"tracing", deployer.Settings{TracingMode: "Active"}, []deployer.Change{{"tracing", "PassThrough", "Active"}}},
		{"dead letters", deployer.Settings{DeadLetterARN: "arn:t"}, []deployer.Change{{"dead_letter", "arn:q", "arn:t"}}},
		{"layers", deployer.Settings{Layers: []string{"l:2", "m:1"}}, []deployer.Change{{"layers", "l:1", "l:2, m:1"}}},
		{"no layers", deployer.Settings{Layers: []string{}}, []deployer.Change{{"layers", "l:1", ""}}},
		{
			"variables", deployer.Settings{Environment: map[string]deployer.Secret{"A": "9", "C": "3"}},
			[]deployer.Change{{"environment.A", "***", "***"}, {"environment.B", "***", ""}, {"environment.C", "", "***"}},
		},
		{"no variables", deployer.Settings{Environment: map[string]deployer.Secret{}}, []deployer.Change{{"environment.A", "***", ""}, {"environment.B", "***", ""}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := deployer.Differences(deployer.Function{Settings: row.said, Code: deployer.Code{Digest: "D"}}, is)
			if !reflect.DeepEqual(got, row.want) {
				t.Errorf("%v, want %v", got, row.want)
			}
		})
	}
	t.Run("code", func(t *testing.T) {
		got := deployer.Differences(deployer.Function{Code: deployer.Code{Digest: "E"}}, is)
		if !reflect.DeepEqual(got, []deployer.Change{{"code", "D", "E"}}) {
			t.Errorf("%v", got)
		}
	})
}

func TestVersionDifferencesSeeWhatWentAway(t *testing.T) {
	a := deployer.Version{Digest: "D", Settings: deployer.Settings{MemoryMB: 128, Environment: map[string]deployer.Secret{"A": "1"}, Layers: []string{"l:1"}}}
	b := deployer.Version{Digest: "E", Settings: deployer.Settings{MemoryMB: 256}}
	want := []deployer.Change{{"code", "D", "E"}, {"memory", "128", "256"}, {"layers", "l:1", ""}, {"environment.A", "***", ""}}
	if got := deployer.VersionDifferences(a, b); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
