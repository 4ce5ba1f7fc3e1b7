package store_test

import (
	"testing"

	"sluice/internal/store/prepared"
	"sluice/internal/store/storetest"
)

func TestStoreKeepsThePromisesOfDashboards(t *testing.T) {
	storetest.Dashboards(t, func(t *testing.T) func() storetest.DashboardStore {
		folder := t.TempDir()
		return func() storetest.DashboardStore { return openStore(t, prepared.Folder(t, folder)) }
	})
}
