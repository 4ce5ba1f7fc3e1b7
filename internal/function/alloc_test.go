package function_test

import (
	"context"
	"testing"

	"sluice/internal/function"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

// A call that finds its function in memory allocates nothing before it meets a process.
func TestInvokeAllocatesNothing(t *testing.T) {
	records, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	defer records.Close()
	host := &idleHost{}
	b := &bench{Service: function.NewService(records, fakePackages{}, host, host), store: records}
	b.id = function.ID{Scope: function.Scope{Account: "000000000000", Region: "us-east-1"}, Name: "calculator"}
	b.alias(t, "LIVE")
	if _, err := b.UpdateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Routing: function.Routing{2: 0.5}}); err != nil {
		t.Fatal(err)
	}
	for _, qualifier := range []string{"", "$LATEST", "2", "LIVE"} {
		inv := &function.Invocation{Function: b.id, Qualifier: qualifier}
		each := testing.AllocsPerRun(100, func() {
			if _, err := b.Invoke(context.Background(), inv); err != nil {
				t.Error(err)
			}
		})
		if each > 0 {
			t.Errorf("with %q a call allocates %v times", qualifier, each)
		}
	}
}
