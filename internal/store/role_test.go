package store_test

import (
	"testing"

	"sluice/internal/store/prepared"
	"sluice/internal/store/storetest"
)

func TestStoreKeepsThePromisesOfAccounts(t *testing.T) {
	storetest.Accounts(t, func(t *testing.T) func() storetest.AccountStore {
		folder := t.TempDir()
		return func() storetest.AccountStore { return openStore(t, prepared.Folder(t, folder)) }
	})
}
