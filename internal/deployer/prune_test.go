package deployer_test

import (
	"slices"
	"strings"
	"testing"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

func TestPrune(t *testing.T) {
	for _, row := range []struct {
		name  string
		keep  int
		named []string
		want  string
	}{
		{"keep two", 2, nil, "1 2 3"},
		{"keep all", 9, nil, ""},
		{"what an alias names stays", 1, []string{"2", "4"}, "1 3"},
	} {
		t.Run(row.name, func(t *testing.T) {
			f := numbered(nil, "1", "2", "3", "4", "5")
			f.Named = map[string][]string{}
			for _, v := range row.named {
				f.Named[v] = []string{"LIVE"}
			}
			got, err := deployer.Prune(f, row.keep)
			if err != nil || strings.Join(got, " ") != row.want || !slices.IsSorted(got) {
				t.Errorf("%v, %v; want %s", got, err, row.want)
			}
		})
	}
	if got, err := deployer.Prune(numbered(nil, "1"), 0); !fault.Is(err, fault.Invalid, "keep") {
		t.Errorf("keep 0: %v, %v", got, err)
	}
}
