package config_test

import (
	"testing"

	"sluice/internal/deployer/config"
)

// one is a file with one environment, whose keys are these.
func one(t *testing.T, name, keys string) *config.File {
	t.Helper()
	f, err := config.Read([]byte("project: p\nfunctions: {f: {code: src}}\nenvironments: {" + name + ": {" + keys + "}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestErrorsThatAStepMaySee(t *testing.T) {
	for keys, want := range map[string]int{"": 0, "errors: 0": 0, "errors: 12": 12, "errors: ignore": -1} {
		t.Run(keys, func(t *testing.T) {
			env, err := one(t, "stg", keys).Environment("stg", config.Sources{})
			if err != nil || env.Checks.Errors != want {
				t.Errorf("%+v, %v; want %d", env, err, want)
			}
		})
	}
}

func TestWhoIsAskedBeforeAnEnvironmentChanges(t *testing.T) {
	for _, row := range []struct {
		name, keys string
		want       bool
	}{
		{"stg", "", false},
		{"prd", "", true},
		{"prod", "", true},
		{"production", "", true},
		{"prd", "confirm: false", false},
		{"stg", "confirm: true", true},
	} {
		t.Run(row.name+" "+row.keys, func(t *testing.T) {
			env, err := one(t, row.name, row.keys).Environment(row.name, config.Sources{})
			if err != nil || env.Confirm != row.want {
				t.Errorf("%+v, %v; want %v", env, err, row.want)
			}
		})
	}
}
