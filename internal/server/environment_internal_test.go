package server

import (
	"testing"
	"time"

	"sluice/internal/account"
	"sluice/internal/host"
)

func TestAProcesssKeysOutliveIt(t *testing.T) {
	const longest = host.DefaultMaxAge + 15*time.Minute // a call may be its last
	if account.FunctionTime < longest+time.Hour {
		t.Errorf("keys live for %s, and processes for up to %s", account.FunctionTime, longest)
	}
}
