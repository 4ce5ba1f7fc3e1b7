package deployer_test

import (
	"testing"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

func numbered(alias *deployer.Alias, numbers ...string) *deployer.Found {
	f := &deployer.Found{Name: "f", Alias: alias}
	for _, n := range numbers {
		f.Versions = append(f.Versions, deployer.Version{Number: n})
	}
	return f
}

func TestRollbackTarget(t *testing.T) {
	came := func(from, to string) string {
		r := deployer.Record{Release: "r", Phase: deployer.Done, From: from, To: to}
		return r.Description("")
	}
	for _, row := range []struct {
		name  string
		alias deployer.Alias
		to    string
		want  string
		kind  fault.Kind
	}{
		{"the version before", deployer.Alias{Version: "9"}, "", "8", 0},
		{"before two digits", deployer.Alias{Version: "10"}, "", "9", 0},
		{"where the release came from", deployer.Alias{Version: "10", Description: came("8", "10")}, "", "8", 0},
		{"where it came from is gone", deployer.Alias{Version: "10", Description: came("7", "10")}, "", "9", 0},
		{"the record is of another move", deployer.Alias{Version: "10", Description: came("8", "9")}, "", "9", 0},
		{"from $LATEST", deployer.Alias{Version: "10", Description: came("$LATEST", "10")}, "", "9", 0},
		{"in transition", deployer.Alias{Version: "9", Additional: "10", Weight: 0.5}, "", "9", 0},
		{"asked for", deployer.Alias{Version: "10"}, "8", "8", 0},
		{"asked for, in transition", deployer.Alias{Version: "9", Additional: "10", Weight: 0.5}, "9", "9", 0},
		{"there already", deployer.Alias{Version: "10"}, "10", "", fault.Conflict},
		{"unknown", deployer.Alias{Version: "10"}, "3", "", fault.NotFound},
		{"nothing before", deployer.Alias{Version: "8"}, "", "", fault.NotFound},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := deployer.RollbackTarget(numbered(&row.alias, "8", "9", "10"), row.to)
			if row.kind != 0 && !fault.Is(err, row.kind, "") || row.kind == 0 && (err != nil || got != row.want) {
				t.Errorf("%q, %v; want %q", got, err, row.want)
			}
		})
	}
	t.Run("nothing released", func(t *testing.T) {
		if got, err := deployer.RollbackTarget(nil, ""); !fault.Is(err, fault.NotFound, "alias") {
			t.Errorf("%q, %v", got, err)
		}
	})
}
