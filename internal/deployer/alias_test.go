package deployer_test

import (
	"testing"

	"sluice/internal/deployer"
)

func TestLivePoints(t *testing.T) {
	for name, row := range map[string]struct {
		live deployer.Live
		want deployer.Alias
	}{
		"to one version":  {deployer.Live{Version1: "3"}, deployer.Alias{Version: "3"}},
		"to two":          {deployer.Live{Version1: "3", Version2: "4", Percentage: 2.5}, deployer.Alias{Version: "3", Additional: "4", Weight: 0.025}},
		"a share of none": {deployer.Live{Version1: "3", Percentage: 10}, deployer.Alias{Version: "3"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := row.live.Points(); got != row.want {
				t.Errorf("%+v, want %+v", got, row.want)
			}
		})
	}
}
